"""Blocks on pages: lines, columns, page breaks, and each block's place in the structure of a tagged PDF.

On a sheet all measures are millimetres from the top left corner of the page; sizes of type, and everything within a
column, are points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from desktop.documents.blocks import Block, Cells, Gap, Heading, Item, Prose, Row, Run, SignLine
from desktop.documents.pdf import Element, Pdf, Span
from desktop.documents.text import ACCENT, INK, LINE, MUTED, Line, advance, broken, cut

LEFT, RIGHT = 25.0, 185.0
"""Text margins of an A4 page."""

_LAST = 10_000
"""A line number after every line."""


class Box(NamedTuple):
    """A rectangle on the page in millimetres: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return (self.right - self.left) * mm

    @property
    def height(self) -> float:
        """Height in points."""
        return (self.bottom - self.top) * mm


class Type(NamedTuple):
    """How a text is set: body size in points, leading and paragraph gap as multiples of it, label column in points.

    `plain_headings` gives headings the size of the text, as in a letter; a report has larger ones.
    `depth` is the heading level (H1 is 1) of a chapter.
    """

    size: float
    leading: float = 1.36
    gap: float = 0.62
    label: float = 45 * mm
    plain_headings: bool = False
    depth: int = 2


class Part(NamedTuple):
    """Text of a piece with a place of its own in the structure: a label, a cell, or all of it."""

    kind: str
    x: float
    lines: tuple[Line, ...]
    attributes: str = ""

    @property
    def color(self) -> Color:
        """Heads are muted, so that one sees at once what they say."""
        return MUTED if self.kind == "TH" else INK


class Piece(NamedTuple):
    """A block as lines in a column; `group` and `member` are what holds its parts: `Table` and `TR`, or nothing.

    `stays` when it may not end a page; `rules` are lines from and to, to write on or below the heads of a table.
    """

    parts: tuple[Part, ...]
    size: float
    leading: float
    lines: int
    before: float = 0
    after: float = 0
    group: str = ""
    member: str = ""
    stays: bool = False
    rules: tuple[tuple[float, float], ...] = ()

    @property
    def height(self) -> float:
        """Height in points, without the distance to its neighbours."""
        return self.lines * self.leading


class Placed(NamedTuple):
    """Lines `first` up to `end` of a piece, with their top in points below the top of the column."""

    piece: Piece
    top: float
    first: int = 0
    end: int = _LAST


