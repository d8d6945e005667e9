"""What is remembered of a feed between two looks: in a file of its own, outside the libraries.

It saves requests, never articles: a library does not need it, and the next look only asks for everything
again. So copying a library stays copying one file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.documents.feeds.feed import Item
from index.documents.web.address import canonical
from index.errors import FeedStateError
from index.files import private

FORMAT_VERSION = 1
KEPT_ITEMS = 5000
TRIES = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as it was last taken; ``tries`` that failed and may do better, 0 when it is done with."""

    mark: str
    etag: str | None = None
    modified: str | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed, as it was last seen. Times are seconds since 1970."""

    etag: str | None = None
    modified: str | None = None
    has_worked: bool = False  # it has been read as a feed before
    has_filled: bool = False  # the library held something of it
    failures: int = 0  # looks in a row that failed
    not_before: float = 0.0  # the next look: later than every so often only after a failure
    items: Mapping[str, Seen] = field(default_factory=dict)

    def is_done(self, item: Item) -> bool:
        """Return whether there is nothing to do about ``item`` as it is now."""
        seen = self.items.get(item.id)
        return seen is not None and seen.mark == item.mark and (seen.tries == 0 or seen.tries >= TRIES)


def state_path(data_dir: Path, library: str, url: str) -> Path:
    """Return the file for the state of a feed that fills ``library``. Raises AddressRefusedError."""
    return data_dir / "feeds" / library / f"{hashlib.sha256(canonical(url).encode()).hexdigest()[:16]}.json"


def load_state(path: Path) -> FeedState:
    """Return the state in ``path``; that of a feed never seen, if there is none. Raises FeedStateError."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values.pop("form") != FORMAT_VERSION:
            raise ValueError
        items = {key: Seen(**seen) for key, seen in values.pop("items").items()}
        return FeedState(**values, items=items)
    except FileNotFoundError:
        return FeedState()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise FeedStateError(
            f"{path} can't be read. Delete it, and the feed is read from the beginning."
        ) from None


def save_state(path: Path, state: FeedState) -> None:
    """Write ``state`` atomically, of its items the last ones. Raises FeedStateError."""
    values = asdict(state)
    values["items"] = dict(list(values["items"].items())[-KEPT_ITEMS:])
    being_written = path.with_suffix(".new")
    try:
        private.make_folder(path.parent)
        # The address of a feed may be a secret, so nobody else may read what it names.
        with open(being_written, "w", encoding="utf-8", opener=private.opener) as file:
            json.dump({"form": FORMAT_VERSION, **values}, file)
            file.flush()
            os.fsync(file.fileno())
        being_written.replace(path)
    except OSError as error:
        raise FeedStateError(
            f"{path} can't be written: {error.strerror}. Make room, or check its permissions."
        ) from None
