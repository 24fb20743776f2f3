"""Vaults to measure on: empty ones, and one filled through the journal; all encrypted, all in a folder that goes."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from db.model.codes import Rol
from db.vault import Vault, create, open_vault
from desktop.bench import courses
from desktop.bench.residents import FIRST_DAY, GEMEENTE

_COHORT = 2_000
"""Zaken that start together; their events lie as far apart in the log as work on them in real life."""

START = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 9, tzinfo=UTC)


class Klok:
    """A clock that stands still until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment it was set to."""
        return self.moment


class Workshop:
    """A folder for vaults; every vault gets a subfolder and one shared key, and everything goes at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = secrets.token_bytes(32)
        self._numbers = count(1)
        self._filled: dict[int, Path] = {}

    def empty(self, klok: Klok | None = None) -> Vault:
        """A new open vault; whoever asks for it closes it."""
        directory = self.folder / str(next(self._numbers))
        directory.mkdir()
        return create(
            directory, bytearray(self.key), vault_id=uuid4(), gemeentecode=GEMEENTE, naam="M. Meting",
            rol=Rol.UITVOERDER, proef=True, clock=klok or Klok(START),
        )  # fmt: skip

    def reopen(self, directory: Path) -> Vault:
        """An existing vault opened again, on the day after the last that was filled in."""
        vault = open_vault(directory, bytearray(self.key), clock=(klok := Klok(START)))
        klok.moment = (vault.journal.latest or START) + timedelta(days=1)
        return vault

    def copied(self, directory: Path) -> Vault:
        """A vault that nobody has open, as it is, for a measurement that writes in it."""
        return self.reopen(Path(shutil.copytree(directory, self.folder / str(next(self._numbers)))))

    def filled(self, cases: int) -> Path:
        """The folder of a vault with so many zaken and ten times as many events; made once."""
        if cases not in self._filled:
            self._filled[cases] = self.fill(cases)
        return self._filled[cases]

    def copy(self, cases: int) -> Path:
        """The folder of a copy of such a vault, to work in."""
        copied = self.folder / str(next(self._numbers))
        shutil.copytree(self.filled(cases), copied)
        return copied

    def fill(self, cases: int) -> Path:
        """The folder of such a vault, made anew for a measurement that writes in it."""
        klok = Klok(START)
        with self.empty(klok) as vault:
            _fill(vault, klok, cases)
            return vault.directory


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop for the time of a measurement."""
    with TemporaryDirectory(prefix="voordeur-bench-", ignore_cleanup_errors=True) as folder:
        yield Workshop(Path(folder))


def _fill(vault: Vault, klok: Klok, cases: int) -> None:
    cohorts = [range(start, min(start + _COHORT, cases)) for start in range(0, cases, _COHORT)]
    weeks = courses.last_week()
    for week in range(len(cohorts) + weeks):
        entries = [
            entry
            for age in range(weeks + 1)
            if 0 <= week - age < len(cohorts)
            for entry in courses.entries_of(cohorts[week - age], age, klok.moment, vault.door)
        ]
        vault.journal.append(entries, door=vault.door)
        klok.moment += timedelta(weeks=1)