class Sheet:
    """A PDF under construction; the same calls give the same bytes. Draws in a new file, or in `pdf`."""

    def __init__(self, *, title: str, pdf: Pdf | None = None) -> None:
        self.pdf = pdf or Pdf(title)
        self._height = A4[1]
        self._within = self.pdf.top
        self._group: tuple[str, Element] | None = None
        self._set: dict[tuple[Block, Type, float, bool], Piece] = {}
        self._open: list[Element] = []

    @property
    def page_count(self) -> int:
        """How many pages were begun."""
        return self.pdf.pages

    def new_page(self, size: tuple[float, float] = A4) -> None:
        """Begin a page of that size in points."""
        self._height = size[1]
        self.pdf.begin_page(*size)

    def new_part(self) -> None:
        """What follows is a document by itself in the structure: one of many letters."""
        self._group = None
        self._within = self.pdf.node("Part", self.pdf.top)

    def line(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float,
        bold: bool = False,
        muted: bool = False,
        kind: str = "",
        right: float = RIGHT,
    ) -> None:
        """One line of text with its baseline at y, cut off where it would pass `right`.

        Without a kind (`P`, `H1`) it is an artifact.
        """
        within = None
        if kind:
            self._group = None
            within = self.pdf.node(kind, self._within)
        span = Span(x * mm, self._height - y * mm, cut(text, (right - x) * mm / size, bold=bold), bold)
        self.pdf.write([span], size, color=MUTED if muted else INK, within=within)

    def line_right(self, text: str, right: float, y: float, *, size: float, left: float = LEFT) -> float:
        """One muted line of text that ends at `right`, as an artifact; returns where it begins, not before `left`."""
        shown = cut(text, (right - left) * mm / size)
        begins = right - advance(shown) * size / mm
        self.line(shown, begins, y, size=size, muted=True, right=right + 1)
        return begins

    def labelled(self, label: str, value: str, x: float, y: float, *, right: float) -> None:
        """A small muted label with its value below it, as a row of a table; cut off where it would pass `right`."""
        row = self.pdf.node("TR", self._grouped("Table"))
        for kind, text, below, size, attributes in (
            ("TH", label, 0.0, 8.5, "/O/Table/Scope/Row"),
            ("TD", value, 4.6, 10.0, ""),
        ):
            shown = cut(text, (right - x) * mm / size)
            span = Span(x * mm, self._height - (y + below) * mm, shown)
            cell = self.pdf.node(kind, row, attributes)
            self.pdf.write([span], size, color=MUTED if kind == "TH" else INK, within=cell)

    def rule(self, left: float, right: float, y: float) -> None:
        """A thin horizontal line."""
        self.pdf.rule(left * mm, self._height - y * mm, right * mm, color=LINE)

    def bar(self, x: float, top: float, bottom: float) -> None:
        """A short upright bar in the accent colour, the only ornament."""
        self.pdf.block(x * mm, self._height - bottom * mm, 1.1 * mm, (bottom - top) * mm, color=ACCENT)

    def picture(self, content: bytes, box: Box) -> bool:
        """A PNG or JPEG as large as fits in the box, at its top left; False when it is none."""
        return self.pdf.image(content, box.left * mm, self._height - box.bottom * mm, box.width, box.height)

    def fit(self, blocks: Sequence[Block], box: Box, sizes: Iterable[float], kind: Type) -> None:
        """Draw blocks below each other in the largest of these sizes with which they fit in the box.

        Raises:
            ValueError: when they do not fit in the smallest size either.
        """
        for size in sizes:
            pieces = self.flow(blocks, kind._replace(size=size), box.width)
            if height_of(pieces) <= box.height:
                self.draw(stacked(pieces), box)
                return
        raise ValueError("the text does not fit on its page")

    def flow(self, blocks: Sequence[Block], kind: Type, available: float) -> list[Piece]:
        """The pieces of these blocks, one for one, in a column of that many points."""
        found = list[Piece]()
        for block, following in zip_longest(blocks, blocks[1:]):
            key = (block, kind, available, type(following) is not type(block))
            piece = self._set.get(key)
            if piece is None:
                piece = self._set[key] = _piece(block, kind, available, last=key[3])
            found.append(piece)
        return found

    def draw(self, page: Iterable[Placed], box: Box) -> None:
        """Draw what was placed on a page; lines that go on from the page before stay in their node."""
        for placed in page:
            self._draw(placed, box)

    def draw_pages(self, pages: Sequence[Sequence[Placed]], box: Box, furniture: Callable[[int, int], None]) -> None:
        """A page for each; `furniture` draws header and footer of page n of m."""
        for number, page in enumerate(pages, start=1):
            self.new_page()
            furniture(number, len(pages))
            self.draw(page, box)

    def finish(self) -> bytes:
        """The bytes of the PDF."""
        return self.pdf.finish()

    def _draw(self, placed: Placed, box: Box) -> None:
        piece = placed.piece
        if placed.first == 0:
            self._open = list(self._elements(piece))
        x, top = box.left * mm, self._height - box.top * mm - placed.top
        for part, element in zip(piece.parts, self._open, strict=True):
            spans = [
                Span(
                    x + part.x + stretch.x * piece.size,
                    top - piece.size - number * piece.leading,
                    stretch.text,
                    stretch.bold,
                )
                for number, line in enumerate(part.lines[placed.first : placed.end])
                for stretch in line
            ]
            if spans:
                self.pdf.write(spans, piece.size, color=part.color, within=element)
        for left, right in piece.rules:
            self.pdf.rule(x + left, top - piece.height + piece.leading - piece.size - 2.5, x + right, color=MUTED)

    def _elements(self, piece: Piece) -> Iterator[Element]:
        if piece.group:
            holder = self.pdf.node(piece.member, self._grouped(piece.group))
        else:
            holder, self._group = self._within, None
        for part in piece.parts:
            yield self.pdf.node(part.kind, holder, part.attributes)

    def _grouped(self, kind: str) -> Element:
        if self._group is None or self._group[0] != kind:
            attributes = "/O/List/ListNumbering/Disc" if kind == "L" else ""
            self._group = kind, self.pdf.node(kind, self._within, attributes)
        return self._group[1]


def stacked(pieces: Sequence[Piece]) -> Iterator[Placed]:
    """Pieces below each other from the top of their column."""
    y = 0.0
    for index, piece in enumerate(pieces):
        y += piece.before if index else 0
        yield Placed(piece, y)
        y += piece.height + piece.after


def height_of(pieces: Sequence[Piece]) -> float:
    """Height in points of pieces below each other."""
    first = pieces[0].before if pieces else 0
    return sum(piece.before + piece.height + piece.after for piece in pieces) - first


