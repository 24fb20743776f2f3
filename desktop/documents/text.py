"""The one place where text becomes something reportlab draws: everything is escaped, and what cannot be seen is marked.

Names come from outside. No character of them is ever markup, a file or an address to fetch; control characters,
direction overrides and letters the font lacks are replaced by a visible mark.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from desktop.documents.blocks import Run

FONT, BOLD = "Voordeur", "Voordeur-Bold"
MARK = "◊"
"""Stands for a character that cannot be printed or must not act: control, direction override, missing glyph."""

INK, MUTED, ACCENT, LINE = HexColor("#17232E"), HexColor("#52626F"), HexColor("#0B6E8A"), HexColor("#D8DFE5")

# Nothing is ever fetched. An empty list of hosts would mean "any host" there, so it names one that cannot exist.
rl_config.trustedSchemes = []
rl_config.trustedHosts = ["nergens.invalid"]
# Streams as bytes: a quarter smaller, and quicker, than as text for mail of the previous century.
rl_config.useA85 = 0

_FILES = {FONT: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}
_BLANKS = dict.fromkeys(map(ord, "\t\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")


@cache
def load_fonts() -> frozenset[int]:
    """Register the embedded fonts once; returns the characters that both weights can draw."""
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("font_source_sans_pro")
    folder = Path(spec.origin).with_name("files")
    drawable: set[int] = set()
    for name, file in _FILES.items():
        font = TTFont(name, str(folder / file))
        pdfmetrics.registerFont(font)
        glyphs = set(font.face.charToGlyph)
        drawable = drawable & glyphs if drawable else glyphs
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    return frozenset(code for code in drawable if _may_show(chr(code)))


def _may_show(character: str) -> bool:
    # Cc, Cf, Cs, Co, Cn: control, format (direction overrides, joiners, soft hyphen), surrogates, private, unassigned.
    return unicodedata.category(character)[0] != "C" and unicodedata.category(character) not in {"Zl", "Zp"}


def visible(text: str, *, lines: bool = False) -> str:
    """The text as it can be printed: NFC, every blank a plain one, `MARK` for what cannot or must not be drawn.

    Line ends stay with `lines`; without it they are marked too, so that no name or address grows a line.
    """
    normal = unicodedata.normalize("NFC", text).translate(_BLANKS)
    if normal.isascii() and normal.isprintable():
        return normal
    if lines:
        normal = normal.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\n" if lines and c == "\n" else _drawn(c) for c in normal)


@lru_cache(maxsize=4096)
def _drawn(character: str) -> str:
    drawable = load_fonts()
    if ord(character) in drawable:
        return character
    parts = unicodedata.normalize("NFD", character)
    if len(parts) > 1 and ord(parts[0]) in drawable:
        return "".join(part if ord(part) in drawable else MARK for part in parts)
    return MARK


@cache
def style(
    size: float,
    *,
    leading: float = 1.36,
    color: Color = INK,
    bold: bool = False,
    indent: float = 0,
    before: float = 0,
    after: float = 0,
    heading: bool = False,
) -> ParagraphStyle:
    """A style; `size` in points, `leading` as a multiple of it, `indent`, `before` and `after` in points.

    A heading stays with what follows it.
    """
    load_fonts()
    return ParagraphStyle(
        name="",
        fontName=BOLD if bold else FONT,
        fontSize=size,
        leading=round(size * leading, 2),
        textColor=color,
        leftIndent=indent,
        bulletFontName=FONT,
        bulletFontSize=size,
        bulletColor=color,
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=1,
        allowWidows=1,
        allowOrphans=1,
        keepWithNext=int(heading),
    )


def paragraph(runs: Iterable[Run], layout: ParagraphStyle, *, bullet: str = "", lines: bool = False) -> Paragraph:
    """The only Paragraph there is: raw runs in, every character of them escaped.

    `bullet` stands in the left margin (a dot, or the label of a row); `lines` keeps line ends.
    """
    markup = "".join(_marked_up(run, lines=lines) for run in runs)
    return Paragraph(markup or " ", layout, bulletText=visible(bullet) or None)


def _marked_up(run: Run, *, lines: bool) -> str:
    safe = escape(visible(run.text, lines=lines)).replace("\n", "<br/>")
    return f"<b>{safe}</b>" if run.bold else safe


class LabelledLine:
    """A label with a value that fits on one line: drawn without the detour of markup, in a third of the time.

    An inzage has thousands of these. It is laid out as a Paragraph with the same style.
    """

    def __init__(self, label: str, value: str, layout: ParagraphStyle) -> None:
        self.style = layout
        self._label, self._value = visible(label), visible(value)

    def wrap(self, available: float, _: float) -> tuple[float, float]:
        """Width and height in points."""
        return available, self.style.leading

    def getSpaceBefore(self) -> float:  # noqa: N802  # reportlab's own name
        """Points above it."""
        return self.style.spaceBefore

    def getSpaceAfter(self) -> float:  # noqa: N802  # reportlab's own name
        """Points below it."""
        return self.style.spaceAfter

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802  # reportlab's own name
        """Label and value, on the baseline that a Paragraph has, with the bottom left corner at (x, y)."""
        baseline = y + self.style.leading - self.style.fontSize
        canvas.setFont(self.style.fontName, self.style.fontSize)
        canvas.setFillColor(self.style.textColor)
        canvas.drawString(x, baseline, self._label)
        canvas.drawString(x + self.style.leftIndent, baseline, self._value)


Drawable = Paragraph | LabelledLine
"""What this module makes, and all that is ever drawn on a page."""


def row(label: str, value: str, layout: ParagraphStyle, column: float) -> Drawable:
    """A label with its value beside it, in a column of that many points; the value takes the lines it needs."""
    printed = visible(value, lines=True)
    if "\n" not in printed and stringWidth(printed, layout.fontName, layout.fontSize) <= column - layout.leftIndent:
        return LabelledLine(label, value, layout)
    return paragraph([Run(value)], layout, bullet=label, lines=True)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points of one line of text."""
    load_fonts()
    return float(stringWidth(visible(text), BOLD if bold else FONT, size))


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters; what was cut off is replaced by an ellipsis that anyone sees."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
