"""What texts are made of: sentences, paragraphs, passages, words worth searching, and how alike two are."""

from index.text.minhash import (
    Signature,
    are_near_duplicates,
    group_near_duplicates,
    shingles_of,
    signature_of,
)
from index.text.passages import split_article
from index.text.sentences import Span, block_spans, paragraph_starts, sentence_spans
from index.text.spellings import plain_letters, spellings_to_search
from index.text.stop_words import STOP_WORDS, words_to_search

__all__ = [
    "STOP_WORDS",
    "Signature",
    "Span",
    "are_near_duplicates",
    "block_spans",
    "group_near_duplicates",
    "paragraph_starts",
    "plain_letters",
    "sentence_spans",
    "shingles_of",
    "signature_of",
    "spellings_to_search",
    "split_article",
    "words_to_search",
]
