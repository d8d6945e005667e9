"""An EPUB -> an article."""

from index.documents.formats.epub.epub import extract_epub

__all__ = ["extract_epub"]
