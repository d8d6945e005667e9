"""Which language a text is in, and how languages are named and set."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.language import article_language, load_identifier
from index.documents.language_names import names_of
from index.settings import IndexSettings


def test_the_languages_as_a_sentence_names_them() -> None:
    assert names_of(["en"]) == "English"
    assert names_of(["en", "de"]) == "English or German"
    assert names_of(["en", "de", "yo"]) == "English, German or Yoruba"
    assert names_of(["en", "qqq"]) == "English or qqq"


def of(text: str, *read: str) -> str | None:
    return article_language(text, read or ["en"], load_identifier())


GERMAN = (
    "Die Regierung sagte am Montag, dass sie das Angebot nicht annehmen werde und dass ihre Minister sich "
    "in der "
    "nächsten Woche wieder treffen würden, um über die Bedingungen eines neuen Abkommens zwischen den beiden "
    "Ländern zu sprechen. Die Opposition nannte die Entscheidung einen Fehler und bat um eine Abstimmung."
)
ENGLISH = (
    "The government said on Monday that it would not accept the offer, and that its ministers would meet "
    "again "
    "next week to discuss the terms of a new agreement between the two countries. The opposition called the "
    "decision a mistake, and asked for a vote in parliament on the matter before the end of the month."
)
RUSSIAN = (
    "Правительство заявило в понедельник, что не примет это предложение и что министры встретятся снова на "
    "следующей неделе, чтобы обсудить условия нового соглашения между двумя странами. Оппозиция назвала это "
    "решение ошибкой и потребовала голосования в парламенте до конца месяца."
)
CHINESE = (
    "政府星期一表示不会接受这一提议，并表示部长们将在下周再次会面，"
    "讨论两国之间新协议的条款。反对派称这一决定是错误的。"
)


@pytest.mark.parametrize(
    ("text", "language"), [(GERMAN, "de"), (RUSSIAN, "ru"), (CHINESE * 4, "zh"), (GERMAN * 200, "de")]
)
def test_an_article_in_another_language_is_known(text: str, language: str) -> None:
    assert of(text) == language
    assert of(text, "en", language) is None
    assert of(ENGLISH, language) == "en"


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        f"{ENGLISH}\n\n{GERMAN}",  # half of it
        f"{ENGLISH}\n\n{GERMAN}\n\n{RUSSIAN}\n\n{CHINESE}",
        f"{ENGLISH}\n\n{GERMAN * 3}",
        GERMAN[:200],  # a note is too short to be sure
        "",
        "Quercus robur, Fagus sylvatica, Betula pendula, Alnus glutinosa, Carpinus betulus, Corylus "
        "avellana, "
        "Ulmus glabra, Tilia cordata, Acer campestre, Fraxinus excelsior, Sorbus aria, Prunus avium, "
        "Crataegus monogyna, Malus sylvestris, Pyrus pyraster, Ilex aquifolium, Hedera helix",
        "'Twas brillig, and the slithy toves did gyre and gimble in the wabe: all mimsy were the borogoves, "
        "and "
        "the mome raths outgrabe. Beware the Jubjub bird, and shun the frumious Bandersnatch! He took his "
        "vorpal "
        "sword in hand; long time the manxome foe he sought, so rested he by the Tumtum tree.",
        "Wee, sleekit, cow'rin, tim'rous beastie, O, what a panic's in thy breastie! Thou need na start awa "
        "sae "
        "hasty, wi' bickering brattle! I wad be laith to rin an' chase thee, wi' murd'ring pattle! I'm truly "
        "sorry man's dominion has broken Nature's social union, an' justifies that ill opinion.",
        "Schmidt, Müller, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann, Koch, Bauer, "
        "Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, Krüger, Hofmann, Hartmann, "
        "Lange, "
        "Werner, Krause, Lehmann, Köhler, Herrmann, König, Walter, Mayer, Huber, Kaiser, Fuchs, Peters, "
        "Scholz",
        Path(__file__).read_text(encoding="utf-8"),  # code, with texts of all these languages
        "f(x) = sin x + cos y, d/dx f(t) dt = f(x), sum n = n(n+1)/2, lim sin x / x = 1, exp ix + 1 = 0. "
        * 9,
        "atggcgtacgatcgatcgatcgatcgatcgtagctagctagctagctagctagctagcatcgatgc " * 9,
    ],
)
def test_what_may_be_english_is_taken(text: str) -> None:
    assert of(text) is None


@given(st.text(max_size=3000))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_verdict_that_is_no_language_that_is_read(text: str) -> None:
    assert of(text) != "en"


@pytest.mark.parametrize("languages", [[], ["English"], ["EN"]])
def test_a_language_is_set_by_its_code(languages: list[str]) -> None:
    with pytest.raises(ValueError, match="languages"):
        IndexSettings(languages=languages)
