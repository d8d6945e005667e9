"""How well a passage answers a question, which of its words do, and whether that is enough."""

from retrieval.read.grading import answer_score, grade, worth_quoting
from retrieval.read.reader import WEIGHTS, OwnReader, load_own, load_reader
from retrieval.read.rereading import read_windows
from retrieval.read.windows import Window, sentences_of, window_of_words

__all__ = [
    "WEIGHTS",
    "OwnReader",
    "Window",
    "answer_score",
    "grade",
    "load_own",
    "load_reader",
    "read_windows",
    "sentences_of",
    "window_of_words",
    "worth_quoting",
]
