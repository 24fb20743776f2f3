"""A vault and its clock, fresh for every test; and one in which everything happened, made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.vault import FILE, Vault
from tests.handelingen import NAMEN, Handeling
from tests.vaults import Klok, make_vault, reopen


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
def vault(tmp_path: Path, klok: Klok) -> Iterator[Vault]:
    with make_vault(tmp_path / "kluis", clock=klok) as made:
        yield made


@pytest.fixture(scope="session")
def worked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a closed vault in which every kind of step was taken."""
    klok = Klok()
    folder = tmp_path_factory.mktemp("gewerkt") / "kluis"
    with make_vault(folder, clock=klok) as made:
        for number in range(4):
            first = "weigeren" if number == 1 else "oppakken"
            for naam in ("ontvangen", first, *NAMEN, "bellen", "inzien"):
                Handeling(naam, (number, number, 0)).do(made, klok)
    return folder / FILE


@pytest.fixture
def worked(worked_file: Path, tmp_path: Path) -> Iterator[Vault]:
    """A vault with some hundred events of all kinds."""
    folder = tmp_path / "gewerkt"
    folder.mkdir()
    shutil.copyfile(worked_file, folder / FILE)
    klok = Klok()
    klok.turn(days=30)
    with reopen(folder, clock=klok) as opened:
        yield opened
