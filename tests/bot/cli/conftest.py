"""Fixtures of the other layers, which tests of commands need, too: pytest finds them by their names here."""

from tests.index.conftest import folder, ids
from tests.retrieval.conftest import embedder, make_search
from tests.retrieval.conftest import folder as sample_folder

__all__ = ["embedder", "folder", "ids", "make_search", "sample_folder"]
