"""Greetings, thanks and "who are you?": what people say to a bot that is no question about articles."""

from __future__ import annotations

import re

from retrieval.answers import Talk


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))


_GREETINGS = _phrases(
    """hello|hi|hey|hiya|howdy|yo|greetings|good morning|good afternoon|good evening|good day|hello there|
    hi there|hey there|hallo|hola|bonjour|salut|ciao|привет|здравствуйте|hello bot|hi bot|hi all|
    hello everyone|hi everyone|hello all"""
)
_THANKS = _phrases(
    """thanks|thank you|thank you very much|thank you so much|thanks a lot|many thanks|thx|ty|cheers|
    thanks bot|thank you bot|ok thanks|okay thanks|great thanks|thanks again|merci|danke|gracias|спасибо"""
)
_GOODBYES = _phrases(
    """bye|bye bye|goodbye|good bye|see you|see you later|see you soon|see ya|cu|good night|farewell|take care
    |have a nice day|have a good day|ok bye|thanks bye|bye bot|tschüss|auf wiedersehen|пока|до свидания"""
)
_ABOUT_THE_BOT = _phrases(
    """who are you|what are you|who is this|who am i talking to|what is your name|whats your name
    |what s your name|your name|are you a bot|are you a robot|are you human|are you a human|are you an ai
    |are you chatgpt|are you real|who made you|who built you|what can you do|what can you do for me
    |what do you do|what can i do here|what can you help me with|can you help me|can you help|help|help me
    |how does this work|how does it work|how do you work|how do i use this|how do i use you
    |how does this bot work    |how do i use this bot|how to use this|how to use this bot|how can i
    use this|how can i use you
    |what is this bot|what is this bot for|what does this bot do|what are you for|tell me about yourself
    |introduce yourself|how do i ask|how do i ask a question|what are your features|what are your commands
    |commands|instructions|how are you|how are you doing|how is it going|wer bist du|кто ты"""
)
_POLITE_START = re.compile(r"^(?:(?:hi|hello|hey|ok|okay|so|and|please|thanks)(?: there| bot)? )+")
_POLITE_END = re.compile(r"(?<! please)(?<! pls)(?<! bot)(?: please| pls| bot)++$")
_NO_WORD = re.compile(r"[^\w\s]+")


def talk_of(text: str) -> Talk | None:
    """Return what ``text`` is when all of it is small talk; None for everything else."""
    plain = " ".join(_NO_WORD.sub(" ", text.casefold()).split())
    if plain in _GREETINGS:
        return "greeting"
    if plain in _THANKS:
        return "thanks"
    for said in (plain, _POLITE_END.sub("", _POLITE_START.sub("", plain))):
        if said in _GOODBYES:
            return "goodbye"
        if said in _ABOUT_THE_BOT:
            return "bot"
    return None