def paginated(pieces: Sequence[Piece], first_height: float, height: float) -> list[list[Placed]]:
    """Pieces over as many columns as they need; a heading stays with two lines of what follows it.

    The first column has a height of its own, in points.

    Raises:
        ValueError: when a line is higher than the column.
    """
    pages, y, available = [list[Placed]()], 0.0, first_height
    for piece, following in zip_longest(pieces, pieces[1:]):
        before = piece.before if pages[-1] else 0
        ahead = 0.0
        if piece.stays and following:
            ahead = piece.after + following.before + min(2, following.lines) * following.leading
        fits = y + before + piece.height + ahead <= available
        whole = piece.stays or piece.lines <= 3 or y + before + 2 * piece.leading > available
        if not fits and whole and pages[-1]:
            pages.append([])
            y, before, available = 0.0, 0, height
        first = 0
        while first < piece.lines:
            room = piece.lines if fits else int((available - y - before + 0.01) / piece.leading)
            if room < 1:
                raise ValueError("a line is higher than its page")
            end = min(piece.lines, first + room)
            pages[-1].append(Placed(piece, y + before, first, end))
            y += before + (end - first) * piece.leading
            if end < piece.lines:
                pages.append([])
                y, before, available = 0.0, 0, height
            first = end
        y += piece.after
    return pages


def _piece(block: Block, kind: Type, available: float, *, last: bool) -> Piece:
    size, leading, gap = kind.size, kind.size * kind.leading, kind.size * kind.gap

    def lines(runs: Iterable[Run], room: float, *, keep: bool = False) -> tuple[Line, ...]:
        return broken(runs, room / size, lines=keep)

    match block:
        case Heading(text, level):
            return _heading(text, level, kind, available)
        case Prose(runs, tight):
            found = lines(runs, available)
            return Piece((Part("P", 0, found),), size, leading, len(found), after=0 if tight else gap)
        case Item(runs):
            indent = size * 1.2
            found = lines(runs, available - indent)
            parts = (Part("Lbl", 0, lines([Run("•")], indent)), Part("LBody", indent, found))
            after = gap if last else size * 0.1
            return Piece(parts, size, leading, len(found), after=after, group="L", member="LI")
        case Row(label, value):
            heads = lines([Run(label)], kind.label - size * 0.5)
            found = lines([Run(value)], available - kind.label, keep=True)
            parts = (Part("TH", 0, heads, "/O/Table/Scope/Row"), Part("TD", kind.label, found))
            after = gap if last else size * 0.14
            return Piece(parts, size, leading, max(len(heads), len(found)), after=after, group="Table", member="TR")
        case Cells(texts, shares, head):
            return _cells(texts, shares, kind, available, head=head, last=last)
        case SignLine(labels):
            return _sign_lines(labels, kind, available)
        case Gap(count):
            return Piece((), size, leading, count)


def _sign_lines(labels: tuple[str, ...], kind: Type, available: float) -> Piece:
    """Lines to write on, beside each other, each behind its label."""
    size, room = kind.size, available / len(labels)
    label = kind.label if len(labels) == 1 else room * 0.43
    parts = tuple(
        Part("P", number * room, broken([Run(text)], (label - size * 0.5) / size)) for number, text in enumerate(labels)
    )
    rules = tuple(
        (number * room + label, (number + 1) * room - size * (len(labels) > 1)) for number in range(len(labels))
    )
    count = max(len(part.lines) for part in parts)
    return Piece(parts, size, size * kind.leading, count, before=size * 1.6, rules=rules)


def _heading(text: str, level: int, kind: Type, available: float) -> Piece:
    grow, before = (1.0, 0.45) if kind.plain_headings else ((1.6, 0.0), (1.35, 1.5), (1.08, 0.9))[min(level, 2)]
    size = round(kind.size * grow, 2)
    found = broken([Run(text, bold=True)], available / size)
    depth = f"H{kind.depth + level - 1}"
    after = size * (0.6 if level == 0 else 0.2)
    return Piece((Part(depth, 0, found),), size, size * 1.25, len(found), size * before, after, stays=True)


def _cells(
    texts: tuple[str, ...], shares: tuple[float, ...], kind: Type, available: float, *, head: bool, last: bool
) -> Piece:
    size, x, parts = kind.size, 0.0, list[Part]()
    for text, share in zip(texts, shares, strict=True):
        room = available * share / sum(shares)
        found = broken([Run(text, bold=head)], (room - size * 0.8) / size)
        parts.append(Part("TH" if head else "TD", x, found, "/O/Table/Scope/Column" if head else ""))
        x += room
    count = max(len(part.lines) for part in parts)
    after = size * (kind.gap if last else 0.14)
    return Piece(
        tuple(parts), size, size * kind.leading, count, after=after + (size * 0.3 if head else 0), group="Table",
        member="TR", stays=head, rules=((0, available - size * 0.8),) if head else (),
    )  # fmt: skip
