"""What F1 says: one page for each screen and each form of a zaak; the words stand in `help/schermen.toml`."""

from __future__ import annotations

import tomllib
from functools import cache

import resources


@cache
def paginas() -> dict[str, str]:
    """Name of a screen or form → what it is for and how it works."""
    sections: dict[str, dict[str, str]] = tomllib.loads(resources.read_text("help/schermen.toml"))
    return {name: text for section in sections.values() for name, text in section.items()}
