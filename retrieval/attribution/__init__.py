"""Who says the words of a quote, and which speaker a question asks for."""

from retrieval.attribution.grammar_attributor import Speakers, Utterance, utterances
from retrieval.attribution.same_name import same_name
from retrieval.attribution.speaker_questions import asked_speaker, prefer

__all__ = ["Speakers", "Utterance", "asked_speaker", "prefer", "same_name", "utterances"]
