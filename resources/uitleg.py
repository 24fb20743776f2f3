"""What every refusal and error means, in Dutch, and what to do next; the sentences stand in `uitleg.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from string import Formatter
from typing import Protocol

import resources


class Fout(Protocol):
    """An error with a code and facts: `db.errors.VoordeurError`."""

    code: str
    facts: dict[str, object]


class _Facts(dict[str, object]):
    """Facts of an error; a fact that is not known reads as three dots."""

    def __missing__(self, key: str) -> str:
        return "…"


def uitleg(fout: Fout) -> str:
    """The sentence for an error, with its facts filled in; the bare code when there is no sentence for it."""
    template = teksten().get(fout.code)
    if template is None:
        return f"Er ging iets mis ({fout.code})."
    return Formatter().vformat(template, (), _Facts(fout.facts))


@cache
def teksten() -> dict[str, str]:
    """Code → sentence, all sections together."""
    sections: dict[str, dict[str, str]] = tomllib.loads(resources.read_text("uitleg.toml"))
    return {code: sentence for section in sections.values() for code, sentence in section.items()}
