"""What answers: from a question to the words of the articles that answer it.

Its face is imported when it is first asked for: it needs the models' libraries, and most of this package does
without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.answerer import Answerer
    from retrieval.answers import Answer
    from retrieval.types import Citation, Quote

__all__ = ["Answer", "Answerer", "Citation", "Quote"]

_PLACES = {
    "Answerer": "retrieval.answerer",
    "Answer": "retrieval.answers",
    "Citation": "retrieval.types",
    "Quote": "retrieval.types",
}


def __getattr__(name: str) -> Any:
    """Import what the face hands out. Raises AttributeError for all else."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
