"""A disk that is really full: said in a word, nothing lost, and work goes on when there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import backup, keys
from db.errors import KnownError
from db.integrity import check, digests
from db.journal import verify_chain
from db.vault import FILE, Vault
from tests import disks
from tests.vaults import make_vault, receive, reopen, take_up


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with disks.small_disk(tmp_path / "schijf") as folder:
        yield folder


def fill(vault: Vault) -> None:
    """Receive twenty signals at a time until that fails."""
    for start in range(0, 10_000, 20):
        receive(vault, range(start, start + 20))


def test_recording_on_a_full_disk_fails_whole_and_works_again_once_there_is_room(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(200_000))
    with make_vault(small_disk / "kluis") as vault:
        with pytest.raises(KnownError, match=r"VASTLEGGEN_MISLUKT \(oorzaak=SQLITE_FULL\)"):
            fill(vault)
        (recorded,) = vault.connection.execute("SELECT count(*) FROM signaal").fetchone()
        assert recorded > 0
        assert recorded % 20 == 0
        tables = digests(vault.connection)
        (small_disk / "ballast").unlink()
        receive(vault, range(20_000, 20_010))
        assert digests(vault.connection) != tables
    with reopen(small_disk / "kluis") as vault:
        assert vault.connection.execute("SELECT count(*) FROM signaal").fetchone() == (recorded + 10,)
        assert verify_chain(vault.connection) == recorded + 12


def test_a_vault_without_room_for_its_log_says_so_and_is_not_called_damaged(small_disk: Path) -> None:
    with make_vault(small_disk / "kluis") as vault:
        take_up(vault)
        tables = digests(vault.connection)
    before = (small_disk / "kluis" / FILE).read_bytes()
    with pytest.raises(OSError, match="No space"):
        (small_disk / "ballast").write_bytes(bytes(2_000_000))
    with pytest.raises(KnownError, match="SCHIJF_VOL"):
        reopen(small_disk / "kluis")
    assert (small_disk / "kluis" / FILE).read_bytes() == before
    (small_disk / "ballast").unlink()
    with reopen(small_disk / "kluis") as vault:
        assert digests(vault.connection) == tables


def test_a_copy_to_a_full_disk_leaves_nothing_there(small_disk: Path, tmp_path: Path) -> None:
    with make_vault(tmp_path / "kluis") as vault:
        keys.create(tmp_path / "kluis", vault.vault_id.bytes, "vier woorden uit een lijst", None, trial=True)
        receive(vault, range(1500))
        with pytest.raises(KnownError, match="SCHIJF_VOL"):
            backup.make(vault, small_disk / "kopie.db")
        assert list(small_disk.iterdir()) == []
        assert all(controle.in_orde for controle in check(vault)), check(vault)


def test_a_vault_that_does_not_fit_is_not_made(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(1_000_000))
    with pytest.raises(KnownError) as caught:
        make_vault(small_disk / "kluis")
    assert caught.value.code in {"SCHIJF_VOL", "VASTLEGGEN_MISLUKT"}
    assert [path.name for path in (small_disk / "kluis").iterdir() if path.suffix != ".lock"] == []
