"""Invented spreadsheets, part by part, so that any part of them can be wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

from tests.factories import rij

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DATED, MONEY = 1, 2
"""Styles of a cell: a date, an amount in euros."""


def cell(column: int, row: int, value: object) -> str:
    """One cell as a spreadsheet program writes it; a date is a number in the 1900 system with a style."""
    place = f'r="{letters(column)}{row}"'
    if isinstance(value, date):
        return f'<c {place} s="{DATED}"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c {place} s="{MONEY}"><v>{value!r}</v></c>'
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def letters(column: int) -> str:
    """`A` for 0, `AB` for 27."""
    head = letters(column // 26 - 1) if column >= 26 else ""
    return head + chr(65 + column % 26)


def sheet(rows: Sequence[Sequence[object]]) -> str:
    """A sheet of these rows; None leaves a cell out."""
    lines = (
        f'<row r="{number}">{"".join(cell(c, number, value) for c, value in enumerate(row) if value is not None)}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def parts(sheets: Mapping[str, str], *, properties: str = "", hidden: Sequence[str] = ()) -> dict[str, str]:
    """The parts of a workbook with these sheets (name: XML)."""
    shown = {name: ' state="hidden"' if name in hidden else "" for name in sheets}
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="s{n}"{shown[name]}/>' for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="s{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;€&quot; #,##0.00"/>'
        '</numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{DOCUMENT}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{properties}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}<Relationship Id="x" Type="{DOCUMENT}/styles"'
            ' Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": styles,
        **{f"xl/worksheets/sheet{n}.xml": found for n, found in enumerate(sheets.values(), 1)},
        "docProps/app.xml": "<Properties/>",
    }


def packed(contents: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """These parts as an archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def table(rows: Sequence[Mapping[str, Any]] | None = None, n: int = 1) -> list[list[object]]:
    """Signals as the rows of a sheet, the header first."""
    chosen = [rij(number) for number in range(1, n + 1)] if rows is None else rows
    names = list(dict.fromkeys(name for row in chosen for name in row))
    return [list(names), *([row.get(name) for name in names] for row in chosen)]


def xlsx(rows: Sequence[Mapping[str, Any]] | None = None, n: int = 1) -> bytes:
    """A spreadsheet of signals."""
    return packed(parts({"Blad1": sheet(table(rows, n))}))


def serial(day: date, *, since_1904: bool = False) -> int:
    """The number by which a spreadsheet knows a day."""
    return (day - (date(1904, 1, 1) if since_1904 else date(1899, 12, 30))) // timedelta(days=1)
