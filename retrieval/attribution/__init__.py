"""Quote attribution: who says the words of a quote, and which speaker a question asks for."""

from retrieval.attribution.grammar_attributor import GrammarAttributor
from retrieval.attribution.name_matching import same_name
from retrieval.attribution.speaker_questions import asked_speaker, prefer
from retrieval.types import Utterance

__all__ = ["GrammarAttributor", "Utterance", "asked_speaker", "prefer", "same_name"]
