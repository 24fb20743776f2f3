"""A vault and its clock, fresh for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.vault import Vault
from tests.vaults import Klok, make_vault


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
def vault(tmp_path: Path, klok: Klok) -> Iterator[Vault]:
    with make_vault(tmp_path / "kluis", clock=klok) as made:
        yield made
