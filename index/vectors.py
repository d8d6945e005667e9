"""Nearest neighbours among unit vectors, with FAISS. Nothing of it is written to disk.

An index is filled once and never changed: a change while another thread searches would be a segmentation
fault. FAISS checks shapes with ``assert``, which ``python -O`` takes out, so they are checked here.
"""

from __future__ import annotations

from collections.abc import Collection

import faiss
import numpy as np

from index.types import Vectors


class VectorIndex:
    """Rows of unit vectors, searched by cosine: exact, every vector is compared."""

    def __init__(self, vectors: Vectors) -> None:
        """``vectors`` has shape (count, dim), float32; raises ValueError for another shape."""
        if vectors.ndim != 2 or vectors.dtype != np.float32:
            raise ValueError(f"expected rows of float32, got {vectors.dtype} of shape {vectors.shape}")
        self.count, self.dim = vectors.shape
        self._index = faiss.IndexFlatIP(max(1, self.dim))
        if self.count:
            self._index.add(np.ascontiguousarray(vectors))

    def nearest(
        self, vector: Vectors, k: int, rows: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ``k`` nearest rows (all, if fewer), best first, each with its cosine, -1 to 1.

        Only among ``rows``, where given. Raises ValueError unless ``vector`` has shape (dim,).
        """
        k = min(k, self.count if rows is None else len(rows))
        if k <= 0:
            return []
        if vector.shape != (self.dim,) or not np.isfinite(vector).all():
            raise ValueError(f"expected {self.dim} finite numbers, got shape {vector.shape}")
        parameters = None
        if rows is not None:
            allowed = np.fromiter(rows, dtype=np.int64, count=len(rows))
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        question = np.ascontiguousarray(vector, dtype=np.float32)[np.newaxis]
        scores, found = self._index.search(question, k, params=parameters)
        return [(int(row), float(score)) for row, score in zip(found[0], scores[0], strict=True) if row >= 0]
