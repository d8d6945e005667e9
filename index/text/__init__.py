"""Sentences, paragraphs and passages of an article's text."""
