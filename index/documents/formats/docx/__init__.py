"""A Word document -> an article."""

from index.documents.formats.docx.docx import extract_docx

__all__ = ["extract_docx"]
