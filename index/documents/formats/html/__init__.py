"""Web pages: where the article is, what its words and blocks are, who wrote it, and what is no article."""

from index.documents.formats.html.html import extract_html

__all__ = ["extract_html"]
