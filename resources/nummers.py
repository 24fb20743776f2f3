"""Public national telephone numbers that a worker may need: the danger sheet, and the CAK."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import NamedTuple

import resources


class Hulplijn(NamedTuple):
    """Who answers, and when to call; `nummer` is empty when the way there goes through somebody else."""

    nummer: str
    wie: str
    wanneer: str


@cache
def _numbers() -> dict[str, object]:
    return tomllib.loads(resources.read_text("help/nummers.toml"))


def gevaar() -> tuple[Hulplijn, ...]:
    """The danger sheet, the most urgent first."""
    rows = _numbers()["gevaar"]
    return tuple(Hulplijn(**row) for row in rows) if isinstance(rows, list) else ()


def cak(debtsoort: str) -> str:
    """The number of the CAK for a kind of debt such as `wmo-abonnementstarief`; empty when it is not known here."""
    numbers = _numbers()["cak"]
    return numbers.get(debtsoort.partition("-")[0], "") if isinstance(numbers, dict) else ""
