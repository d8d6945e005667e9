"""The rows of tables that have no lines."""

from __future__ import annotations

import pytest

from index.documents.formats.pdf import extract_pdf
from tests.documents import Words, make_pdf, make_pdf_of

TOP = 540.0
STEP = 14.0
INTRO = "The bears of the forest were counted by the wardens, year by year:"
PROSE = [
    "The warden of the forest shall count the bears in each year,",
    "whatever they ate there, and write down where they were seen",
    "throughout the summer; for this reason the owner of the forest",
    "maintains a way for the warden. Nobody else may go there when",
    "everybody is asleep, and whoever does it all the same pays for",
    "whatsoever it may have cost to count them.",
]


def table(rows: list[list[str]], places: list[float]) -> list[Words]:
    return [
        (left, TOP - STEP * number, 10.0, text)
        for number, row in enumerate(rows, 2)
        for left, text in zip(places, row, strict=False)
        if text
    ]


def read(*page: Words) -> str:
    return extract_pdf(make_pdf([list(page)]), "b.pdf").text


def intro(*texts: str) -> list[Words]:
    return [(40.0, TOP - 12 * number, 10.0, text) for number, text in enumerate(texts or (INTRO,))]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([["Year", "Bears"], ["2019", "96"], ["2020", "310"]], [40, 120]),
        ([["Forest", "2019", "2020"], ["North of the river", "96", "310"], ["South", "1,204", "9"]],
         [40, 200, 280]),
        ([["Forest", "Place", "Bears"], ["North", "", "96"], ["South", "A-12", "310"]], [40, 150, 250]),
    ],
)  # fmt: skip
def test_each_row_of_a_table_is_a_paragraph(rows: list[list[str]], places: list[float]) -> None:
    expected = [INTRO, *(" ".join(cell for cell in row if cell) for row in rows)]
    assert read(*intro(), *table(rows, places)) == "\n\n".join(expected)


def test_a_cell_of_two_lines_stays_in_its_row() -> None:
    rows = [["North", "96 bears that ate the"], ["", "jam"], ["South", "310 bears"]]
    lines = [(left, TOP - 12 * n, 10.0, text) for (left, _, _, text), n in zip(
        table(rows, [40, 150]), [2, 2, 3, 4, 4], strict=True)]  # fmt: skip
    assert read(*intro(), *lines) == f"{INTRO}\n\nNorth 96 bears that ate the jam\n\nSouth 310 bears"


def test_text_goes_on_below_a_table() -> None:
    rows = [["Year", "Bears"], ["2019", "96"]]
    below = [(40.0, TOP - 5 * STEP, 10.0, PROSE[0]), (40.0, TOP - 5 * STEP - 12, 10.0, PROSE[1])]
    assert read(*intro(), *table(rows, [40, 120]), *below) == (
        f"{INTRO}\n\nYear Bears\n\n2019 96\n\n{PROSE[0]} {PROSE[1]}"
    )


def test_lines_with_wide_spaces_are_no_rows() -> None:
    spread = b"".join(
        b"BT /F1 10 Tf 6 Tw 40 %d Td (%b) Tj ET\n" % (TOP - 12 * number, text.encode())
        for number, text in enumerate(PROSE)
    )
    assert extract_pdf(make_pdf_of([spread]), "b.pdf").text == " ".join(PROSE)


def test_the_points_of_a_list_that_go_on_are_no_rows() -> None:
    texts = ["Count the bears.", PROSE[0], PROSE[1]]
    points = [(60.0, TOP - 12 * number, 10.0, text) for number, text in enumerate(texts)]
    points.insert(1, (40.0, TOP - 12, 10.0, "2."))
    points.insert(0, (40.0, TOP, 10.0, "1."))
    assert read(*points).split("\n\n")[0] == "1. Count the bears."
    assert read(*points).split("\n\n")[1].startswith(f"2. {PROSE[0]}")


def test_the_places_of_a_ranking_stay() -> None:
    rows = [[str(number), f"the bear {name}"] for number, name in enumerate("ABCDEF", 1)]
    assert read(*intro(), *table(rows, [40, 60])) == "\n\n".join(
        [INTRO, *(f"{number} the bear {name}" for number, name in enumerate("ABCDEF", 1))]
    )


def test_numbered_points_stay() -> None:
    points = [f"The warden counts the bears of forest {name}" for name in "ABCDEF"]
    rows = [[str(number), point] for number, point in enumerate(points, 1)]
    text = read(*table(rows, [40, 60]))
    assert text.split("\n\n")[2] == "3 The warden counts the bears of forest C"
