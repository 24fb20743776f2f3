"""Money as whole cents."""

from __future__ import annotations

from typing import NewType

Bedrag = NewType("Bedrag", int)
"""An amount in whole eurocents; a fraction of a cent is refused at the door, never rounded."""


def euro(bedrag: int) -> str:
    """The amount as a Dutch reader writes it: `€ 1.240,00`."""
    sign = "-" if bedrag < 0 else ""
    whole, cents = divmod(abs(bedrag), 100)
    return f"€ {sign}{whole:,}".replace(",", ".") + f",{cents:02d}"


def decimal(bedrag: int) -> str:
    """The amount as machines read it: `213.40`."""
    sign = "-" if bedrag < 0 else ""
    return f"{sign}{abs(bedrag) // 100}.{abs(bedrag) % 100:02d}"
