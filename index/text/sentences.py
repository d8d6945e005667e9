"""Where paragraphs and sentences begin and end, in a text of any script.

Rules of our own, because they won the measurement: ``python -m benchmarks.sentences``. They look at every
mark (with what closes after it, and the gap) and ask whether a sentence ends there. In doubt it does not:
a quote with a sentence too many is still true, half a sentence may not be.

Every pattern is possessive or bounded: the time grows with the length of the text, whatever it holds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

Span = tuple[int, int]

_BLANK_LINE = re.compile(r"\n\s*\n")
_LINE = re.compile(r"[^\n]+")
_MARKER = re.compile(r"[ \t]*+(?:[-*•‣▪]|(\d{1,3})[.)]|\(?[a-z]\)|\(\d{1,2}\))[ \t]++(?=\S)")
_EMOJI = "[\u2600-\u27bf\u2b50\ufe0f\u200d\U0001f000-\U0001faff]"
_END = re.compile(
    r"(?P<mark>[.!?…‼⁇⁈⁉]++|[。！？．｡।॥؟۔][。！？．｡।॥؟۔!?…]*+)"
    r"(?P<tail>(?:[\"'”’“‘»›)\]}」』）】》〉]|[ \u00a0\u202f]»|\[[^\[\]\n]{1,24}\]|[⁰¹²³⁴-⁹])*+"
    rf"(?:[ \u00a0]?{_EMOJI}++)?+)"
    r"(?P<gap>\s*+)"
)
_LEAD = re.compile(r"[\"'“‘«‹„‚(\[¿¡「『（《—–\-\s]*+")
_WORD = re.compile(r"\w+")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_WIDE_MARKS = frozenset("。！？．｡।॥؟۔")
_CLOSING_QUOTES = frozenset("\"'”’“‘»›」』》")
_CARRIES_ON = frozenset(".,;:)]}%”’»›，、；：")
_LAST_IN_LINE = _WIDE_MARKS | _CLOSING_QUOTES | frozenset(".!?…:")
_LONGEST_WORD = 24  # how far back a word is read: no abbreviation is longer


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name, so last only if what follows is none.
_TITLES = _words(
    "Mr Mrs Ms Mx Dr Drs Prof Sen Sens Rep Reps Gov Gen Col Lt Sgt Capt Cmdr Adm Maj Cpl Pvt Hon Rev Msgr"
    " Pres Supt Atty Amb Insp Det Fr Mt Ft Ste Mme Mlle Hr Sra Srta Dra EE им ул акад проф"
)
# Never last: an example, an opponent or a number follows.
_LINKS = _words("a.k.a e.g i.e cf vs viz approx ca fl z.B d.h bzw vgl ggf sog т.е напр см")
# Last unless a number follows.
_NUMBERED = _words("Op Opp op No Nos N° no nos Nr nr p pp vol Vol ch fig Fig figs Art art Sec sec стр рис")
# Last if the next word begins sentences more often than names.
_MAYBE_LAST = _words(
    "Inc Corp Ltd Co Cos Bros LLC PLC Jr Sr etc al dept Dept Univ Assn Natl St Ave Rd Blvd est sq ft oz"
    " lb lbs govt Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec UU usw Ala Ariz Calif Colo Conn Fla Ga"
    " Kan Ky Md Mich Minn Mont Neb Nev Okla Tenn Tex Va Vt Wis Wyo"
)
_CLOCK = _words("a.m p.m A.M P.M am pm")
_AFTER_CLOCK = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain Pacific Greenwich"
    " Moscow GMT UTC BST CET CEST EST EDT ET CST CDT CT MST MDT MT PST PDT PT IST JST January February"
    " March April May June July August September October November December"
)
# What begins a sentence far more often than a name.
_CLEAR_STARTERS = _words(
    "The This That These Those He She It We You They His Her Its Our Your Their There Here Who What When"
    " Where Why How If By For From With Without After Before During Since Until While Although Though"
    " Because But And Or Yet Then Now Some Many Most Few Several Both Each Every Another Other Others All"
    " Only Even Also However Meanwhile Still Instead Nobody Nothing Neither Last Under Over Once Did Does Is"
    " Are Was Were"
)
# The same, but not behind an initial: "J. La Rue",
_STARTERS = _CLEAR_STARTERS | _words(
    "A I In On At To As Der Die Das Er Es Sie Ein Eine Im El La Los Las Le Les Il Elle Un Una Une En Это Он"
    " Она Они"
)
# A single letter that is no initial follows these.
_LETTERED = _words(
    "plan vitamin grade class type hepatitis influenza group team block terminal section schedule part"
    " appendix exhibit line gate zone category level option phase"
)
# "am 3. Oktober", "im 19. Jahrhundert".
_GERMAN_MONTHS = _words(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"
)
_BEFORE_DAYS = _words("am vom dem zum den bis seit der des ab und")
_BEFORE_ORDINALS = _words("dem zum im vom der des")  # no English words: "am", "den"
_SAYING = re.compile(
    r"(?:[A-Z][\w.’'\-]{0,24} (?:(?:of|de|van|von|al|bin) )?){1,4}"
    r"(?:said|says|asked|asks|added|told|shouted|yelled|cried|wrote|replied|answered|demanded|wondered"
    r"|exclaimed|tweeted|recalled|joked|warned|insisted|continued|explained)\b"
)
_SAYING_WIDE = re.compile(
    r"[^，。！？\n]{0,12}?(?:说|說|问|問|道|喊|叫|表示|回答)[道着了]?[，。：:]|[とのはがをもにって]"
)


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of ``text`` in order, as half-open spans without white space at their ends.

    Nothing but white space lies between them. None crosses a blank line, a paragraph or an item of a list;
    a heading or an item without a full stop is a sentence of its own.
    """
    return [span for block in block_spans(text) for span in _sentences(text, *block)]


