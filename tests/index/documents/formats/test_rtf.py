"""What is read out of an RTF file, and when it is refused."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.formats.rtf import extract_rtf
from index.documents.formats.types import Extracted
from index.documents.normalize import normal_form
from index.errors import SourceError
from index.types import Section

HEAD = (
    r"\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial{\*\falt Cyr};}"
    r"{\f2\fcharset128 Mincho;}{\f3\fcharset2 Wingdings;}{\f4\fcharset1 Any;}}"
    r"{\colortbl;\red255\green0\blue0;}"
)
STYLES = (
    r"{\stylesheet{\ql\snext0 Normal;}{\s1\sbasedon0 heading 1;}{\s2\sbasedon1 Chapter;}{\s3 toc 1;}"
    r"{\s4\outlinelevel2 Part;}{\s5\sbasedon6 A;}{\s6\sbasedon5 B;}{\s7 Title;}{\s8 Author;}{\s9 Date;}"
    r"{\*\cs10 heading of letters;}}"
)
TORN = "b.rtf is damaged or incomplete. Please download it again."
NO_TEXT = "b.rtf contains no text. Please save the article as text."


def extracted(body: str | bytes, head: str = HEAD) -> Extracted:
    data = body if isinstance(body, bytes) else body.encode("ascii")
    return extract_rtf(b"{%b\n%b}" % (head.encode(), data), "b.rtf")


def text(body: str | bytes) -> str:
    return extracted(body).text


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        extract_rtf(data, "b.rtf")
    return str(caught.value)


def test_paragraphs_tables_and_headings_in_order() -> None:
    body = (
        STYLES + r"\pard\plain \s1 Food\par\pard Bears like jam.\par {\listtext\'b7\tab}Honey, too.\par"
        r"\trowd\cellx1\cellx2\pard\intbl Animal\cell Food\cell\row\trowd Fox\cell Eggs\cell\row"
        r"\pard\outlinelevel1 Sleep\par\pard\plain Bears sleep."
    )
    assert extracted(body) == Extracted(
        title="Food",
        text="Bears like jam.\n\nHoney, too.\n\nAnimal\tFood\n\nFox\tEggs\n\nBears sleep.",
        sections=(Section(0, "Food"), Section(53, "Sleep")),
    )


@pytest.mark.parametrize(
    ("style", "is_heading"),
    [
        (r"\s1", True),
        (r"\s2", True),
        (r"\s4", True),
        (r"\outlinelevel0", True),
        (r"\outlinelevel9", False),
        (r"\s5", False),
        (r"\s99", False),
        (r"\cs10", False),
        (r"\s1\pard", False),
    ],
)
def test_a_heading_is_what_its_style_or_level_says(style: str, is_heading: bool) -> None:
    found = extracted(STYLES + rf"{{{style} What they eat\par}}Jam.\par")
    assert found.sections == ((Section(0, "What they eat"),) if is_heading else ())
    assert found.text == ("Jam." if is_heading else "What they eat\n\nJam.")


def test_what_is_known_stands_in_the_info() -> None:
    info = (
        r"{\info{\upr{\title B?rs}{\*\ud{\title B\u228\'e4rs}}}{\author A. {\b Bear}}{\operator Nobody}"
        r"{\creatim\yr2022\mo3\dy18\hr10}{\revtim\yr2024\mo1\dy1}{\keywords jam}}"
    )
    assert extract_rtf(f"{{{HEAD}{info}Bears like jam.}}".encode(), "b.rtf", "https://forest.example/b") == (
        Extracted(
            title="Bärs",
            text="Bears like jam.",
            author="A. Bear",
            published=date(2022, 3, 18),
            url="https://forest.example/b",
        )
    )


def test_title_author_and_date_may_be_told_by_styles() -> None:
    found = extracted(
        STYLES + r"{\s7 The Bears\par}{\s8 A. Bear\par}{\s9 18 March 2022\par}{\s3 Food 3\par}Bears like jam."
    )
    assert found == Extracted("The Bears", "Bears like jam.", author="A. Bear", published=date(2022, 3, 18))


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (r"Bears {\b li}{\i\ul ke} {\super j}a\b0 m.", "Bears like jam."),
        ("Bears\r\n like\n jam.", "Bears like jam."),
        ("Bears\\\nlike\\\r\njam.", "Bears\n\nlike\n\njam."),  # as macOS ends a paragraph
        (r"Bears\tab like\line jam.\page Honey.", "Bears like\njam.\nHoney."),
        ("Bears\tlike jam.", "Bears like jam."),
        (r"Be\-ars like\~jam, and no\_one", "Bears like\u00a0jam, and no-one"),
        (r"\{Bears\} like \\jam", r"{Bears} like \jam"),
        (
            r"\ldblquote Jam\rdblquote\emdash\lquote jam\rquote\endash\bullet",
            "“Jam”\N{EM DASH}\u2018jam\u2019\N{EN DASH}\u2022",
        ),
        (r"Bears\sect Foxes\par\par\pard\par Eggs", "Bears\n\nFoxes\n\nEggs"),
        (
            r"{\field{\*\fldinst HYPERLINK " r'"http://a/"}{\fldrslt {\ul Bears}}} like jam.',
            "Bears like jam.",
        ),
        (r"Bears {\field{\fldinst PAGE}{\fldrslt}}like{\xe jam} jam.", "Bears like jam."),
        (r"Bears like {\v\b much\u246 o\b0  }jam{\v\'21\tab\emdash}.", "Bears like jam."),
        (r"\v secret\v0 Bears \v secret\plain like jam.", "Bears like jam."),
        (r"Bears like {\deleted fish}{\revised\revauth1 jam}.", "Bears like jam."),
        (
            r"{\header Page 1\par}{\footerr Page 1}{\*\ftnsep -}Bears{\*\bkmkstart a} like jam.",
            "Bears like jam.",
        ),
        (r"{\*\generator Bears 3;}{\*\unknown{\b no}}Bears like \unknown7 jam.", "Bears like jam."),
        (r"{\object{\*\objclass a}{\*\objdata 0102}{\result Bears}} like jam.", "Bears like jam."),
        (r"{\mmath{\*\moMath{\mf{\mfPr{\mtype bar}}{\mnum{\mr a}}}}} is jam.", "a is jam."),
        (r"{\upr{B?rs}{\*\ud{B\u228?rs}}} like jam.", "Bärs like jam."),
    ],
)
def test_words_are_read_as_they_are_shown(body: str, read: str) -> None:
    assert text(body) == read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (r"caf\'e9 \'80 \'93", "café € “"),
        (r"\f1 \'cc\'e5\'e4\f0\'e4{\f1\'e2\plain\'e4\f1\'fc}\'e4", "Медäвäьä"),
        (b"\\f1 \xcc\xe5\xe4", "Мед"),
        (r"\f2 \'93\'fa\'96\{\'8e\'8f", "日本誌"),  # half of a letter may be a brace
        (r"\f3 \'a7\f0 \'a7 jam", "▪§ jam"),  # a symbol is no letter
        (r"\f3 \'fb \'01\u-3844?\f0 jam", "✗ ✓jam"),
        (r"\f4 \'e9 \f9\'e9", "é é"),
        (r"\u1041?\u1077\'3f{\uc2 \u1088??\u1099 \'95\'ff\uc0 \u1105}\u1092?", "Берыёф"),
        (r"\uc2\u1041 ab\par c\u1077\b d\b0", "Б\n\ncеd"),  # what ends a paragraph stands for no letter
        (r"\u8212\emdash\u8212\'97-\u{\uc3 \u246 o}e", "\N{EM DASH}\N{EM DASH}-öe"),
        (r"a\u-10179?\u-9157? \u55357?\u56379? \uc0\u55357\uc1\u56379?\u129412?", "a🐻 🐻 🐻🦄"),
        (r"a\u-10179?b\u9999999999999? \u-99999?", "a\ufffdb\ufffd \ufffd"),
    ],
)
def test_letters_of_every_encoding(body: str | bytes, read: str) -> None:
    assert text(body) == read


@pytest.mark.parametrize(
    ("head", "read"),
    [
        (r"\rtf1\ansi", "Ïå"),
        (r"\rtf1\ansi\ansicpg1251", "Пе"),
        (r"\rtf1\ansi\ansicpg1251\deff1{\fonttbl\f1\fswiss\fcharset0 Helvetica;}", "Ïå"),
        (r"\rtf1\mac", "œÂ"),
        (r"\rtf1\ansi\ansicpg10007", "ѕе"),
        (r"\rtf1\pc", "╧σ"),
        (r"\rtf1\ansi\ansicpg99\deff5", "Ïå"),
        (r"\rtf1\ansi\deff1{\fonttbl{\f1\cpg1251 A;}}", "Пе"),
    ],
)
def test_the_encoding_is_what_the_head_says(head: str, read: str) -> None:
    assert extracted(r"\'cf\'e5", head).text == read


def test_a_file_may_be_in_utf_8() -> None:
    assert extracted(r"\'d0\'9f\'d0\'b5", r"\rtf1\ansi\ansicpg65001").text == "Пе"


def test_a_title_is_in_the_encoding_of_the_file_not_of_its_first_font() -> None:
    head = r"\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 Arial;}}"
    assert extracted(r"{\info{\title \'cf\'e5}}\'cf", head) == Extracted("Пе", "Ï")


def test_notes_come_last_and_boxes_behind_their_paragraph() -> None:
    body = (
        r"Bears{\super\chftn{\footnote\pard\plain \chftn  In the north.\par And south.}}{\*\footnote Late.}"
        r" like{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard Eat\par less}}{\shprslt Eat}} jam.\par Foxes."
    )
    assert text(body) == "Bears like jam.\n\nEat\n\nless\n\nFoxes.\n\nIn the north.\n\nAnd south.\n\nLate."


def test_cells_of_several_paragraphs_are_only_layout() -> None:
    body = (
        r"{\trowd\cellx1\pard\intbl{{\pard\intbl Bears\par}\cell}{{\pard\intbl Jam\par}\cell}\row}"
        r"\trowd\pard\intbl One\par Two\cell\pard\intbl\outlinelevel1 Three\cell\row"
        r"\trowd\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        r"\intbl c\cell\row\pard End\par\intbl torn\cell\pard End"
    )
    found = extracted(body)
    assert found.text == "Bears\tJam\n\nOne\n\nTwo\n\na\tb\n\nc\n\nEnd\n\ntorn\n\nEnd"
    assert [section.title for section in found.sections] == ["Three"]


def test_pictures_and_bytes_are_passed_over() -> None:
    body = (
        rb"Bears{\pict\pngblip 8950}{\*\shppict{\pict\bin5 }}}\x00}}{\object{\*\objdata\bin3 \\{{}}} "
        rb"like\bin-3  jam.{\bin0 }"
    )
    assert text(body) == "Bears like jam."


def test_what_is_no_article_is_refused_in_words() -> None:
    assert refusal(b"{\\rtf1}") == NO_TEXT
    assert refusal(b"{\\rtf1\\ansi{\\v Bears.}\\par ---}") == NO_TEXT
    assert refusal(b"{\\rtf1{\\*\\shppict{\\pict 89}}\\par}") == (
        "b.rtf contains only images. Please save the article as text."
    )
    whole = f"{{{HEAD}{STYLES}Bears \\'e9 {{\\b like}}\\bin1 a jam.}}".encode()
    for behind in (b"\r\n\x00", b"}\r\n"):
        assert extract_rtf(whole + behind, "b.rtf").text == "Bears é like jam."
    assert {refusal(whole[:end]) for end in range(len(whole))} == {TORN}
    assert refusal(whole.replace(b"like}", b"like}}")) == (
        "b.rtf is damaged: its braces don't match. Please save it again with another program."
    )
    assert refusal(b"{\\rtf1 Bears\\bin99999999999999999999 }") == TORN
    assert refusal(b"}") == TORN


@pytest.mark.parametrize(
    "repeated",
    [
        *(
            "{",
            "{\\b a",
            "{\\footnote a",
            "{\\shptxt a",
            "{\\upr{\\*\\ud a",
            "\\cell ",
            "\\nestcell a",
            "\\f1 a\\f2",
        ),
        *(
            "\\u55357",
            "\\'8",
            "\\*",
            "\\uc9",
            "1",
            "\\",
            "{\\stylesheet{\\s1 a;}",
            "{\\field{\\*\\fldinst{HYPERLINK",
        ),
    ],
)
def test_a_file_takes_a_time_that_grows_with_its_length(repeated: str) -> None:
    """So many groups inside each other, too: a library takes the square of it for some of these."""
    unclosed = repeated.count("{") - repeated.count("}")
    data = f"{{\\rtf1\\uc1{repeated * 100_000}{'}' * unclosed * 100_000}}}".encode()
    begun = time.thread_time()
    try:
        extract_rtf(data, "b.rtf")
    except SourceError as error:
        assert str(error) == NO_TEXT  # noqa: PT017 - it may have some
    assert time.thread_time() - begun < 10


def test_a_style_with_a_long_name_is_looked_at_once() -> None:
    data = b"{\\rtf1{\\stylesheet{\\s1 %b;}}\\s1 %b}" % (b"A" * 3_000_000, b"b\\par " * 20_000)
    begun = time.thread_time()
    assert len(extract_rtf(data, "b.rtf").text) == 59_998
    assert time.thread_time() - begun < 5


def written(paragraphs: list[str], fallback: str) -> bytes:
    """An RTF file of ``paragraphs``, with code units and bytes as the letters are."""
    lines = []
    for paragraph in paragraphs:
        line = ""
        for char in paragraph:
            if char in "\\{}":
                line += f"\\{char}"
            elif char.isascii():
                line += char
            elif char in "éäöß":
                line += f"\\'{char.encode('cp1252').hex()}"
            else:
                units = char.encode("utf-16-le")
                numbers = (
                    int.from_bytes(units[at : at + 2], "little", signed=True)
                    for at in range(0, len(units), 2)
                )
                line += "".join(f"\\u{number}{fallback}" for number in numbers)
        lines.append(line)
    body = "\\par ".join(lines)
    return f"{{\\rtf1\\ansi {body}}}".encode()


LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("éäöß\\{} ")
)


@given(st.lists(LETTERS), st.sampled_from(["?", "\\'3f", " ?"]))
@settings(deadline=None)
def test_any_text_comes_back_as_it_was(paragraphs: list[str], fallback: str) -> None:
    expected = [normal_form(paragraph).strip() for paragraph in paragraphs]
    data = written(paragraphs, fallback)
    if any(map(str.isalnum, "".join(expected))):
        assert extract_rtf(data, "b.rtf").text == "\n\n".join(filter(None, expected))
    else:
        assert refusal(data) == NO_TEXT


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (r"holds 10{\super 6} litres", "holds 10⁶ litres"),
        (r"holds 10\super 6\nosupersub  litres", "holds 10⁶ litres"),
        (r"holds 10{\up6\fs16 6} litres", "holds 10⁶ litres"),
        (r"holds 10\up2 6\up0 0", "holds 1060"),
        (r"and 1,200{\super 3 }people", "and 1,200 people"),
        (r"and 1,200{\super 1}{\super 2} people", "and 1,200 people"),
        (r"\super 1\plain  Bears", "Bears"),
        (r"10 m{\super 3} of CO{\sub 2} on the 1{\super st}", "10 m³ of CO2 on the 1st"),
        (r"it was 1{\dn4 2} there", "it was 1₂ there"),
        (r"{\*\moMath {\msSup{\me 10}{\msup 6}} {\mf{\mnum 1}{\mden 2}}}", "10⁶ 1/2"),
    ],
)
def test_what_stands_above_or_below_the_line_joins_no_number(body: str, read: str) -> None:
    assert text(body) == read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (r"cost {\strike 40} 12.", "cost 12."),
        (r"cost {\striked1 40}12.", "cost 12."),
        (r"cost \strike 40\strike0  12.", "cost 12."),
        (r"cost \strike 40\plain  12.", "cost 12."),
        (r"cost {\strike0 12}.", "cost 12."),
        (r"two  spaces", "two  spaces"),
        (r"cost {\strike \emdash \u8212?\tab 40} 12.", "cost 12."),
    ],
)
def test_struck_out_words_are_left_out(body: str, read: str) -> None:
    assert text(body) == read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (r"The sill was low{\deleted\par}ered.\par Jam.", "The sill was lowered.\n\nJam."),
        (r"One{\deleted  two\par three\par}, four.", "One, four."),
        (r"{\deleted Gone.\par}Jam.\par", "Jam."),
    ],
)
def test_a_deleted_end_joins_paragraphs(body: str, read: str) -> None:
    assert text(body) == read


def test_letters_of_symbol_are_what_a_reader_sees() -> None:
    head = r"\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset2{\*\panose 05}Symbol;}}"
    assert extracted(r"a \f1\'b3\u-3987?\f0  b{\f1 a}", head).text == "a ≥μ bα"


@pytest.mark.parametrize("title", ["Microsoft Word - jam.rtf", "10811.doc"])
def test_what_only_a_program_wrote_is_no_title_and_no_author(title: str) -> None:
    body = rf"{{\info{{\title {title}}}{{\author Administrator}}}}{STYLES}{{\s1 What bears eat\par}}Jam.\par"
    read = extracted(body)
    assert (read.title, read.author) == ("What bears eat", None)
