"""Markdown is read as a reader sees the page that is made of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.formats.markdown import extract_markdown
from index.documents.formats.table import FORMATS
from index.documents.formats.types import Extracted
from index.documents.normalize import normalize
from index.documents.sandbox import Limits, extract_in_child
from index.errors import SourceError
from index.types import Section

BEARS = "Bears like jam."


def extract(text: str, name: str = "bears.md") -> Extracted:
    return extract_markdown(text.encode(), name)


def titles(text: str) -> list[str]:
    return [section.title for section in extract(text).sections]


def test_headings_become_sections_and_leave_the_text() -> None:
    extracted = extract(f"# Bears\n\n{BEARS}\n\n## Foxes\nFoxes read #1 papers.\n\n### End")
    assert extracted.title == "Bears"
    assert extracted.text == f"{BEARS}\n\nFoxes read #1 papers."
    assert extracted.sections == (
        Section(0, "Bears"),
        Section(extracted.text.index("Foxes"), "Foxes"),
        Section(len(extracted.text), "End"),
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Jam #", "Jam"),
        ("# \t Jam and  bears ## \t", "Jam and bears"),
        ("## Jam # 1", "Jam # 1"),
        ("# \u00a0Jam", "Jam"),
        ("Jam\n===", "Jam"),
        ("Jam and *bears*\n---", "Jam and bears"),
        ("## The `jam` [shop](x) {#shop}", "The jam shop"),
    ],
)
def test_a_heading_is_its_words(heading: str, title: str) -> None:
    assert extract(f"{heading}\n\n{BEARS}").sections == (Section(0, title),)


def test_a_paragraph_right_above_a_rule_is_no_heading() -> None:
    assert extract(f"{BEARS}\nSo do wasps.\n---\n\nEnd.").text == f"{BEARS}\nSo do wasps.\n\nEnd."
    assert titles(f"{BEARS}\nSo do wasps.\n---\n\nEnd.") == []


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("It is **very** *good*, _so_ `code` says.", "It is very good, so code says."),
        ("See [the board](https://x.example/a_b 'T'), [it][b].\n\n[b]: /b", "See the board, it."),
        (
            "See <https://x.example/a_b> and snake_case_name.",
            "See https://x.example/a_b and snake_case_name.",
        ),
        (r"\*Not\* so \# 5 &lt; 6 &amp; AT&T &copy;", "*Not* so # 5 < 6 & AT&T ©"),
        ("One  \ntwo\\\nthree<br>\nfour\nfive", "One\ntwo\nthree\nfour\nfive"),
        ("A note[^1] and[^b] more.\n\n[^1]: First.\n[^b]: Second.", "A note and more.\n\nFirst.\n\nSecond."),
        ("A note^[in the line] here.", "A note here.\n\nin the line"),
        ("It costs ~~ten~~ twelve pounds.", "It costs twelve pounds."),
        ("Before ![alt](a.png) after <!-- hidden --> end.", "Before after end."),
        ("<!-- one\n\ntwo -->\n\nSeen.", "Seen."),
        ('Said <span class="author">Ann</span> <b>so</b>.', "Said Ann so."),
        ("- a\n- b\n  - *c*\n\n+ d", "a\n\nb\n\nc\n\nd"),
        ("1. Mix.\n2. Bake.\n\nEnd.", "1. Mix.\n\n2. Bake.\n\nEnd."),
        ("1984. It was cold.", "1984. It was cold."),
        ("- [ ] open\n- [x] done", "open\n\ndone"),
        ("> One\n> two\n>\n> Three", "One\ntwo\n\nThree"),
        ("> [!NOTE]\n> Take care.", "Take care."),
        ("a | b\n-- | --\n**c** | d \\| e", "a\tb\n\nc\td | e"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
        ("A\n\n***\n\nB\n\n- - -\n\nC", "A\n\nB\n\nC"),
        ("> " * 50 + "deep", "deep"),
        ("The <object> was big.\n\nSo <script> was it.\n\nLast.", "The was big.\n\nSo was it.\n\nLast."),
        ("forty centi-\nmetres", "forty centimetres"),
    ],
)
def test_what_a_reader_sees_is_the_text(marked: str, text: str) -> None:
    assert extract(marked).text == text


@pytest.mark.parametrize("fence", ["```", "~~~ sh"])
def test_code_stays_whole(fence: str) -> None:
    code = "# no heading\nif a < b:\n    *c* = [d](e)  # &amp;\n\n    <b>f</b>"
    extracted = extract(f"Do:\n\n{fence}\n{code}\n{fence[:3]}\n\nDone.")
    assert extracted == Extracted("bears", f"Do:\n\n{code}\n\nDone.")
    assert extract("Do:\n\n    # no heading\n    a_b_c\n").text == "Do:\n\n# no heading\na_b_c"


@pytest.mark.parametrize(
    ("front_matter", "known"),
    [
        (
            "---\nauthors:\n  - name: Ann Example\n    site: x\n  - Bo Sample\n---",
            {"author": "Ann Example, Bo Sample"},
        ),
        ("---\ntitle: >\n  River\n  board\n---", {"title": "River board"}),
        ("---\ntitle: Bears: a life\ntags:\n - x\n---", {"title": "Bears: a life"}),
        ("---\ndate: 2 May 2024\nlang: de\n---", {"published": date(2024, 5, 2), "language": "de"}),
        ("---\npublished: May 2, 2024\n---", {"published": date(2024, 5, 2)}),
        ("---\ndate: some day\npublished: false\n---", {}),
        ("---\nurl: /weir/\nlayout: post\n---", {}),
        ("---\npermalink: /:year/\ncanonical_url: https://x.example/a\n---", {"url": "https://x.example/a"}),
        ("---\na: !!python/object:os.system x\ntitle: T\n...", {"title": "T"}),
        ("---\nbase: &b {k: v}\nx: {<<: [*b, *b]}\ntitle: T\n---", {"title": "T"}),
        ("+++\ntitle = 'T'\n[params]\nauthor = ['A', 'B']\n+++", {"title": "T", "author": "A, B"}),
        ("+++\ndate = 2024-05-02\n+++", {"published": date(2024, 5, 2)}),
        ("---\n---", {}),
    ],
)
def test_front_matter_is_yaml_or_toml(front_matter: str, known: dict[str, object]) -> None:
    expected = Extracted(**{"title": "bears", "text": BEARS, **known})  # type: ignore[arg-type]
    assert extract(f"{front_matter}\n\n{BEARS}") == expected


def test_a_relative_address_counts_from_where_the_file_was_found() -> None:
    data = f"---\nurl: /weir/\n---\n{BEARS}".encode()
    assert extract_markdown(data, "a.md", "https://x.example/src/a.md").url == "https://x.example/weir/"
    assert extract_markdown(BEARS.encode(), "a.md", "https://x.example/a.md").url == "https://x.example/a.md"


def test_aliases_of_aliases_cost_nothing() -> None:
    bomb = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert extract(f"---\nk0: &k0 x\n{bomb}author: *k29\n---\n{BEARS}").text == BEARS


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThe weir.\n\n---\n\nEnd.",
        "---\nThe weir was lowered.\n---\n\nEnd.",
        "---\n\nNote: it was.\n\n---\n\nEnd.",
        "+++\nNews\n+++",
    ],
)
def test_what_stands_between_rules_may_be_text(text: str) -> None:
    words = [word for word in text.split() if word != "---"]
    assert extract(text).text.split() == words


def test_what_programs_that_make_sites_replace_is_left_out() -> None:
    text = f'{{% include a.html %}}\n{BEARS}\n{{: .lead}}\n\n{{{{< figure src="a" >}}}} End.'
    assert extract(f"---\ntitle: T\n---\n{text}").text == f"{BEARS}\n\nEnd."
    assert extract("Write {% raw %} so.").text == "Write {% raw %} so."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Only a heading\n", "bears.md contains no text. Please put the article's text into it."),
        ("<!-- nothing -->", "bears.md contains no text. Please put the article's text into it."),
        (
            "> " * 120 + "a",
            "bears.md has quotes and lists in one another over 100 deep. Please save just its text.",
        ),
        ("+++\ntitle = T\n+++\na", "bears.md: what stands between its lines of +++ is no TOML; mend it."),
        (
            "---\ntitle: A\nhello\n---\na",
            "bears.md: the line 'hello' in its front matter isn't `key: value`. Please correct it.",
        ),
        ("---\npublished: soon\n---\na", "bears.md: 'soon' isn't a date. Please write it like 2022-03-18."),
        (
            "---\nurl: javascript:alert(1)\n---\na",
            "bears.md: 'javascript:alert(1)' isn't a web address. Please write one that starts with https://.",
        ),
        (
            "# a\n" * 200_001,
            "bears.md is over 5,000,000 characters or 200,000 lines long. Please split it into several "
            "articles.",
        ),
    ],
)
def test_what_is_no_article_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        extract(text)
    assert str(caught.value) == message


def test_what_takes_the_parser_too_long_ends_in_its_own_process() -> None:
    assert not FORMATS["markdown"].is_plain
    with pytest.raises(SourceError, match="takes longer than 1 s to read"):
        extract_in_child(FORMATS["markdown"], b"![" * 300_000 + b"a", "a.md", limits=Limits(cpu_s=1))


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.text("ab \n-*_`[](){}<>!|#^~&;:1.\\\"'+=").map(str.encode),
        st.text().map(lambda text: f"---\n{text}\n---\na".encode()),
    )
)
@settings(deadline=None)
def test_any_bytes_are_an_article_or_refused(data: bytes) -> None:
    try:
        extracted = extract_markdown(data, "b.md")
    except SourceError:
        return
    assert normalize(extracted.text).text == extracted.text
    assert extracted.text == extracted.text.strip()
    assert extracted.title
    assert all(0 <= section.start <= len(extracted.text) for section in extracted.sections)
