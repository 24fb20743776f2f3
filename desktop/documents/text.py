"""Text as it can be printed: the fonts, the mark for what they lack, the width of words, and lines of a paragraph.

Names come from outside. No character of them is ever markup, a file or an address to fetch: nothing here reads
markup. Control characters, direction overrides and letters the fonts lack are replaced by a visible mark.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.ttfonts import TTFont

from desktop.documents.blocks import Run

FONT, BOLD = "Voordeur", "Voordeur-Bold"
MARK = "◊"
"""Stands for a character that cannot be printed or must not act: control, direction override, missing glyph."""

INK, MUTED, ACCENT, LINE = HexColor("#17232E"), HexColor("#52626F"), HexColor("#0B6E8A"), HexColor("#D8DFE5")

_FILES = {FONT: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}
_BLANKS = dict.fromkeys(map(ord, "\t\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")


@cache
def fonts() -> Mapping[str, TTFont]:
    """The embedded fonts by name, read once."""
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("font_source_sans_pro")
    folder = Path(spec.origin).with_name("files")
    # Without asciiReadable a subset holds what is used and nothing else.
    return {name: TTFont(name, str(folder / file), asciiReadable=False) for name, file in _FILES.items()}


@cache
def drawable() -> frozenset[int]:
    """The characters that both weights can draw."""
    glyphs = [set(font.face.charToGlyph) for font in fonts().values()]
    return frozenset(code for code in set.intersection(*glyphs) if _may_show(chr(code)))


def _may_show(character: str) -> bool:
    if ord(character) > 0xFFFF:  # reportlab writes four digits of a code for whoever copies or reads aloud
        return False
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
    known = drawable()
    if ord(character) in known:
        return character
    parts = unicodedata.normalize("NFD", character)
    if len(parts) > 1 and ord(parts[0]) in known:
        return "".join(part if ord(part) in known else MARK for part in parts)
    return MARK


@cache
def _widths() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The width in ems of every character that can be drawn, regular and bold; no text is ever kept."""
    regular, bold = (fonts()[name].face.charWidths for name in (FONT, BOLD))
    return (
        {chr(code): regular[code] / 1000 for code in drawable()},
        {chr(code): bold[code] / 1000 for code in drawable()},
    )


def advance(text: str, *, bold: bool = False) -> float:
    """Width in ems of text that `visible` gave."""
    return sum(map(_widths()[bold].__getitem__, text))


class Stretch(NamedTuple):
    """Part of a line in one weight; `x` in ems from its left end."""

    x: float
    text: str
    bold: bool = False


Line = tuple[Stretch, ...]


def broken(runs: Iterable[Run], measure: float, *, lines: bool = False) -> tuple[Line, ...]:
    """Runs of raw text as lines of at most `measure` ems; a word that is longer is broken where it must.

    Every character of the text comes back, or its mark; only the blanks between words go. `lines` keeps line ends.
    """
    found, line, space = list[Line](), list[Word](), advance(" ")
    for paragraph in _paragraphs(runs, lines=lines):
        used = 0.0
        for word in paragraph:
            long = _length(word)
            for part, wide in [(word, long)] if long <= measure else _pieces(word, measure):
                if line and used + space + wide > measure:
                    found.append(_stretches(line))
                    line, used = [], 0.0
                used += wide + (space if line else 0)
                line.append(part)
        found.append(_stretches(line))
        line = []
    return tuple(found)


Word = tuple[tuple[str, bool], ...]
"""What stands between two blanks, in pieces of one weight."""


def _stretches(words: Sequence[Word]) -> Line:
    """The words of a line as stretches, each as long as its weight lasts."""
    found = list[Stretch]()
    x, text, weight = 0.0, "", False
    for number, word in enumerate(words):
        for place, (piece, bold) in enumerate(word):
            before = " " if number and not place else ""
            if text and bold is not weight:
                found.append(Stretch(x, text + before, weight))
                x, text, before = x + advance(text + before, bold=weight), "", ""
            text, weight = text + before + piece, bold
    if text:
        found.append(Stretch(x, text, weight))
    return tuple(found)


def _pieces(word: Word, measure: float) -> Iterable[tuple[Word, float]]:
    """A word in as many parts as it takes for each to fit on a line, with their widths."""
    room, part = measure, list[tuple[str, bool]]()
    for text, bold in word:
        start = 0
        for end, character in enumerate(text):
            wide = advance(character, bold=bold)
            if wide > room and (part or end > start):
                yield ((*part, (text[start:end], bold)) if end > start else tuple(part)), measure - room
                part, start, room = [], end, measure
            room -= wide
        part.append((text[start:], bold))
    yield tuple(part), measure - room


def _length(word: Word) -> float:
    if len(word) == 1:
        return advance(word[0][0], bold=word[0][1])
    return sum(advance(text, bold=bold) for text, bold in word)


def _paragraphs(runs: Iterable[Run], *, lines: bool) -> Sequence[Sequence[Word]]:
    """Words of each paragraph; a piece that touches the one before it belongs to the same word."""
    paragraphs = list[list[Word]]([[]])
    touches = False
    for run in runs:
        for number, text in enumerate(visible(run.text, lines=lines).split("\n")):
            if number:
                paragraphs.append([])
                touches = False
            words = paragraphs[-1]
            for place, piece in enumerate(text.split(" ")):
                if piece and touches and not place:
                    words[-1] = (*words[-1], (piece, run.bold))
                elif piece:
                    words.append(((piece, run.bold),))
                touches = bool(piece)
    return paragraphs


def cut(text: str, room: float, *, bold: bool = False) -> str:
    """One line of text as it can be printed, of at most `room` ems; what was cut off shows as an ellipsis."""
    shown = visible(text)
    if advance(shown, bold=bold) <= room:
        return shown
    room -= advance("…", bold=bold)
    ends = accumulate(advance(character, bold=bold) for character in shown)
    return shown[: sum(end <= room for end in ends)].rstrip() + "…"


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters; what was cut off is replaced by an ellipsis that anyone sees."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