def paragraph_starts(text: str) -> list[int]:
    """Return where each paragraph of ``text`` starts, at its first visible character, in order.

    Blank lines part paragraphs. In a text that has none every line is one, unless its lines were wrapped.
    """
    return [start for start, _ in _paragraphs(text)]


def block_spans(text: str) -> list[Span]:
    """Return the paragraphs of ``text`` in order, lists cut into their items: no sentence crosses one."""
    return [block for paragraph in _paragraphs(text) for block in _items(text, *paragraph)]


def _paragraphs(text: str) -> list[Span]:
    whole = _stripped(text, 0, len(text))
    if whole is None:
        return []
    borders = [found.span() for found in _BLANK_LINE.finditer(text, *whole)]
    if not borders:
        lines = [found.span() for found in _LINE.finditer(text, *whole)]
        if len(lines) == 1 or _is_wrapped([text[start:end].strip() for start, end in lines]):
            return [whole]
        return [span for line in lines if (span := _stripped(text, *line))]
    starts = [whole[0], *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), whole[1]]
    return [span for piece in zip(starts, ends, strict=True) if (span := _stripped(text, *piece))]


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether ``lines`` look like prose cut at a width: nearly full, and going on in the next line."""
    width = max(len(line) for line in lines)
    if not 40 <= width <= 100 or any(_MARKER.match(line) for line in lines):
        return False
    pairs = list(itertools.pairwise(lines))
    full = sum(len(line) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairs)
    similar = sum(2 * len(line) > width for line, _ in pairs)
    open_ended = [after for line, after in pairs if line[-1] not in _LAST_IN_LINE]
    going_on = sum(not after[0].isupper() for after in open_ended)
    return (
        min(full, similar) >= 0.8 * len(pairs)
        and 2 * len(open_ended) >= len(pairs)
        and 2 * going_on >= len(open_ended)
    )


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraph, cut before each line that begins an item of a list."""
    number = 0
    begin = start
    for line in _LINE.finditer(text, start, end):
        marker = _MARKER.match(text, line.start(), line.end())
        if not marker:
            continue
        if marker[1]:
            # A number at the start of a wrapped line may be a date or a sum: it has to count on.
            if line.start() > start and int(marker[1]) != number + 1:
                continue
            number = int(marker[1])
        if line.start() > start and (span := _stripped(text, begin, line.start())):
            yield span
            begin = line.start()
    if span := _stripped(text, begin, end):
        yield span


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    marker = _MARKER.match(text, start, end)
    for found in _END.finditer(text, marker.end() if marker else start, end):
        if found.end() == end:
            break
        if _ends_sentence(text, found, start, end):
            yield start, found.end("tail")
            start = found.end()
    yield start, end


