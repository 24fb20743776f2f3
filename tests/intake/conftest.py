"""A vault for Groningen, and a hand that gives it files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.errors import KnownError
from db.vault import Vault
from desktop.intake import ImportReport, import_file
from tests.vaults import Klok, make_vault

Take = Callable[..., ImportReport]


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
def vault(tmp_path: Path, klok: Klok) -> Iterator[Vault]:
    with make_vault(tmp_path / "kluis", clock=klok) as made:
        yield made


@pytest.fixture
def take(vault: Vault, tmp_path: Path) -> Take:
    """Import these bytes as a file; the name says nothing about the kind."""

    def import_bytes(content: bytes, name: str = "aangeleverd.bestand") -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content)
        return import_file(vault, path)

    return import_bytes


@pytest.fixture
def refused(vault: Vault, take: Take) -> Callable[..., KnownError]:
    """Import bytes that must be refused whole, and see that nothing of it stayed."""

    def import_bad(content: bytes, name: str = "aangeleverd.bestand") -> KnownError:
        before = events(vault)
        with pytest.raises(KnownError) as caught:
            take(content, name)
        assert events(vault) == before
        return caught.value

    return import_bad


def events(vault: Vault) -> int:
    return int(vault.connection.execute("SELECT count(*) FROM gebeurtenis").fetchone()[0])
