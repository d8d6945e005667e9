"""What was filled into a form, or typed onto a page, of a PDF."""

from __future__ import annotations

import pytest

from index.documents.formats.pdf import extract_pdf
from tests.documents import Words, make_pdf

INTRO = (40.0, 560.0, 10.0, "An application for a permit to count the bears.")


def read(words: list[Words], *annotations: str) -> str:
    """The text of a page with these annotations, all of them fields of the form too."""
    data = make_pdf([[INTRO, *words]])
    form = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>"
    numbers = range(50, 50 + len(annotations))
    names = " ".join(f"{number} 0 R" for number in numbers)
    data = data.replace(b"<</Type/Catalog/Pages 2 0 R>>", (form % names).encode())
    data = data.replace(b"/Type/Page/Parent", f"/Annots[{names}]/Type/Page/Parent".encode())
    numbered = zip(numbers, annotations, strict=True)
    objects = "".join(f"{number} 0 obj\n<<{text}>>\nendobj\n" for number, text in numbered)
    start = data.partition(b"xref\n")[0]
    data = start + objects.encode("cp1252") + b"trailer\n<</Root 1 0 R>>\n%%EOF"
    return extract_pdf(data, "b.pdf").text.removeprefix(INTRO[3]).strip()


def field(
    left: float, bottom: float, value: str, more: str = "/FT/Tx", width: float = 120, height: float = 16
) -> str:
    box = f"/Rect[{left} {bottom} {left + width} {bottom + height}]"
    return f"/Type/Annot/Subtype/Widget/T(f{left}-{bottom}){box}{more}/V{value}/F 4"


def at(top: float, text: str, left: float = 40) -> Words:
    return (left, top, 10.0, text)


def test_a_value_stands_behind_its_label() -> None:
    words = [at(500, "Name:"), at(470, "Bears:"), at(440, "Signed")]
    fields = [field(120, 496, "(Ada Holm)"), field(120, 466, "(96)")]
    assert read(words, *fields) == "Name: Ada Holm\n\nBears: 96\n\nSigned"


def test_a_value_stands_below_the_label_that_is_above_it() -> None:
    words = [at(500, "Name of the warden"), at(440, "Forest")]
    fields = [field(40, 480, "(Ada Holm)"), field(40, 420, "(North)")]
    assert read(words, *fields) == "Name of the warden\n\nAda Holm\n\nForest\n\nNorth"


def test_two_fields_in_a_row_stand_behind_their_labels() -> None:
    words = [at(500, "Name:"), at(500, "Born:", left=220)]
    fields = [field(80, 496, "(Ada Holm)"), field(260, 496, "(1961)")]
    assert read(words, *fields) == "Name: Ada Holm Born: 1961"


def test_a_box_is_ticked_or_not() -> None:
    words = [at(500, "Yes", left=60), at(500, "No", left=160)]
    more = "/FT/Btn/AS/{0}/AP<</N<</On 1 0 R/Off 1 0 R>>>>"
    on, off = (
        field(left, 498, f"/{state}", more.format(state), 12, 12)
        for left, state in [(40, "On"), (140, "Off")]
    )
    assert read(words, on, off) == "☒ Yes ☐ No"


def test_a_choice_is_said_as_the_form_shows_it() -> None:
    choice = "/FT/Ch/Ff 131072/Opt[[(n) (The north)] [(s) (The south)]]"
    assert read([at(500, "Forest:")], field(120, 496, "(s)", choice)) == "Forest: The south"


def test_a_value_of_two_lines_is_one_paragraph() -> None:
    value = field(120, 440, r"(To count\rthe bears)", "/FT/Tx/Ff 4096", height=76)
    assert read([at(500, "Reason:"), at(400, "Signed")], value) == "Reason: To count the bears\n\nSigned"


@pytest.mark.parametrize(
    "secret",
    [
        field(120, 496, "(jam)", "/FT/Tx/Ff 8192"),
        field(120, 496, "(jam)").replace("/F 4", "/F 2"),
        field(120, 496, "()"),
    ],
)
def test_what_nobody_sees_is_no_text(secret: str) -> None:
    assert read([at(500, "Password:")], secret) == "Password:"


def test_a_note_that_is_typed_onto_a_page_is_text() -> None:
    note = "/Type/Annot/Subtype/FreeText/Rect[{0} {1} 400 {2}]/Contents(No bears since 2019)/F 4"
    assert read([at(500, "Remarks:")], note.format(120, 496, 512)) == "Remarks: No bears since 2019"
    first, second = "The wardens count the bears in each year", "wherever the forest owners let them in it"
    text = read([at(500, first), at(488, second), at(476, "afterwards.")], note.format(250, 490, 506))
    assert text.endswith(f"{first} {second} afterwards.\n\nNo bears since 2019")
