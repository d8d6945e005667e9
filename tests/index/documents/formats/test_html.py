"""What is read out of a web page: its article, what it says of itself, and when it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from index.documents.formats.html import extract_html
from index.documents.formats.types import Extracted
from index.documents.normalize import normalize
from index.errors import SourceError
from index.text import sentence_spans
from index.types import Section

SENTENCES = [
    f"The {size} bear of the {place} forest eats {food} in the {season}, as the wardens there wrote down."
    for size, place, food, season in zip(
        ["small", "large", "brown", "black", "old", "young", "quiet", "loud", "tired", "proud"],
        ["northern", "southern", "eastern", "western", "upper", "lower", "inner", "outer", "near", "far"],
        ["jam", "honey", "berries", "fish", "roots", "nuts", "apples", "plums", "grass", "seeds"],
        ["spring", "summer", "autumn", "winter", "morning", "evening", "night", "rain", "snow", "sun"],
        strict=True,
    )
]
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TEXT = "\n\n".join(SENTENCES)
SAVE = "save the whole article as PDF or text and add that"


def page(body: str = ARTICLE, head: str = "<title>Bears</title>", lang: str = "en") -> bytes:
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>".encode()


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        extract_html(data, "b.html")
    return str(caught.value)


def test_the_article_is_read_without_what_stands_around_it() -> None:
    around = (
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
        f"<article><h1>Bears</h1>{ARTICLE}</article>"
        "<aside><h2>Read also</h2><ul><li><a href='/f'>Ten things about foxes</a></li></ul></aside>"
        "<div id='comments'><p>First! I do not believe a word of this.</p></div>"
        "<footer><p>© 2022 The Forest. All rights reserved.</p></footer>"
    )
    assert extract_html(page(around), "b.html") == Extracted("Bears", TEXT, language="en")


def test_headings_become_sections_and_leave_the_text() -> None:
    first, second = ARTICLE[: len(ARTICLE) // 2], "<p>".join(["", *(f"{line}</p>" for line in SENTENCES[:4])])
    extracted = extract_html(page(f"<article><h1>Bears</h1>{second}<h2>Food</h2>{first}</article>"), "b.html")
    assert extracted.sections == (Section(len("\n\n".join(SENTENCES[:4])) + 2, "Food"),)
    assert "Food" not in extracted.text


def test_lists_and_tables_are_paragraphs_in_order() -> None:
    more = (
        "<ul><li>A bear sleeps the whole winter.<li>A fox does not, <b>at all</b>.</ul>"
        "<table><tr><th>Animal</th><th>Food</th></tr><tr><td>Fox</td><td>Eggs</td></tr></table>"
    )
    text = extract_html(page(f"<article>{ARTICLE}{more}</article>"), "b.html").text
    assert text.removeprefix(TEXT) == (
        "\n\nA bear sleeps the whole winter.\n\nA fox does not, at all.\n\nAnimal\tFood\n\nFox\tEggs"
    )


KNOWN = Extracted(
    title="Bears & jam",
    text=TEXT,
    url="https://forest.example/bears",
    publisher="The Forest",
    author="A. Bear, C. Fox",
    published=date(2022, 3, 18),
    language="en-GB",
)


@pytest.mark.parametrize(
    "head",
    [
        """<title>Bears - wrong</title><link rel="canonical" href="https://forest.example/bears">
        <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Other"},
        {"@type": ["NewsArticle"], "headline": "Bears &amp; jam",
        "datePublished": "2022-03-18T23:00:00+01:00",
        "author": [{"@type": "Person", "name": "A. Bear"}, {"name": "C. Fox"}],
        "publisher": {"@type": "Organization", "name": "The Forest"}}]}</script>""",
        """<meta property="og:title" content="Bears &amp; jam | The Forest">
        <meta property="og:site_name" content="The Forest"><meta name="author" content="By A. Bear">
        <meta name="author" content="C. Fox">
        <meta property="og:url" content="https://forest.example/bears">
        <meta property="article:published_time" content="2022-03-18">""",
        """<meta name="citation_title" content="Bears &amp; jam">
        <meta name="citation_author" content="A. Bear"><meta name="citation_author" content="C. Fox">
        <meta name="citation_publication_date" content="2022/03/18">
        <meta name="citation_journal_title" content="The Forest"><link rel="canonical" href="/bears">""",
        """<script type="application/ld+json">{broken</script><title>Bears &amp; jam – The Forest</title>
        <meta name="DC.creator" content="A. Bear, C. Fox"><meta name="DC.publisher" content="The Forest">
        <meta name="DC.date" content="18 March 2022">
        <link rel="canonical" href="https://www.elsewhere.example/mine">
        <meta property="og:url" content="https://forest.example/bears">""",
    ],
)
def test_what_is_known_stands_where_machines_read_it(head: str) -> None:
    assert (
        extract_html(page(head=head, lang="en-GB"), "b.html", "https://forest.example/bears?from=feed")
        == KNOWN
    )


def test_what_is_marked_in_the_page_is_known_too() -> None:
    by = "<p>By <a rel='author'>A. Bear</a> <time datetime='2022-03-18'>Friday</time></p>"
    extracted = extract_html(
        page(f"<article><h1>Bears &amp; jam</h1>{by}{ARTICLE}</article>", "<title>x</title>"), "b.html"
    )
    assert (extracted.title, extracted.author) == ("Bears & jam", "A. Bear")
    assert (extracted.published, extracted.url) == (date(2022, 3, 18), None)


def test_the_heading_of_a_site_is_not_the_title() -> None:
    data = page(
        f"<h1>The Forest</h1><article><h2>Bears</h2>{ARTICLE}</article>", "<title>Bears | The forest</title>"
    )
    assert extract_html(data, "b.html").title == "Bears"


SITE = "<meta property='og:site_name' content='The Forest'>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Bears in spring</title>", "<header><h1>The Forest</h1></header><article>{}</article>"),
        ("<title>Bears in spring</title>", "<h1><a href='/'>The Forest</a></h1><article>{}</article>"),
        ("<title>Bears in spring</title>" + SITE, "<h1>The Forest</h1><article>{}</article>"),
        ("<title>The Forest</title>" + SITE, "<h1>Bears in spring</h1><article>{}</article>"),
        (
            "<title>The Forest: Bears in spring</title>",
            "<h1><a href='https://forest.example/'>A</a></h1><h1>Bears in spring</h1><article>{}</article>",
        ),
        (
            "<title>x</title><meta property='og:title' content='The Forest'>" + SITE,
            "<article><h1>Bears in spring</h1>{}</article>",
        ),
        ("<title>Bears in spring</title>", "<header><h1>Bears in spring</h1></header><article>{}</article>"),
        ("<title>Page</title>", "<article><header><h1>Bears in spring</h1></header>{}</article>"),
    ],
)
def test_the_title_is_the_articles_not_the_sites(head: str, body: str) -> None:
    assert extract_html(page(body.format(ARTICLE), head), "b.html").title == "Bears in spring"


def test_a_page_that_says_nothing_but_its_site_is_called_so() -> None:
    data = page(f"<h1>The Forest</h1><article>{ARTICLE}</article>", "<title>The Forest</title>" + SITE)
    assert extract_html(data, "b.html").title == "The Forest"


def test_a_table_of_contents_is_no_text() -> None:
    contents = "<ul><li><a href='#1'>What bears eat in spring</a><ul><li><a href='#2'>Jam</a></ul></ul>"
    assert extract_html(page(f"<article>{contents}{ARTICLE}</article>"), "b.html").text == TEXT


def test_without_a_title_the_name_of_the_file_is_one() -> None:
    assert extract_html(page(head=""), "jam.and.bears.html").title == "jam.and.bears"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset='iso-8859-1'>"),  # it says so, and it is not
        ("utf-16", ""),
        ("utf-8-sig", ""),
        ("windows-1251", "<meta charset=windows-1251>"),
        ("windows-1251", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"),
        ("windows-1251", ""),
        ("shift_jis", "<meta charset='Shift_JIS'>"),
        ("iso-2022-jp", "<meta charset='iso-2022-jp'>"),
    ],
)
def test_the_encoding_is_found(encoding: str, head: str) -> None:
    words = "Медведи любят варенье, и лисы читают газеты, а волки спят всю зиму под снегом. "
    body = f"<article><p>{words * 3}</p><p>{words * 2}</p></article>"
    data = page(body, head).decode().encode(encoding)
    assert extract_html(data, "b.html").text == f"{(words * 3).strip()}\n\n{(words * 2).strip()}"


def test_what_nobody_sees_is_left_out() -> None:
    extracted = extract_html(page(ARTICLE.replace("bear", "be\x00a&#173;r&#x202e;&#xD800;")), "b.html")
    assert normalize(extracted.text).text == extracted.text
    assert "be\x00" not in extracted.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (page(""), f"I couldn't tell the article in b.html from the rest of the page. Please {SAVE}."),
        (b"<html>", f"I couldn't tell the article in b.html from the rest of the page. Please {SAVE}."),
        (page()[:700], "b.html is incomplete: it breaks off in the middle. Please download it again."),
        (page()[:706], "b.html is incomplete: it breaks off in the middle. Please download it again."),
        (
            page(f"<article><p>{SENTENCES[0]}</p><p>Subscribe now to continue reading.</p></article>"),
            f"b.html shows only the beginning of its article (23 words). Please {SAVE}.",
        ),
        (
            page(
                f"<article><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></article>",
                "<script type='application/ld+json'>"
                '{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
            ),
            f"b.html shows only the beginning of its article (36 words). Please {SAVE}.",
        ),
        (
            page("<form><p>Sign in to your account</p><input name='u'><input type='password'></form>"),
            f"b.html is a login page. Please open it in a browser, {SAVE}.",
        ),
        (
            page("<h1>Bears at play</h1><video src='b.mp4'></video><p>Watch the bears. 3:14</p>"),
            "b.html is a page around a video, without an article. Please save its transcript as text.",
        ),
    ],
)
def test_a_page_without_a_whole_article_is_refused_in_words(data: bytes, message: str) -> None:
    assert refusal(data) == message


@pytest.mark.parametrize(
    "body", ["<p>Bears.</p>" * 20_001, f"<p>Bears</p><table><tr>{'<td>1' * 100_000}</table>"]
)
def test_a_page_of_too_many_parts_is_refused_at_once(body: str) -> None:
    assert refusal(page(f"<article>{body}</article>")) == (
        "b.html is too big to find the article in: it has over 20,000 paragraphs, items and "
        "rows, or over 100,000 elements. Please save the part you need as text."
    )


def test_a_page_nested_so_deeply_that_words_are_lost_is_refused() -> None:
    deep = f"{'<div>' * 300}{ARTICLE}{'</div>' * 300}"
    sentence = "b.html has elements nested over 250 deep. Please save just its text."
    assert refusal(page(f"<article>{ARTICLE}{deep}</article>")) == sentence


def test_a_page_as_long_as_a_long_novel_is_an_article() -> None:
    text = extract_html(page(f"<article>{ARTICLE * 1_200}</article>"), "b.html").text
    assert text == "\n\n".join([TEXT] * 1_200)


def test_a_short_page_is_an_article_when_it_is_all_there_is() -> None:
    assert extract_html(page(f"<p>{SENTENCES[0]}</p>"), "b.html").text == SENTENCES[0]


def test_what_every_page_says_at_its_edges_is_no_wall() -> None:
    header = "<header><a href='/in'>Already a subscriber? Log in to continue reading.</a></header>"
    data = page(f"{header}<article><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></article>")
    assert extract_html(data, "b.html").text == "\n\n".join(SENTENCES[:2])


def test_words_that_a_reader_cannot_see_are_not_quoted() -> None:
    hidden = f"<p style='display: none'>{SENTENCES[1]}</p><p hidden>{SENTENCES[2]}</p>"
    extracted = extract_html(
        page(f"<article>{hidden}{ARTICLE.replace(SENTENCES[1], SENTENCES[0])}</article>"), "b.html"
    )
    assert SENTENCES[0] in extracted.text
    assert SENTENCES[1] not in extracted.text


def test_every_sentence_is_found_in_the_page() -> None:
    data = page(f"<article>{ARTICLE}<ul><li>One <i>it</i>em of a list.</ul>and a tail</article>")
    text = extract_html(data, "b.html").text
    original = " ".join(data.decode().replace("<i>", "").replace("</i>", "").split())
    spans = sentence_spans(text)
    assert len(spans) == 12
    assert all(" ".join(text[start:end].split()) in original for start, end in spans)


def test_a_tag_that_is_called_deep_is_not_deep() -> None:
    extracted = extract_html(
        page(f"<depth-chart>{ARTICLE}</depth-chart><i data-depth=1 data-depth=2>.</i>"), "b.html"
    )
    assert extracted.text == TEXT


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("It costs <s>£5</s> £3.", "It costs £3."),
        ("It costs <strike><b>£5</b></strike> £3.", "It costs £3."),
        ("It costs <span style='color: red; text-decoration: line-through'>£5</span> £3.", "It costs £3."),
        ("It costs <span style='text-decoration-line:line-through'>£5</span> £3.", "It costs £3."),
        ("It costs <span style='text-decoration: underline'>£5</span> now.", "It costs £5 now."),
        ("<a href='/ann'><s>@</s>ann</a> wrote it.", "@ann wrote it."),
        ("She said <q>no</q>.", "She said “no”."),
        ("She said <q>he said <q>no</q></q>.", "She said “he said ‘no’”."),
        ("She said <q>“no”</q>.", "She said “no”."),
        ("She said <q>not <em>now</em></q>, twice.", "She said “not now”, twice."),
        ("It holds <b>10</b><sup>6</sup> litres.", "It holds 10⁶ litres."),
        ("It holds 10<span style='vertical-align: super'>6</span> litres.", "It holds 10⁶ litres."),
        ("A dry year<sup><a href='#n1'>1</a></sup> it was.", "A dry year it was."),
        ("In 12<a href='#n1'><sup>1</sup></a> places.", "In 12 places."),
        ("In 12<a href='#n1' role='doc-noteref'>1</a> places.", "In 12 places."),
        ("In 2021<sup>4</sup><sup>,</sup><sup>5</sup> it was.", "In 2021 it was."),
        ("CO<sub>2</sub> and SO<sub>4</sub><sup>2-</sup> fell.", "CO2 and SO4²⁻ fell."),
        ("The 21<sup>st</sup> of May.", "The 21st of May."),
    ],
)
def test_marks_in_a_sentence_are_what_a_reader_sees(written: str, seen: str) -> None:
    text = extract_html(page(f"<article>{ARTICLE}<p>{written}</p>{ARTICLE}</article>"), "b.html").text
    assert text == f"{TEXT}\n\n{seen}\n\n{TEXT}"


def test_a_name_or_a_button_in_a_sentence_belongs_to_it_and_a_byline_does_not() -> None:
    by = "<p><span class='author'>A. Bear</span> <span class='timestamp'>2 May</span></p>"
    last = "<p>The <span class='author'>old</span> <b class='social'>bear</b> <!-- x -->sleeps all day.</p>"
    assert extract_html(page(f"<article>{by}{ARTICLE}{last}</article>"), "b.html").text == (
        f"{TEXT}\n\nThe old bear sleeps all day."
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("<tr><td rowspan=2>Fox<td>Eggs<tr><td>Jam", "Fox\tEggs\n\nFox\tJam"),
        ("<tr><td>Fox<td rowspan='2'>Eggs<tr><td>Bear", "Fox\tEggs\n\nBear\tEggs"),
        ("<tr><td rowspan=2>A<td rowspan=2>B<td>1<tr><td>2", "A\tB\t1\n\nA\tB\t2"),
        ("<tr><td rowspan=3>A<td>1<tr><td>2<tr><td>3", "A\t1\n\nA\t2\n\nA\t3"),
        ("<tr><td colspan=2>A<td rowspan=2>B<tr><td>1<td>2", "A\tB\n\n1\t2\tB"),
        ("<tr><td rowspan=x>A<td>1<tr><td>2<td>3", "A\t1\n\n2\t3"),
        ("<tr><td rowspan=9999>A<td>1", "A\t1"),
        ("<tbody><tr><td rowspan=2>A<td>1<tr><td>2<tbody><tr><td>B<td>3", "A\t1\n\nA\t2\n\nB\t3"),
    ],
)
def test_a_cell_stands_in_each_row_that_it_spans(rows: str, text: str) -> None:
    data = page(f"<article>{ARTICLE}<table>{rows}</table>{ARTICLE}</article>")
    assert extract_html(data, "b.html").text == f"{TEXT}\n\n{text}\n\n{TEXT}"


def test_the_words_of_a_page_laid_out_in_a_table_stand_once() -> None:
    data = page(f"<table><tr><td rowspan=2>{ARTICLE}<td>Home<tr><td>News</table>")
    assert extract_html(data, "b.html").text.count(SENTENCES[0]) == 1


@pytest.mark.parametrize("head", ["<meta charset='utf-8'>", "<meta charset=UTF8>"])
def test_a_page_that_says_it_is_utf_8_is_read_so_in_spite_of_a_bad_byte(head: str) -> None:
    data = page(f"<article>{ARTICLE}<p>The café – “closed” – is \x00 at Zoë’s.</p></article>", head)
    text = extract_html(data.replace(b"\x00", b"\xe9"), "b.html").text
    assert text == f"{TEXT}\n\nThe café – “closed” – is \ufffd at Zoë’s."


def test_a_page_that_says_it_is_utf_8_and_is_not_is_read_as_what_it_is() -> None:
    line = "Die Bären fräßen Möhren, wäre der Händler früher gekommen, sagte er über die Tür."
    data = page(f"<article><p>{line}</p>{ARTICLE}</article>", "<meta charset='utf-8'>")
    read = extract_html(data.decode().encode("cp1252"), "b.html").text
    assert read == f"{line}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("By Ann Example", "Ann Example"),
        ("Written by Ann Example", "Ann Example"),
        ("Posted by: Ann Example", "Ann Example"),
        ("Ann Example | The Mill Paper", "Ann Example"),
        ("Ann Example, January 18, 2017 11:00 PM", "Ann Example"),
        ("Ann Example on 2 May 2024", "Ann Example"),
        ("Ann Example @annexample", "Ann Example"),
        ("Ann Example View all posts", "Ann Example"),
        ("Ann April", "Ann April"),
        ("May Byrne", "May Byrne"),
        ("Byron Example", "Byron Example"),
        ("Reuters Staff", "Reuters Staff"),
        ("admin", None),
        ("Anonymous", None),
        ("Administrator", None),
        ("@annexample", None),
        ("View my complete profile", None),
        ("ann@example.org", None),
        ("May 2, 2024", None),
        ("11:00 PM", None),
    ],
)
def test_the_author_is_a_name(said: str, author: str | None) -> None:
    assert extract_html(page(head=f"<meta name='author' content='{said}'>"), "b.html").author == author
    ld = f'<script type="application/ld+json">{{"@type":"Article","author":{{"name":"{said}"}}}}</script>'
    assert extract_html(page(head=ld), "b.html").author == author


ARTICLE_LD = (
    '{"@type": "NewsArticle", "headline": "Bears", "author": "A. Bear", "datePublished": "2022-03-18"}'
)


@pytest.mark.parametrize(
    "script",
    [
        f"<script type='application/ld+json'>\n//<![CDATA[\n{ARTICLE_LD}\n//]]>\n</script>",
        f"<script type='application/ld+json'>/*<![CDATA[*/{ARTICLE_LD}/*]]>*/</script>",
        f"<script type='application/ld+json'><!--{ARTICLE_LD}--></script>",
        f"<script type='application/ld+json; charset=utf-8'>{ARTICLE_LD}</script>",
        f"<script type='Application/LD+JSON'>{ARTICLE_LD}</script>",
        f"<script type='application/ld+json'>/* of the article */ {ARTICLE_LD} // end</script>",
        f"<script type='application/ld+json'>[{ARTICLE_LD},]</script>",
        f"<script type='application/ld+json'>{ARTICLE_LD[:-1]}, }}</script>",
        f"<script type='application/ld+json'>{{'x': 1}}</script>"
        f"<script type='application/ld+json'>{ARTICLE_LD}</script>",
        f'<script type="application/ld+json">{{"@type": "WebPage", "mainEntity": {ARTICLE_LD}}}</script>',
        f'<script type="application/ld+json">{{"@graph": [{{"mainEntity": [{ARTICLE_LD}]}}]}}</script>',
    ],
)
def test_json_ld_is_read_in_its_real_forms(script: str) -> None:
    found = extract_html(page(head=script), "b.html")
    assert (found.title, found.author, found.published) == ("Bears", "A. Bear", date(2022, 3, 18))


def test_in_json_ld_what_has_an_id_stands_where_it_is_named() -> None:
    ld = (
        '<script type="application/ld+json">{"@type": "BlogPosting", "author": [{"@id": "#b"}, '
        '{"@id": "#c"}], "publisher": {"@id": "#f"}, "headline": "// Bears, ]"}</script>'
        '<script type="application/ld+json">'
        '[{"@id": "#b", "name": "A. Bear"}, {"@id": "#f", "name": "The Forest"}]</script>'
    )
    found = extract_html(page(head=ld), "b.html")
    assert (found.title, found.author, found.publisher) == ("// Bears, ]", "A. Bear", "The Forest")


def test_the_home_page_is_no_address_of_an_article() -> None:
    home = "<link rel=canonical href='https://forest.example/'>"
    assert extract_html(page(head=home), "b.html").url is None
    assert (
        extract_html(page(head=home), "b.html", "https://forest.example/a").url == "https://forest.example/a"
    )


def test_control_characters_between_spans_do_no_harm() -> None:
    words = "<p>Bears like jam.</p>" * 20
    torn = "\x01\t<b>Owls</b>&#1;<sup>2</sup> \x02 sleep all day long, and so do foxes."
    page = f"<html><title>A</title><body><article>{torn}{words}</article></body></html>"
    text = extract_html(page.encode(), "b.html").text
    assert "sleep all day long, and so do foxes." in text
