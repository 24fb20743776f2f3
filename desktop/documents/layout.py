"""Blocks on pages: margins, address window, letterhead, footer and page breaks; gives the bytes of a PDF.

All measures in millimetres from the top left corner of the page; sizes of type in points.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from reportlab.lib.pagesizes import A4, A6, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from desktop.documents.blocks import Block, Heading, Item, Prose, Row, Run, SignLine
from desktop.documents.text import (
    ACCENT,
    BOLD,
    FONT,
    INK,
    LINE,
    MUTED,
    Drawable,
    load_fonts,
    paragraph,
    row,
    style,
    visible,
    width,
)

LEFT, RIGHT = 25.0, 185.0
"""Text margins of an A4 page."""

WINDOW_LEFT, WINDOW_TOP, WINDOW_RIGHT, WINDOW_BOTTOM = 25.0, 52.0, 105.0, 84.0
"""The address: inside the left-hand window of a C5 and of a DL envelope, however the paper slides in it."""

CARD = landscape(A6)


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


class Placed(NamedTuple):
    """A flowable with its top left corner, in points from the bottom left corner of the page."""

    flowable: Drawable
    x: float
    y: float


class Sheet:
    """A PDF under construction; the same calls give the same bytes."""

    def __init__(self, *, title: str, pagesize: tuple[float, float] = A4) -> None:
        load_fonts()
        self._buffer = io.BytesIO()
        self._height = pagesize[1]
        # A canvas begins every page in its first font: without ours, Helvetica would be named and not embedded.
        self.canvas = Canvas(
            self._buffer,
            pagesize=pagesize,
            invariant=1,
            pageCompression=1,
            initialFontName=FONT,  # type: ignore[arg-type]  # the stubs take the name of a font for a number
            initialFontSize=10,
            lang="nl-NL",
        )
        self.canvas.setTitle(title)
        self.canvas.setSubject(title)
        self.canvas.setAuthor("Gemeente")
        self.canvas.setCreator("Gemeente")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    @property
    def page_count(self) -> int:
        """How many pages were ended."""
        return self.canvas.getPageNumber() - 1

    def page_size(self, size: tuple[float, float]) -> None:
        """The size in points of the page that begins now."""
        self.canvas.setPageSize(size)
        self._height = size[1]

    def line(self, text: str, x: float, y: float, *, size: float, bold: bool = False, muted: bool = False) -> None:
        """One line of text with its baseline at y."""
        self.canvas.setFont(BOLD if bold else FONT, size)
        self.canvas.setFillColor(MUTED if muted else INK)
        self.canvas.drawString(x * mm, self._height - y * mm, visible(text))

    def line_right(self, text: str, right: float, y: float, *, size: float) -> None:
        """One muted line of text that ends at `right`."""
        self.line(text, right - width(text, size) / mm, y, size=size, muted=True)

    def rule(self, left: float, right: float, y: float, *, accent: bool = False) -> None:
        """A thin horizontal line."""
        self.canvas.setStrokeColor(ACCENT if accent else LINE)
        self.canvas.setLineWidth(1.2 if accent else 0.6)
        self.canvas.line(left * mm, self._height - y * mm, right * mm, self._height - y * mm)

    def bar(self, x: float, top: float, bottom: float) -> None:
        """A short upright bar in the accent colour, the only ornament."""
        self.canvas.setFillColor(ACCENT)
        self.canvas.rect(x * mm, self._height - bottom * mm, 1.1 * mm, (bottom - top) * mm, stroke=0, fill=1)

    def put(self, flowables: Sequence[Drawable], box: Box) -> None:
        """Draw flowables below each other from the top of a box in which they fit."""
        for placed in self._stack(flowables, box):
            placed.flowable.drawOn(self.canvas, placed.x, placed.y)

    def _stack(self, flowables: Sequence[Drawable], box: Box) -> list[Placed]:
        placed, y = [], self._height - box.top * mm
        for index, flowable in enumerate(flowables):
            _, height = flowable.wrap(box.width, box.height)
            y -= height + (flowable.getSpaceBefore() if index else 0)
            placed.append(Placed(flowable, box.left * mm, y))
            y -= flowable.getSpaceAfter()
        return placed

    def pages(self, flowables: Iterable[Drawable], box: Box) -> list[list[Placed]]:
        """Flowables over as many pages as they need, not drawn yet; a heading stays with what follows it."""
        queue, pages, current = list(flowables), [], list[Placed]()
        top, bottom = self._height - box.top * mm, self._height - box.bottom * mm
        y = top
        queue.reverse()
        while queue:
            flowable = queue.pop()
            gap = flowable.getSpaceBefore() if current else 0
            _, height = flowable.wrap(box.width, y - bottom)
            ahead = _ahead(flowable, queue, box.width)
            if height + gap + ahead <= y - bottom or (not current and height <= y - bottom):
                y -= gap + height
                current.append(Placed(flowable, box.left * mm, y))
                y -= flowable.getSpaceAfter()
                continue
            parts = [] if ahead else _split(flowable, box.width, y - bottom - gap)
            if parts:
                _, height = parts[0].wrap(box.width, y - bottom - gap)
                current.append(Placed(parts[0], box.left * mm, y - gap - height))
                queue += reversed(parts[1:])
            elif current:
                queue.append(flowable)
            else:
                raise ValueError("a line is higher than its page")
            pages.append(current)
            current, y = [], top
        return [*pages, current] if current else pages

    def draw(self, pages: Sequence[Sequence[Placed]], furniture: Callable[[int, int], None]) -> None:
        """Draw laid out pages; `furniture` draws header and footer of page n of m."""
        for number, page in enumerate(pages, start=1):
            furniture(number, len(pages))
            for placed in page:
                placed.flowable.drawOn(self.canvas, placed.x, placed.y)
            self.next_page()

    def next_page(self) -> None:
        """End this page."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The bytes of the PDF."""
        self.canvas.save()
        return self._buffer.getvalue()


