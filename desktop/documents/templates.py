"""Texts of letters: plain files in `resources/letters`, read into blocks with named fields.

A file has a few lines `name: value`, an empty line, and then paragraphs with an empty line between them. `# ` opens
a heading, `- ` a line of a list, `___ ` a line to write on; `**…**` is bold; `{naam}` is a field; a paragraph that
starts with `[als naam]` or `[zonder naam]` is kept when that field is filled, or is not. The lines at the top:
`onderwerp` (the subject), `achterkant` (the text on the reverse), `groet: nee` (no greeting and name below it).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache

import msgspec

from desktop.documents.blocks import Block, Heading, Item, Prose, Run, SignLine
from resources import read_text

_CONDITION = re.compile(r"\[(als|zonder) (\w+)\] ")
_FIELD = re.compile(r"\{(\w+)\}")


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A letter text as it stands in its file; `version` is a digest of everything that goes out, reverse included."""

    subject: str
    paragraphs: tuple[str, ...]
    greeting: bool
    reverse: Template | None
    version: str

    @property
    def fields(self) -> frozenset[str]:
        """The names of all fields that the text or its conditions use, reverse included."""
        own = " ".join((self.subject, *self.paragraphs))
        found = frozenset(_FIELD.findall(own)) | frozenset(name for _, name in _CONDITION.findall(own))
        return found | self.reverse.fields if self.reverse else found


@cache
def load(name: str) -> Template:
    """The text with that name.

    Raises:
        FileNotFoundError: when the program has no such text.
        ValueError: when the file is not written as described above.
    """
    source = read_text(f"letters/{name}.md")
    head, _, body = source.partition("\n\n")
    settings = dict(line.split(": ", 1) for line in head.splitlines())
    unknown = settings.keys() - {"onderwerp", "achterkant", "groet"}
    if unknown or "onderwerp" not in settings:
        raise ValueError(name, *sorted(unknown))
    reverse = load(settings["achterkant"]) if "achterkant" in settings else None
    digest = hashlib.sha256(source.encode())
    if reverse:
        digest.update(reverse.version.encode())
    return Template(
        subject=settings["onderwerp"],
        paragraphs=tuple(part.strip() for part in body.split("\n\n") if part.strip()),
        greeting=settings.get("groet") != "nee",
        reverse=reverse,
        version=digest.hexdigest()[:16],
    )


def fill(template: Template, fields: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks of a text with its fields filled in. Values are never read as markup or as fields.

    Raises:
        KeyError: when the text uses a field that is not there.
    """
    return tuple(block for part in template.paragraphs for block in _blocks(part, fields))


def _blocks(part: str, fields: Mapping[str, str]) -> list[Block]:
    condition = _CONDITION.match(part)
    if condition:
        wanted = condition[1] == "als"
        if bool(fields[condition[2]]) is not wanted:
            return []
        part = part[condition.end() :]
    if part.startswith("- "):
        return [Item(_runs(line.removeprefix("- "), fields)) for line in part.splitlines()]
    text = " ".join(part.splitlines())
    if text.startswith("# "):
        return [Heading("".join(run.text for run in _runs(text[2:], fields)))]
    if text.startswith("___ "):
        return [SignLine(text[4:])]
    return [Prose(_runs(text, fields))]


def _runs(text: str, fields: Mapping[str, str]) -> tuple[Run, ...]:
    # Split on ** first and fill each piece afterwards: a value cannot open or close anything.
    pieces = text.split("**")
    if len(pieces) % 2 == 0:
        raise ValueError(text)
    return tuple(
        Run(_FIELD.sub(lambda field: fields[field[1]], piece), bold=number % 2 == 1)
        for number, piece in enumerate(pieces)
        if piece
    )
