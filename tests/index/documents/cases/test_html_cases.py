"""What stands in each web page of ``tests/files/cases/html``: its text, what is known of it, or a refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.documents.formats.html import extract_html
from index.errors import SourceError

FILES = Path("tests/files/cases/html")
WEIR = [
    "The river board lowered the weir at Tallow Mill by forty centimetres on Thursday, after two dry summers "
    "in which fish could not pass the old sill at all.",
    "Its members had argued about the plan since 2019, when a first survey counted fewer than a hundred "
    "trout above the mill and several thousand below it.",
    "The work took nine days and cost less than the board had set aside, because the mill owner lent his "
    "crane and asked for nothing but his diesel back.",
    "Anglers from both banks came to watch, and the parish council has promised a bench and a board with the "
    "names of those who gave money for it.",
]
TITLE = "River board lowers the weir"
STANDFIRST = "Trout may pass Tallow Mill again for the first time since 1911, the board says."
TEXTS = {
    "aside-pullquote.html": [
        WEIR[0],
        "because the mill owner lent his crane and asked for nothing but his diesel back",
        *WEIR[1:],
    ],
    "author-admin.html": WEIR,
    "blockquote-cite.html": [
        WEIR[0],
        "We have waited for five years and we would have waited for five more, but the trout would not.",
        "Ann Example, chairwoman",
        *WEIR[1:],
    ],
    "br-paragraphs.html": WEIR,
    "byline-in-rel-author.html": WEIR,
    "byline-prefixes.html": WEIR,
    "canonical-home.html": WEIR,
    "caption-between.html": WEIR,
    "comment-every-paragraph.html": WEIR,
    "comment-first.html": WEIR,
    "comment-in-paragraphs-react.html": [
        *WEIR,
        "The bench costs about fifty pounds, the council says.",
        "It needs dry ground to stand on, and two people to carry it.",
    ],
    "comments.html": WEIR,
    "correction.html": [
        *WEIR,
        "This article was corrected on 4 May 2024. An earlier version said that the work took three weeks.",
    ],
    "details.html": [
        *WEIR,
        "What did the survey count?",
        "The survey counted 96 trout above the mill and 4,300 below it.",
    ],
    "dl-faq.html": [
        *WEIR,
        "When does the bench come?",
        "The bench comes in June, the parish council says.",
        "Who pays?",
        "Those who gave money for it pay.",
    ],
    "dropcap.html": WEIR,
    "entities-double.html": [
        *WEIR,
        "Ann&#8217;s plan & Bo’s plan cost £5\N{NO-BREAK SPACE}000 — less than 5\N{THIN SPACE}%.",
    ],
    "figcaption-only-fact.html": WEIR[:3],
    "hidden-until.html": WEIR,
    "inline-links-lists.html": [
        *WEIR,
        "Survey of 2019: 96 trout above the mill, 4,300 below it.",
        "Survey of 2023: 310 trout above the mill, 4,100 below it.",
    ],
    "jsonld-author-graph.html": WEIR,
    "jsonld-body-only.html": [" ".join(WEIR)],
    "jsonld-comment.html": WEIR,
    "jsonld-mainentity.html": WEIR,
    "jsonld-type.html": WEIR,
    "last-list-lost.html": [
        *WEIR,
        "A second count of trout above the mill, in June, led by the angling club of the left bank",
        "A bench and a board with names, paid for by those who gave money, on the right bank",
    ],
    "last-p-open-comment.html": [
        *WEIR,
        "The bench costs about fifty pounds and needs dry ground to stand on. (ae)",
    ],
    "liveblog.html": WEIR,
    "modified-only.html": WEIR,
    "nested-li.html": [
        *WEIR,
        "Work on the sill",
        "The pond was drained on Thursday and the beam was cut on Friday.",
        "Bolts were changed",
        "Work on the gate",
    ],
    "noscript-lazy.html": [WEIR[0], *WEIR[2:]],
    "ol-nested.html": [*WEIR, "Lower the sill", "drain the pond", "cut the beam", "Count the trout again"],
    "one-bad-byte.html": [
        *WEIR,
        "The chairwoman, Ann Example, said “nobody – “not one” – will miss Café Zoë’s old sill” and went "
        "home.",
    ],
    "published-meta-named.html": WEIR,
    "q-element.html": [
        *WEIR,
        "The chairwoman, Ann Example, said “nobody will miss the old sill” and went home.",
    ],
    "qa-interview.html": [
        "Why was the weir lowered?",
        "Because fish could not pass it, and nobody needed the head of water any more.",
        "Who paid for it?\nThe board did, out of what it had set aside for 2023.",
        "The Mill Paper: And the bench?",
        "Ann Example: That will come in June, I hope, if the ground is dry by then and the carpenter "
        "is well.",
    ],
    "ruby-abbr.html": [
        *WEIR,
        "The RRS was there; the poem 漢 was read out by a guest from the twin town of the parish.",
    ],
    "share-in-text.html": WEIR,
    "single-br.html": ["\n".join(WEIR)],
    "standfirst-div.html": [STANDFIRST, *WEIR],
    "standfirst-header.html": [STANDFIRST, *WEIR],
    "struck.html": [*WEIR, "The work cost £12,000, the treasurer said. Entry is £3."],
    "sup-numbers.html": [
        *WEIR,
        "The sill now holds 10⁶ litres, and 1,200 people signed the petition against it in 2021, the survey "
        "says. The flow is 3 m³ a second; CO2 fell by 5½ per cent.",
    ],
    "svelte-div-only.html": WEIR,
    "table.html": [
        *WEIR,
        "Trout counted",
        "Year\tAbove\tBelow",
        "2019\t96\t4,300",
        "2023\t310\t4,100",
        "2024\t310\t4,050",
    ],
    "tweet-embed.html": [
        WEIR[0],
        "The sill is down! Trout, you may come now. pic.example/abc",
        "— Ann Example (@annexample) May 2, 2024",
        *WEIR[1:],
    ],
    "two-articles-same-page.html": WEIR,
    "wbr-shy.html": [
        *WEIR,
        "The weirkeeper of Llanfair lives at www.example.org and looks after the floodgates all the year.",
    ],
    "words-in-author-span.html": [
        "The survey by Ann Example found that 96 trout lived above the mill in 2019.",
        *WEIR,
    ],
    "wp-emoji-nbsp.html": [
        "Price:\N{NO-BREAK SPACE}£12\N{NARROW NO-BREAK SPACE}000.\N{NO-BREAK SPACE} The board"
        "\N{NO-BREAK SPACE}said\N{NO-BREAK SPACE}so.\N{NO-BREAK SPACE}Nobody complained.",
        *WEIR,
    ],
    "xhtml-selfclosed.xhtml": [
        *WEIR,
        "A second survey is planned, and the bench will come in June when the ground is dry.",
    ],
}
DAY = date(2024, 5, 2)
KNOWN = {
    "author-admin.html": (TITLE, None, None, None, None),
    "byline-in-rel-author.html": (TITLE, "Ann Example", None, None, None),
    "byline-prefixes.html": (TITLE, "Ann Example", None, None, None),
    "canonical-home.html": (TITLE, None, None, None, "https://www.example.org/2024/weir"),
    "jsonld-author-graph.html": ("Weir lowered", "Ann Example", DAY, "The Mill Paper", None),
    "jsonld-comment.html": ("Weir lowered", "Ann Example", DAY, None, None),
    "jsonld-mainentity.html": ("Weir lowered", "Ann Example", DAY, None, None),
    "jsonld-type.html": ("Weir lowered", "Ann Example, Bo Sample", DAY, None, None),
    "liveblog.html": ("Flood live: latest from Tallow Mill", None, DAY, None, None),
    "modified-only.html": (TITLE, None, DAY, None, None),
    "published-meta-named.html": (TITLE, None, DAY, None, None),
    "qa-interview.html": ("Ann Example on the weir", None, None, None, None),
    "wp-emoji-nbsp.html": (f"{TITLE} – at last", None, None, None, None),
}
"""Title, author, day, publisher and address; of the other pages only the title is known."""
SAVE = "save the whole article as PDF or text and add that"
REFUSALS = {
    "captcha.html": "captcha.html is a check for robots, not the article. Please open it in a browser, and "
    f"{SAVE}.",
    "notfound200.html": "notfound200.html says that its article isn't there. Please check the address.",
    "teaser.html": f"teaser.html shows only the beginning of its article (57 words). Please {SAVE}.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_what_a_reader_sees(name: str) -> None:
    extracted = extract_html((FILES / name).read_bytes(), name)
    assert extracted.text.split("\n\n") == TEXTS[name]


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_known_of_it(name: str) -> None:
    found = extract_html((FILES / name).read_bytes(), name)
    known = (found.title, found.author, found.published, found.publisher, found.url)
    assert known == KNOWN.get(name, (TITLE, None, None, None, None))


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_no_article_is_refused(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        extract_html((FILES / name).read_bytes(), name)
    assert str(caught.value) == REFUSALS[name]
