"""What an article is about, and which article is meant."""

from retrieval.summaries.article_lookup import article_at_hand, article_entries, named_article
from retrieval.summaries.article_questions import parse_article_question
from retrieval.summaries.suggested_questions import verified_questions
from retrieval.summaries.summaries import Summarizer

__all__ = [
    "Summarizer",
    "article_at_hand",
    "article_entries",
    "named_article",
    "parse_article_question",
    "verified_questions",
]
