"""The words of RTF, and the numbers of its fonts and code pages -> what each stands for."""

from __future__ import annotations

import re

from index.documents.formats.charset import codec_of

NOWHERE = frozenset(
    b"aftncn aftnsep aftnsepc annotation atnauthor atnid background colortbl filetbl fldinst footer footerf "
    b"footerl footerr ftncn ftnsep ftnsepc header headerf headerl headerr listtable listtext "
    b"listoverridetable NeXTGraphic nonesttables nonshppict objalias objclass objdata objname objsect pict "
    b"pntext revtbl rxe shprslt sp tc txe xe".split()
)
"""Groups that hold no words of the article, or the same words once more; and the numbers and bullets of
lists, which a Word document does not have among its words either."""
MATH_PROPERTIES = re.compile(rb"m\w+Pr", re.ASCII)
STARRED = frozenset(b"footnote moMath moMathPara nesttableprops do dptxbxtext shpinst shptxt ud".split())
"""Groups that are passed over by programs which do not know them; this one does."""
APART = frozenset([b"footnote", b"shptxt", b"dptxbxtext"])
TABLES = {b"fonttbl": "fonts", b"stylesheet": "styles", b"info": "info"}
OF_INFO = {b"title": "title", b"author": "author", b"creatim": "created"}

CHARS = {
    b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019", b"~": "\u00a0",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022", b"_": "-", b"-": "\u00ad",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
BREAKS = {
    b"tab": " ", b"\t": " ", b"line": "\n", b"lbr": "\n", b"page": "\n", b"column": "\n", b"nestcell": "\t",
    b"mden": "/",
}  # fmt: skip
ENDS = frozenset([b"par", b"sect", b"nestrow", b"\r", b"\n", b"\r\n"])

CODECS = {b"ansi": "cp1252", b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}
_CODEPAGES = {10000: "mac-roman", 10007: "mac-cyrillic", 54936: "gb18030", 65001: "utf-8"}
OF_SYMBOLS = "ascii"  # in fonts of symbols: what is no letter says nothing
CHARSETS = {
    0: "cp1252", 2: OF_SYMBOLS, 77: "mac-roman", 78: "shift-jis", 79: "euc-kr", 80: "gbk", 81: "big5",
    85: "mac-greek", 86: "mac-turkish", 88: "mac-latin2", 89: "mac-cyrillic", 128: "cp932", 129: "cp949",
    130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
    256: "mac-roman",
}  # fmt: skip


def codec_of_page(number: int) -> str:
    """Return the codec of a code page of Windows; that of the West where it is not known."""
    return _CODEPAGES.get(number) or codec_of(f"cp{number}") or "cp1252"
