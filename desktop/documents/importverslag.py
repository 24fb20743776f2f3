"""The report of an import on paper: counts, and the rows that ask for somebody; no name and no value of a field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desktop.casework.kalender import lokale_datum
from desktop.documents.blocks import Block, Heading, Row, prose
from desktop.documents.layout import LEFT, RIGHT, Box, Sheet, Type, paginated
from desktop.documents.text import shortened
from desktop.documents.woorden import dag, moment

_PAGE = Box(LEFT, 30.0, RIGHT, 272.0)
_TYPE = Type(10, label=190)


def importverslag(
    bestand: str,
    aantallen: Iterable[tuple[str, str]],
    regels: Iterable[tuple[str, str]],
    *,
    gemeente: str,
    op: datetime,
    proef: bool,
) -> bytes:
    """The PDF. Pure: the same report gives the same bytes.

    Args:
        bestand: the name of the file.
        aantallen: what is counted, and how many.
        regels: which row, and what became of it.
        gemeente: the municipality.
        op: when it was recorded, aware.
        proef: a trial vault.
    """
    blocks: list[Block] = [
        Heading("Verslag van een ingelezen bestand", 0),
        prose(f"{shortened(bestand, 80)}, ingelezen op {moment(op)}."),
        *(Row(label, value) for label, value in aantallen),
    ]
    lines = tuple(regels)
    if lines:
        blocks += [Heading("Rijen die iets vragen"), *(Row(label, value) for label, value in lines)]
    sheet = Sheet(title="Verslag")
    pages = paginated(sheet.flow(blocks, _TYPE, _PAGE.width), _PAGE.height, _PAGE.height)

    def furniture(number: int, count: int) -> None:
        sheet.bar(LEFT, 14.0, 20.0)
        sheet.line(f"Gemeente {gemeente}", LEFT + 3, 18.4, size=11, bold=True, right=115)
        sheet.line_right(dag(lokale_datum(op)), RIGHT, 18.4, size=9)
        sheet.rule(LEFT, RIGHT, 279.0)
        sheet.line("Voor intern gebruik" + (" · Proef" if proef else ""), LEFT, 284.0, size=8.5, muted=True)
        sheet.line_right(f"bladzijde {number} van {count}", RIGHT, 284.0, size=8.5)

    sheet.draw_pages(pages, _PAGE, furniture)
    return sheet.finish()
