"""Markdown -> an article: what a reader of the page sees that is made of it."""

from index.documents.formats.markdown.markdown import extract_markdown

__all__ = ["extract_markdown"]
