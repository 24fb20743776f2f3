"""What a document says, before it is drawn: headings, prose, lists and lines in reading order, as frozen values."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Run(NamedTuple):
    """A stretch of text in one weight. The text is raw: whatever draws it escapes it."""

    text: str
    bold: bool = False


class Heading(msgspec.Struct, frozen=True):
    """A heading; level 1 opens a chapter, level 2 a part of it."""

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
    """A label with its value beside it; a value may be of any length and hold line ends."""

    label: str
    value: str


class SignLine(msgspec.Struct, frozen=True):
    """A line to write on by hand, with what belongs there before it."""

    label: str


Block = Heading | Prose | Item | Row | SignLine


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
        case SignLine(label):
            return label
