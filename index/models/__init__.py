"""Models and their weights: which there are, where they lie, that they are unchanged; the embedder."""

from index.models.embedder import load_embedder
from index.models.find import find_weights

__all__ = ["find_weights", "load_embedder"]
