"""What can go wrong with what Verbatim is made of."""

from __future__ import annotations

from index.errors import OperatorError


class SupplyError(OperatorError):
    """A licence is unknown or not allowed, NOTICE is not true any more, or a tool gave no usable report."""
