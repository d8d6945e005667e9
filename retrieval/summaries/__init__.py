"""What an article is about, and which article is meant."""

from retrieval.summaries.article_lookup import article_at_hand, articles_held, named_article
from retrieval.summaries.article_questions import about_question
from retrieval.summaries.facts import facts_in_words, named_in_words, origin, written_out
from retrieval.summaries.suggested_questions import tried
from retrieval.summaries.summaries import Summarizer, Summary

__all__ = [
    "Summarizer",
    "Summary",
    "about_question",
    "article_at_hand",
    "articles_held",
    "facts_in_words",
    "named_article",
    "named_in_words",
    "origin",
    "tried",
    "written_out",
]
