"""How good the answers are on a question set, stage by stage, and which thresholds a library needs."""

from retrieval.evaluation.metrics import (
    auroc,
    first_rank,
    holds_answer,
    normal_form,
    recall_at,
    refused_at,
    share,
)
from retrieval.evaluation.question_set import (
    QUERIES,
    Asked,
    QuestionSet,
    QuestionSetError,
    every,
    read_question_set,
)

__all__ = [
    "QUERIES",
    "Asked",
    "QuestionSet",
    "QuestionSetError",
    "auroc",
    "every",
    "first_rank",
    "holds_answer",
    "normal_form",
    "read_question_set",
    "recall_at",
    "refused_at",
    "share",
]
