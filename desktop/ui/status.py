"""What a status means: each has an icon and a colour beside its word."""

from __future__ import annotations

from enum import StrEnum


class Soort(StrEnum):
    """The kinds of status; the value is the name of its colours in the stylesheet."""

    GOED = "done"
    LET_OP = "due"
    GEVAAR = "danger"
    RUSTIG = "neutral"


ICONS = {Soort.GOED: "✓", Soort.LET_OP: "●", Soort.GEVAAR: "▲", Soort.RUSTIG: "○"}
