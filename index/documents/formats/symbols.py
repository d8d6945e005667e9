"""Fonts of symbols, whose letters are not what their codes say -> the characters that a reader sees."""

from __future__ import annotations

_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_ABOVE = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    0x20: " ", 0xA0: "\u00a0",
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "❐",
    0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•",
    0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_OF_FONTS = {
    "symbol": dict(enumerate(_SYMBOL, 0x20)) | dict(enumerate(_SYMBOL_ABOVE, 0xA0)),
    "wingdings": _WINGDINGS,
}
_PRIVATE = range(0xF000, 0xF100)


def is_of_symbols(font: str | None) -> bool:
    """Return whether the letters of ``font`` are known to be other characters than their codes say."""
    return font is not None and font.strip().lower() in _OF_FONTS


def seen_char(code: int, font: str | None) -> str:
    """Return what a reader sees for ``code`` in ``font``; "" for a picture that no character stands for."""
    table = _OF_FONTS.get((font or "").strip().lower())
    if code in _PRIVATE:
        code -= _PRIVATE.start
        return (table or {}).get(code, "")
    if table is not None:
        return table.get(code, "") if code < 0x100 else chr(code)
    return chr(code)


def seen_text(text: str, font: str | None) -> str:
    """Return what a reader sees for ``text`` in ``font``, in which it is written by codes for private use."""
    return "".join(
        seen_char(ord(char), font) if ord(char) in _PRIVATE and is_of_symbols(font) else char for char in text
    )
