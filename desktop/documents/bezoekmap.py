"""The bezoekmap: the doors of one day on paper with the least that finds them, and a line for what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from desktop.documents.blocks import Block, Heading, Row, SignLine, prose
from desktop.documents.layout import LEFT, RIGHT, Box, Sheet, Type, paginated
from desktop.documents.text import shortened
from desktop.documents.woorden import dag

_PAGE = Box(LEFT, 30.0, RIGHT, 272.0)
_TYPE = Type(10.5, label=110)


class Deur(msgspec.Struct, frozen=True, kw_only=True):
    """One visit: where, whom, when, and what to mind; nothing about a debt, care or a telephone."""

    adres: str
    plaats: str
    naam: str
    wanneer: str
    let_op: str = ""


def bezoekmap(deuren: Sequence[Deur], *, op: date, gemeente: str, wie: str, proef: bool) -> bytes:
    """The PDF. Pure: the same doors give the same bytes.

    Args:
        deuren: in the order in which the worker walks.
        op: the day of the visits.
        gemeente: the municipality.
        wie: the worker who takes it along.
        proef: a trial vault.
    """
    blocks: list[Block] = [
        Heading(f"Bezoeken op {dag(op)}", 0),
        prose("Laat dit papier niet liggen. Schrijf op wat er gebeurde, leg het vast in Voordeur en versnipper het."),
    ]
    for number, deur in enumerate(deuren, start=1):
        blocks += [
            Heading(f"{number} · {shortened(deur.adres, 90)}"),
            Row("Plaats", deur.plaats),
            Row("Wie", deur.naam),
            Row("Wanneer", deur.wanneer),
            *([Row("Let op", deur.let_op)] if deur.let_op else []),
            SignLine(("Uitslag", "Kaartje")),
        ]
    blocks += [Heading("Terug en vernietigd"), SignLine(("Op", "Door"))]
    sheet = Sheet(title="Bezoekmap")
    pages = paginated(sheet.flow(blocks, _TYPE, _PAGE.width), _PAGE.height, _PAGE.height)

    def furniture(number: int, count: int) -> None:
        sheet.bar(LEFT, 14.0, 20.0)
        sheet.line(f"Gemeente {gemeente}", LEFT + 3, 18.4, size=11, bold=True, right=115)
        sheet.line_right(wie, RIGHT, 18.4, size=9, left=120)
        sheet.rule(LEFT, RIGHT, 279.0)
        sheet.line("Vertrouwelijk" + (" · Proef" if proef else ""), LEFT, 284.0, size=8.5, muted=True)
        sheet.line_right(f"bladzijde {number} van {count}", RIGHT, 284.0, size=8.5)

    sheet.draw_pages(pages, _PAGE, furniture)
    return sheet.finish()
