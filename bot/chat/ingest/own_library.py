"""The library that is a chat's own, which is not there before the chat's first article is."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from index.library_name import LibraryName
from index.protocols import Library, Store


def own_library(store: Store, chat_id: int) -> AbstractContextManager[Library | None]:
    """Open the chat's own library, to be used in a ``with``; None where there is none yet: none is made.

    Raises what opening a library raises.
    """
    name = LibraryName.of_chat(chat_id)
    return store.library(name) if store.holds(name) else nullcontext()
