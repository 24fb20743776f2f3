"""What became of every row of a file: the `import` answer of the command line, and the screen's report."""

from __future__ import annotations

import msgspec

from db.model.codes import Uitkomst


class Regel(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was not simply accepted. `gevonden` and `vereist` are the numbers a legal rule compared."""

    rij: int
    signaal: str | None
    uitkomst: Uitkomst
    reden: str | None = None
    artikel: str | None = None
    veld: str | None = None
    gevonden: str | None = None
    vereist: str | None = None


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """One file's report; the five outcomes add up to `rijen`.

    Attributes:
        rijen: rows that held anything.
        weggelaten: per column that no rule lists, in how many rows something stood in it.
        regels: every row that was not simply accepted, in the order of the file.
        herhaald: of the accepted rows, those that wait as a repeated report.
        wacht: of the accepted rows, those that wait above the vaste aantal of this month.
        controleren: of the accepted rows, those that somebody must look at first.
        ingetrokken: signals that the source took back with this file.
        intrekkingen_onbekend: withdrawals of signals that never came, or that cannot be read.
        vergelijking: of the accepted rows, those of other creditors that are kept for comparison only.
        codering: the encoding of a table, when it had to be found out.
    """

    bestand: str
    rijen: int
    geaccepteerd: int
    niet_toegelaten: int
    onleesbaar: int
    al_bekend: int
    gewijzigd: int
    weggelaten: dict[str, int]
    regels: tuple[Regel, ...]
    herhaald: int = 0
    wacht: int = 0
    controleren: int = 0
    ingetrokken: int = 0
    intrekkingen_onbekend: int = 0
    codering: str = ""
    vergelijking: int = 0

    @property
    def aandacht(self) -> bool:
        """Whether rows were refused or wait for a choice (exit code 3)."""
        return bool(self.niet_toegelaten or self.onleesbaar or self.gewijzigd)
