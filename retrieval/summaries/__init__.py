"""What an article is about, and which article is meant."""

from retrieval.summaries.article_lookup import article_at_hand, article_entries, named_article
from retrieval.summaries.article_questions import parse_article_question
from retrieval.summaries.facts import facts_in_words, named_in_words, origin, written_out
from retrieval.summaries.suggested_questions import verified_questions
from retrieval.summaries.summaries import Summarizer, Summary

__all__ = [
    "Summarizer",
    "Summary",
    "article_at_hand",
    "article_entries",
    "facts_in_words",
    "named_article",
    "named_in_words",
    "origin",
    "parse_article_question",
    "verified_questions",
    "written_out",
]
