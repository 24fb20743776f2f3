"""Texts of letters: plain files in `resources/letters`, read into blocks with named fields.

A file has a few lines `name: value`, an empty line, and then paragraphs with an empty line between them. `# ` opens
a heading, `- ` a line of a list, `___ ` a line to write on (`a | b` two); `**…**` is bold; `{naam}` is a field; a
paragraph that starts with `[als naam]` or `[zonder naam]` is kept when that field is filled, or is not;
`[invoegen naam]` stands for blocks that the program makes. The lines at the top: `onderwerp` (the subject),
`achterkant: altijd` (the privacy text always stands on the reverse), `groet: nee` (no greeting and name below it).
A text `naam-variant` is used instead of `naam` where that variant is asked for and there is one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from desktop.documents.blocks import Block, Heading, Item, Prose, Run, SignLine
from resources import read_text

_CONDITION = re.compile(r"\[(als|zonder) (\w+)\] ")
_INSERT = re.compile(r"\[invoegen (\w+)\]")
_FIELD = re.compile(r"\{(\w+)\}")
_NOTHING: Mapping[str, tuple[Block, ...]] = MappingProxyType({})


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A letter text as it stands in its file; `version` is the digest of that file."""

    subject: str
    paragraphs: tuple[str, ...]
    greeting: bool
    always_reverse: bool
    version: str

    @property
    def fields(self) -> frozenset[str]:
        """The names of all fields that the text or its conditions use."""
        own = " ".join((self.subject, *self.paragraphs))
        return frozenset(_FIELD.findall(own)) | frozenset(name for _, name in _CONDITION.findall(own))


@cache
def load(name: str, *, variant: str = "") -> Template:
    """The text with that name, or its variant when it has one.

    Raises:
        FileNotFoundError: when the program has no such text.
        ValueError: when the file is not written as described above.
    """
    if variant:
        try:
            return load(f"{name}-{variant}")
        except FileNotFoundError:
            return load(name)
    source = read_text(f"letters/{name}.md")
    head, _, body = source.partition("\n\n")
    settings = dict(line.split(": ", 1) for line in head.splitlines())
    unknown = settings.keys() - {"onderwerp", "achterkant", "groet"}
    if unknown or "onderwerp" not in settings:
        raise ValueError(name, *sorted(unknown))
    return Template(
        subject=settings["onderwerp"],
        paragraphs=tuple(part.strip() for part in body.split("\n\n") if part.strip()),
        greeting=settings.get("groet") != "nee",
        always_reverse=settings.get("achterkant") == "altijd",
        version=hashlib.sha256(source.encode()).hexdigest()[:16],
    )


def subject(template: Template, fields: Mapping[str, str]) -> str:
    """The subject with its fields filled in."""
    return _FIELD.sub(lambda field: fields[field[1]], template.subject)


def fill(
    template: Template, fields: Mapping[str, str], inserts: Mapping[str, tuple[Block, ...]] = _NOTHING
) -> tuple[Block, ...]:
    """The blocks of a text with its fields filled in. Values are never read as markup or as fields.

    Raises:
        KeyError: when the text uses a field or an insert that is not there.
    """
    return tuple(block for part in template.paragraphs for block in _blocks(part, fields, inserts))


def _blocks(part: str, fields: Mapping[str, str], inserts: Mapping[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    insert = _INSERT.fullmatch(part)
    if insert:
        return inserts[insert[1]]
    condition = _CONDITION.match(part)
    if condition:
        wanted = condition[1] == "als"
        if bool(fields[condition[2]]) is not wanted:
            return ()
        part = part[condition.end() :]
    if part.startswith("- "):
        return tuple(Item(_runs(line.removeprefix("- "), fields)) for line in part.splitlines())
    text = " ".join(part.splitlines())
    if text.startswith("# "):
        return (Heading("".join(run.text for run in _runs(text[2:], fields))),)
    if text.startswith("___ "):
        labels = (_runs(label, fields) for label in text[4:].split(" | "))
        return (SignLine(tuple("".join(run.text for run in runs) for runs in labels)),)
    return (Prose(_runs(text, fields)),)


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