def _ends_sentence(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Return whether the mark ``found`` in the block up to ``end`` ends the sentence begun at ``start``."""
    mark, tail = found["mark"], found["tail"]
    after = found.end()
    if mark[0] in _WIDE_MARKS:
        quoted = not _CLOSING_QUOTES.isdisjoint(tail)
        return text[after] not in _CARRIES_ON and not (quoted and _SAYING_WIDE.match(text, after, end))
    if not found["gap"] or text[after] in _CARRIES_ON:
        return False
    first = _first_letter(text, after, end)
    if text[first].islower() and not text[first + 1 : first + 2].isupper():  # but "iPhone" starts sentences
        return False
    if "?" in mark or "!" in mark:
        return _CLOSING_QUOTES.isdisjoint(tail) or not _is_saying(text, after, end)
    preceding = text[max(start, found.start() - 1)]
    if mark != "." or preceding.isspace():  # dots, or dots with spaces between them
        # Words were left out in "[...]", and in " ... I" more likely than not within a sentence.
        return preceding not in "[(" and not (preceding.isspace() and _word_at(text, first, end) == "I")
    return _full_stop_ends(text, found.start(), start, first, end, opens=first > after)


def _full_stop_ends(text: str, stop: int, start: int, first: int, end: int, *, opens: bool) -> bool:
    """Return whether the full stop at ``stop`` ends a sentence, and is not only part of an abbreviation.

    ``first`` is the first letter behind it; ``opens`` says that a quotation or bracket begins before that.
    """
    word, before = _words_before(text, stop, start)
    following = _word_at(text, first, end)
    if word.isdecimal():
        if len(word) < 3 and (stop - start < 4 or before.endswith(":")):
            return False  # the number of an item, in the line
        return not _is_ordinal(word, before, following)
    if word in _TITLES:
        return following in _CLEAR_STARTERS
    if word in _LINKS:
        return False
    if word in _NUMBERED or word in _CLOCK:
        return not any(map(str.isdecimal, following)) and not (word in _CLOCK and following in _AFTER_CLOCK)
    starters = _STARTERS
    if len(word) == 1 and word.isalpha():
        if word == "г":  # Russian: a year before it, or a town behind it
            return before.isdecimal()
        if before.lower() in _LETTERED or (before.isdecimal() and word not in "NSEW"):
            return True
        starters = _CLEAR_STARTERS
    elif word not in _MAYBE_LAST and not _DOTTED.fullmatch(word):
        return True
    if text[first + len(following) : first + len(following) + 1] == ".":
        return False
    return following in starters or (opens and text[first - 1] not in "([")


def _is_ordinal(word: str, before: str, following: str) -> bool:
    if len(word) > 2:
        return False
    return (following in _GERMAN_MONTHS and before.lower() in _BEFORE_DAYS) or before in _BEFORE_ORDINALS


def _is_saying(text: str, start: int, end: int) -> bool:
    found = _SAYING.match(text, start, end)
    return bool(found) and _word_at(text, start, end) not in _STARTERS


def _words_before(text: str, stop: int, start: int) -> tuple[str, str]:
    """Return the word that ends at ``stop``, dots inside it kept, and the word before it; "" for none."""
    words = []
    for _ in range(2):
        end = stop
        while stop > start and end - stop < _LONGEST_WORD and not text[stop - 1].isspace():
            stop -= 1
        words.append(text[stop:end].strip("\"'“”‘’«»„()[]*_-–—").rstrip(".,"))
        while stop > start and text[stop - 1].isspace():
            stop -= 1
    return words[0], words[1]


def _word_at(text: str, start: int, end: int) -> str:
    found = _WORD.match(text, start, min(end, start + _LONGEST_WORD))
    return found[0] if found else ""


def _first_letter(text: str, start: int, end: int) -> int:
    """Return where the words from ``start`` on begin, behind what opens a quotation or a bracket."""
    lead = _LEAD.match(text, start, end)
    return min(lead.end() if lead else start, end - 1)
