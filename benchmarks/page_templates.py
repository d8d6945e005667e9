"""Pages as sites build them, made around a known text: thirty templates, none of which is any site's own."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_WORDS: dict[str, list[str]] = _DATA["words"]
_AROUND: dict[str, str] = _DATA["around"]
TEMPLATES: dict[str, str] = _DATA["templates"]
"""What stands in the body of a page of each kind, with names for what is put in."""


@dataclass(frozen=True, slots=True)
class Story:
    """A text in parts: ("h2" | "p" | "ul" | "table" | "quote", its pieces)."""

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """All of its words, in order."""
        return "\n".join(piece for _, pieces in self.parts for piece in pieces)


def make_story(seed: int) -> Story:
    """Return a story that is different for each ``seed``, and always the same for one."""
    rng = random.Random(seed)
    parts: list[tuple[str, tuple[str, ...]]] = [("p", (_paragraph(rng),)) for _ in range(rng.randint(5, 14))]
    for kind, pieces in [
        ("h2", (_object(rng).capitalize(),)),
        ("h2", (f"What {rng.choice(_WORDS['subjects'])} says",)),
        ("ul", tuple(_sentence(rng) for _ in range(3))),
        ("quote", (f"“{_sentence(rng)}”",)),
        ("table", ("Year", "Boats", "1998", str(rng.randint(100, 900)), "2021", str(rng.randint(100, 900)))),
    ]:
        parts.insert(rng.randint(1, len(parts) - 1), (kind, pieces))
    return Story(f"{_object(rng).capitalize()}: {rng.choice(_WORDS['ends'])}", tuple(parts))


def _object(rng: random.Random) -> str:
    return rng.choice(_WORDS["objects"])


def _sentence(rng: random.Random) -> str:
    subject, verb, end = (rng.choice(_WORDS[kind]) for kind in ("subjects", "verbs", "ends"))
    return f"{subject[0].upper()}{subject[1:]} {verb} {_object(rng)}, {end}."


def _paragraph(rng: random.Random) -> str:
    return " ".join(_sentence(rng) for _ in range(rng.randint(1, 5)))


def _body(story: Story, *, p: str = "<p>{}</p>", h: str = "<h2>{}</h2>", between: Sequence[str] = ()) -> str:
    """Return the parts in tags, with one of ``between`` after the second, fourth, sixth … of them."""
    pieces = []
    extra = iter(between)
    for number, (kind, texts) in enumerate(story.parts):
        if kind == "p":
            pieces.append(p.format(texts[0]))
        elif kind == "h2":
            pieces.append(h.format(texts[0]))
        elif kind == "ul":
            pieces.append("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>")
        elif kind == "quote":
            pieces.append(f"<blockquote>{p.format(texts[0])}</blockquote>")
        else:
            cells = [f"<td>{text}</td>" for text in texts]
            rows = "".join(
                f"<tr>{''.join(cells[place : place + 2])}</tr>" for place in range(0, len(cells), 2)
            )
            pieces.append(f"<table>{rows}</table>")
        if number % 2:
            pieces.append(next(extra, ""))
    return "\n".join(pieces)


def _page(story: Story, body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{story.title} | The Harbour News"
        f"</title>{head}</head><body>{body}</body></html>"
    )


def make_page(template: str, story: Story) -> str:
    """Return ``story`` as a page of the template that is called ``template``."""
    bodies = {
        "body": _body(story),
        "with_ads": _body(story, between=[_AROUND["ad"]] * 3),
        "with_links": _body(story, between=[_AROUND["more"]] * 3),
        "with_newsletter": _body(story, between=["", _AROUND["newsletter"]]),
        "with_related": _body(story, between=[_AROUND["related"]]),
        "with_figures": _body(story, between=[_AROUND["figure"], "", _AROUND["figure"]]),
        "with_all": _body(story, between=[_AROUND[name] for name in ("ad", "more", "newsletter", "ad")]),
        "divs": _body(story, p="<div>{}</div>", h="<div><b>{}</b></div>"),
        "spans": _body(
            story, p="<div class='x1'><span class='k9'>{}</span></div>", h="<div><h2>{}</h2></div>"
        ),
        "breaks": "<br><br>".join("<br>".join(texts) for _, texts in story.parts),
        "classed": _body(story, p="<p class=govuk-body>{}</p>"),
        "edited": _body(story, h="<h2>{}<span class='mw-editsection'>[<a href='#'>edit</a>]</span></h2>"),
        "unclosed": _body(story, p="<p>{}"),
        "sections": "".join(f"<section>{_body(Story('', (part,)))}</section>" for part in story.parts),
    }
    body = TEMPLATES[template].format(title=story.title, h1=f"<h1>{story.title}</h1>", **bodies, **_AROUND)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{story.title} | The Harbour News"
        f"</title></head><body>{body}</body></html>"
    )
