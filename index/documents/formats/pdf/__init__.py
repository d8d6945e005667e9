"""PDF: characters become lines, lines paragraphs, without what runs along the edges of pages."""

from index.documents.formats.pdf.pdf import boxes, extract_pdf

__all__ = ["boxes", "extract_pdf"]
