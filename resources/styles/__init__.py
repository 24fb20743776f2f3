"""The look of the window: one stylesheet template, and the named colours of each variant."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Template


class Variant(StrEnum):
    """A set of colours; CONTRAST leaves every colour to the system's own high-contrast theme."""

    LICHT = "licht"
    DONKER = "donker"
    CONTRAST = "contrast"


@cache
def colours(variant: Variant) -> dict[str, str]:
    """The named colours of a variant: `#rrggbb`, or `palette(role)` where the system decides."""
    text = files(__name__).joinpath(f"{variant.value}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


@cache
def stylesheet(variant: Variant) -> str:
    """The Qt stylesheet with the colours of a variant filled in."""
    template = Template(files(__name__).joinpath("venster.qss").read_text(encoding="utf-8"))
    return template.substitute(colours(variant))
