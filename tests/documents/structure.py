"""The structure of a PDF as a screen reader walks it: its nodes, and the text of each."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

Said = tuple[str, str]
"""What a node is, and its text: `("H1", "Uw gegevens bij ons")`."""


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def kids_of(node: pikepdf.Object) -> list[Any]:
    kids: Any = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def nodes(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every node below a node of the structure tree, in reading order."""
    for kid in kids_of(node):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from nodes(kid)


def numbered(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """The pages of a file, from 0, by the number of their object."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def own_marks(pages: Mapping[tuple[int, int], int], node: pikepdf.Object) -> list[tuple[int, int]]:
    """What a node holds itself, as (page, number)."""
    found = list[tuple[int, int]]()
    for kid in kids_of(node):
        if isinstance(kid, int):
            found.append((pages[node.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            found.append((pages[kid.Pg.objgen], int(kid.MCID)))
    return found


def aloud(pdf: bytes) -> list[Said]:
    """What stands in each node of the structure, in its order; lines of a node with a space between them."""
    with opened(pdf) as found:
        pages = numbered(found)
        marked = [dict(drawn) for drawn in drawn_in(found)]
        return [
            (str(node.S)[1:], " ".join(" ".join(marked[page][mark] for page, mark in marks).split()))
            for node in nodes(found.Root.StructTreeRoot.K)
            if (marks := own_marks(pages, node))
        ]


DRAWS = re.compile(
    r"/\w+ (?:<</MCID (?P<mark>\d+)>> BDC|BMC)|(?P<end>EMC)|(?P<font>/\S+) \S+ Tf"
    r"|1 0 0 1 \S+ (?P<y>\S+) Tm|<(?P<codes>\w+)> Tj"
)
"""What a page of ours says with its text; faster than a whole parser, and compared with one in test_voorlezen."""


def drawn_in(pdf: pikepdf.Pdf) -> Iterator[list[tuple[int | None, str]]]:
    """The text of each piece of marked content, page by page in the order of drawing; artifacts have no number."""
    known: dict[tuple[int, int], Mapping[int, str]] = {}
    for page in pdf.pages:
        letters = {}
        for name, font in page.obj.Resources.Font.items():
            if font.objgen not in known:
                known[font.objgen] = unicode_of(font)
            letters[str(name)] = known[font.objgen]
        yield list(_drawn(page.obj.Contents.read_bytes().decode("latin1"), letters))


def _drawn(content: str, letters: Mapping[str, Mapping[int, str]]) -> Iterator[tuple[int | None, str]]:
    font: Mapping[int, str] = {}
    mark, text, at = None, "", ""
    for draws in DRAWS.finditer(content):
        match draws.lastgroup:
            case "end":
                yield mark, text
            case "font":
                font = letters[draws["font"]]
            case "y":
                text += " " if at and at != draws["y"] else ""
                at = draws["y"]
            case "codes":
                text += "".join(font[code] for code in bytes.fromhex(draws["codes"]))
            case _:
                mark, text, at = (int(draws["mark"]) if draws["mark"] else None), "", ""


def unicode_of(font: pikepdf.Object) -> Mapping[int, str]:
    """What each code of a font stands for, as the file itself says to whoever copies or reads aloud (ToUnicode)."""
    told = font.ToUnicode.read_bytes().decode("ascii").partition("beginbfchar")[2]
    return {int(code, 16): chr(int(letter, 16)) for code, letter in re.findall(r"<(\w\w)> <(\w{4})>", told)}
