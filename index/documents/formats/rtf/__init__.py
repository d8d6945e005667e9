"""An RTF file -> an article."""

from index.documents.formats.rtf.rtf import extract_rtf

__all__ = ["extract_rtf"]
