"""What a document says, before it is drawn: headings, prose, lists and tables in reading order, as frozen values."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Run(NamedTuple):
    """A stretch of text in one weight. The text is raw: nothing in it is ever read as markup."""

    text: str
    bold: bool = False


class Heading(msgspec.Struct, frozen=True):
    """A heading; level 0 is the title of the document, 1 opens a chapter, 2 a part of it."""

    text: str
    level: int = 1


class Prose(msgspec.Struct, frozen=True):
    """A paragraph; a tight one has no distance below it."""

    runs: tuple[Run, ...]
    tight: bool = False


class Item(msgspec.Struct, frozen=True):
    """One line of a list."""

    runs: tuple[Run, ...]


class Row(msgspec.Struct, frozen=True):
    """A label with its value beside it, a row of a table; a value may be of any length and hold line ends."""

    label: str
    value: str


class Cells(msgspec.Struct, frozen=True):
    """A row of a table with columns, each as wide as its share; a `kop` row holds the heads of the columns."""

    texts: tuple[str, ...]
    shares: tuple[float, ...]
    kop: bool = False


class SignLine(msgspec.Struct, frozen=True):
    """Lines to write on by hand, beside each other, each with what belongs there before it."""

    labels: tuple[str, ...]


class Gap(msgspec.Struct, frozen=True):
    """Room of that many lines, for a signature."""

    lines: int = 1


Block = Heading | Prose | Item | Row | Cells | SignLine | Gap


def prose(text: str) -> Prose:
    """A paragraph in the ordinary weight."""
    return Prose((Run(text),))


def plain(block: Block) -> str:
    """The text of a block as it is read aloud."""
    match block:
        case Prose(runs=runs) | Item(runs=runs):
            return "".join(run.text for run in runs)
        case Heading(text):
            return text
        case Row(label, value):
            return f"{label} {value}"
        case Cells(texts):
            return " ".join(texts)
        case SignLine(labels):
            return " ".join(labels)
        case Gap():
            return ""
