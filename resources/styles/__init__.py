"""The look of the window: one stylesheet template, and the named colours of each variant."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template

_HERE = Path(__file__).parent
_ICONS = ("check", "arrow")


class Variant(StrEnum):
    """A set of colours; CONTRAST leaves every colour to the system's own high-contrast theme."""

    LICHT = "licht"
    DONKER = "donker"
    CONTRAST = "contrast"


@cache
def colours(variant: Variant) -> dict[str, str]:
    """The named colours of a variant: `#rrggbb`, `palette(role)` where the system decides; two are icons."""
    text = (_HERE / f"{variant.value}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


@cache
def contrast_theme() -> dict[str, str]:
    """Nachthemel, a contrast theme of Windows, for pictures: `#rrggbb` by the name of a role of Qt's palette."""
    found: dict[str, str] = json.loads((_HERE / "nachthemel.json").read_text(encoding="utf-8"))
    return found


@cache
def stylesheet(variant: Variant) -> str:
    """The Qt stylesheet with the colours of a variant filled in."""
    template = Template((_HERE / "venster.qss").read_text(encoding="utf-8"))
    icons = _HERE.parent / "icons"
    named = colours(variant)
    return template.substitute(named | {name: (icons / named[name]).as_posix() for name in _ICONS})