def _split(flowable: Drawable, available: float, height: float) -> list[Drawable]:
    """The part that fits and the rest, or nothing when not even a line fits."""
    if not isinstance(flowable, Paragraph):
        return []
    parts: list[Drawable] = [part for part in flowable.split(available, height) if isinstance(part, Paragraph)]
    return parts if len(parts) > 1 else []


def _ahead(flowable: Drawable, queue: Sequence[Drawable], available: float) -> float:
    """Room that a heading needs below itself, so that it never ends a page: two lines of what follows."""
    if not flowable.style.keepWithNext or not queue:
        return 0.0
    following = queue[-1]
    _, height = following.wrap(available, 1e6)
    return float(min(height, 2 * following.style.leading) + flowable.getSpaceAfter() + following.getSpaceBefore())


class Type(NamedTuple):
    """How a text is set: body size in points, leading and paragraph gap as multiples of it, label column in points.

    `column` is the width of the whole text in points, for rows that fit on one line.
    `plain_headings` gives headings the size of the text, as in a letter; a report has larger ones.
    """

    size: float
    leading: float = 1.36
    gap: float = 0.62
    label: float = 45 * mm
    column: float = 0
    plain_headings: bool = False


def flow(blocks: Sequence[Block], kind: Type) -> list[Drawable]:
    """The flowables of these blocks, one for one."""
    return [
        _flowable(block, kind, last=type(following) is not type(block))
        for block, following in zip_longest(blocks, blocks[1:])
    ]


def _flowable(block: Block, kind: Type, *, last: bool) -> Drawable:
    size, leading, gap = kind.size, kind.leading, kind.size * kind.gap
    match block:
        case Heading(text, level):
            grow, before = (1.0, 0.45) if kind.plain_headings else ((1.35, 1.5), (1.08, 0.9))[level > 1]
            layout = style(
                round(size * grow, 2), leading=1.25, bold=True, before=size * before, after=size * 0.2, heading=True
            )
            return paragraph([Run(text)], layout)
        case Prose(runs, tight):
            return paragraph(runs, style(size, leading=leading, after=0 if tight else gap))
        case Item(runs):
            after = gap if last else size * 0.1
            return paragraph(runs, style(size, leading=leading, indent=size * 1.2, after=after), bullet="•")
        case Row(label, value):
            layout = style(size, leading=leading, indent=kind.label, after=gap if last else size * 0.14)
            return row(label, value, layout, kind.column)
        case SignLine(label):
            layout = style(size, leading=leading, indent=kind.label, before=size * 1.4)
            return paragraph([Run("." * 90)], layout, bullet=label)


def height_of(flowables: Sequence[Drawable], available: float) -> float:
    """Height in points of flowables below each other in a column of that width."""
    total = 0.0
    for index, flowable in enumerate(flowables):
        _, height = flowable.wrap(available, 1e6)
        total += height + flowable.getSpaceAfter() + (flowable.getSpaceBefore() if index else 0)
    return total


def fitted(
    blocks: Sequence[Block], box: Box, sizes: Iterable[float], *, leading: float = 1.36, gap: float = 0.62
) -> list[Drawable]:
    """The flowables in the largest of these sizes with which they fit in the box.

    Raises:
        ValueError: when they do not fit in the smallest size either.
    """
    for size in sizes:
        flowables = flow(blocks, Type(size, leading=leading, gap=gap, label=32 * mm, plain_headings=True))
        if height_of(flowables, box.width) <= box.height:
            return flowables
    raise ValueError("the text does not fit on its page")
