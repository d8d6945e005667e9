"""What a question means where it is asked: after others, several at once, as small talk, in a language."""

from retrieval.conversation.conversation import EMPTY, MAX_TURNS, Conversation, Turn
from retrieval.conversation.in_context import Interpretation, interpret, mean_readings
from retrieval.conversation.language import unless_of_another_language
from retrieval.conversation.question import (
    MAX_QUESTION_CHARS,
    check_first_question,
    check_question,
    questions_in,
)
from retrieval.conversation.remarks import asks_something
from retrieval.conversation.request import Request
from retrieval.conversation.several_questions import take_turns
from retrieval.conversation.talk import talk_of

__all__ = [
    "EMPTY",
    "MAX_QUESTION_CHARS",
    "MAX_TURNS",
    "Conversation",
    "Interpretation",
    "Request",
    "Turn",
    "asks_something",
    "check_first_question",
    "check_question",
    "interpret",
    "mean_readings",
    "questions_in",
    "take_turns",
    "talk_of",
    "unless_of_another_language",
]
