"""Nearest neighbours among unit vectors, with FAISS. Nothing of it is written to disk.

Who changes an index sees to it that nobody searches it meanwhile: that would be a segmentation fault. FAISS
checks shapes with ``assert``, which ``python -O`` takes out, so they are checked here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import faiss
import numpy as np

from index.types import Vectors


class VectorIndex:
    """Unit vectors by number, searched by cosine: exact, every vector is compared."""

    def __init__(self, dim: int) -> None:
        """Make an empty index; every vector is to have ``dim`` numbers."""
        self.dim = dim
        self._index = faiss.IndexIDMap(faiss.IndexFlatIP(max(1, dim)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Put ``vectors`` in, shape (len(numbers), dim), float32, under ``numbers``, which are not there yet.

        Raises ValueError for another shape.
        """
        if vectors.shape != (len(numbers), self.dim) or vectors.dtype != np.float32:
            raise ValueError(
                f"expected {len(numbers)} rows of {self.dim} float32, "
                f"got {vectors.dtype} of shape {vectors.shape}"
            )
        if len(numbers):
            self._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(numbers, dtype=np.int64))

    def remove(self, numbers: Collection[int]) -> None:
        """Take the vectors of ``numbers`` out, those that are there; the others keep their order."""
        if len(numbers):
            self._index.remove_ids(_selecting(numbers))

    def contents(self) -> tuple[list[int], Vectors]:
        """Return the numbers that are there, and a vector each, shape (len(self), dim)."""
        numbers = faiss.vector_to_array(self._index.id_map).tolist()
        return numbers, self._index.index.reconstruct_n(0, len(self)) if numbers else np.zeros(
            (0, self.dim), np.float32
        )

    def nearest(
        self, vector: Vectors, k: int, numbers: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Find the ``k`` nearest (all, if fewer), best first: their numbers, each with its cosine, -1 to 1.

        Only among ``numbers``, where given. Raises ValueError unless ``vector`` has shape (dim,).
        """
        k = min(k, len(self) if numbers is None else len(numbers))
        if k <= 0:
            return []
        if vector.shape != (self.dim,) or not np.isfinite(vector).all():
            raise ValueError(f"expected {self.dim} finite numbers, got shape {vector.shape}")
        parameters = None
        if numbers is not None:
            parameters = faiss.SearchParameters(sel=_selecting(numbers))  # type: ignore[call-arg]
        question = np.ascontiguousarray(vector, dtype=np.float32)[np.newaxis]
        scores, found = self._index.search(question, k, params=parameters)
        return [
            (int(number), float(score))
            for number, score in zip(found[0], scores[0], strict=True)
            if number >= 0
        ]


def _selecting(numbers: Collection[int]) -> faiss.IDSelector:
    return faiss.IDSelectorBatch(np.fromiter(numbers, dtype=np.int64, count=len(numbers)))
