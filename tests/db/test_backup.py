"""A copy of a vault: encrypted, proven, openable on its own, and never half there."""

from __future__ import annotations

import os
import resource
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import backup, keys, migrator
from db import vault as vaults
from db.errors import KnownError
from db.integrity import check, digests
from db.journal import TEAM, events_of, verify_chain
from db.model.codes import Rol
from db.model.gebeurtenis import AnyInhoud, ReservekopieGemaakt
from db.model.ids import uuid7
from db.vault import FILE, Vault
from tests.vaults import Klok, key, take_up

PASSPHRASE = "vier woorden uit een lijst"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a closed vault with key slots, and its recovery key."""
    folder = tmp_path_factory.mktemp("sleutels") / "kluis"
    folder.mkdir()
    vault_id = uuid7()
    created = keys.create(folder, vault_id.bytes, PASSPHRASE, None, trial=True)
    with vaults.create(
        folder, created.dek, vault_id=vault_id, gemeentecode="0014", naam="N. de Boer", rol=Rol.UITVOERDER, proef=True,
        clock=Klok(),
    ) as vault:  # fmt: skip
        for number in range(3):
            take_up(vault, number)
    return folder, created.recovery_key


@pytest.fixture
def kept(made: tuple[Path, str], tmp_path: Path) -> Iterator[Vault]:
    """That vault, opened in a folder of its own."""
    folder, recovery_key = made
    shutil.copytree(folder, tmp_path / "kluis")
    dek = keys.unlock_with_recovery_key(tmp_path / "kluis", recovery_key)
    with vaults.open_vault(tmp_path / "kluis", dek, clock=Klok()) as vault:
        yield vault


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where copies go."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_copy_opens_on_its_own_with_the_recovery_key(kept: Vault, made: tuple[Path, str], stick: Path) -> None:
    tables, count = digests(kept.connection), verify_chain(kept.connection)
    assert backup.make(kept, stick / "kopie.db") == count
    assert sorted(path.name for path in stick.iterdir()) == ["kopie.db", "kopie.db.sleutels"]
    kept.close()
    restored = stick / "terug"
    restored.mkdir()
    shutil.copyfile(stick / "kopie.db", restored / FILE)
    for copy in keys.COPIES:
        shutil.copyfile(stick / "kopie.db.sleutels", restored / copy)
    dek = keys.unlock_with_recovery_key(restored, made[1])
    with vaults.open_vault(restored, dek) as vault:
        assert digests(vault.connection) == tables
        assert all(controle.in_orde for controle in check(vault)), check(vault)


def test_a_copy_is_recorded_with_the_number_of_events_in_it(kept: Vault, stick: Path) -> None:
    count = backup.make(kept, stick / "kopie.db")
    assert team_events(kept)[-1] == ReservekopieGemaakt(gebeurtenissen=count)


def team_events(vault: Vault) -> list[AnyInhoud | None]:
    """What was recorded about the vault itself."""
    return [event.inhoud for event in events_of(vault.connection, TEAM)]


def test_a_copy_is_for_its_owner_only_and_encrypted(kept: Vault, stick: Path) -> None:
    backup.make(kept, stick / "kopie.db")
    for path in stick.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        stored = path.read_bytes()
        assert not [word for word in ("Meer", "Oosterstraat", "4410000", "SQLite") if word.encode() in stored]


def test_a_copy_holds_what_still_waited_in_the_write_ahead_log(kept: Vault, stick: Path) -> None:
    take_up(kept, 9)
    assert (kept.directory / (FILE + "-wal")).stat().st_size > 0
    backup.make(kept, stick / "kopie.db")
    assert backup.verify(stick / "kopie.db", kept.key) == verify_chain(kept.connection) - 1


@pytest.mark.parametrize("name", ["kopie.db", "kopie.db.sleutels"])
def test_an_existing_file_is_never_overwritten(kept: Vault, stick: Path, name: str) -> None:
    (stick / name).write_bytes(b"van iemand anders")
    with pytest.raises(KnownError, match="RESERVEKOPIE_BESTAAT"):
        backup.make(kept, stick / "kopie.db")
    assert [(path.name, path.read_bytes()) for path in stick.iterdir()] == [(name, b"van iemand anders")]
    assert not [inhoud for inhoud in team_events(kept) if isinstance(inhoud, ReservekopieGemaakt)]


def test_a_folder_that_is_gone_is_named_as_the_reason(kept: Vault, stick: Path) -> None:
    with pytest.raises(KnownError, match="RESERVEKOPIE_MAP_ONTBREEKT"):
        backup.make(kept, stick / "weg" / "kopie.db")


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 1, 4096, 50_000, 150_000])
def test_a_disk_that_fills_up_leaves_nothing_half_made(kept: Vault, stick: Path, size: int) -> None:
    kept.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert (kept.directory / FILE).stat().st_size > 150_000
    before = verify_chain(kept.connection)
    with files_at_most(size), pytest.raises(KnownError) as caught:
        backup.make(kept, stick / "kopie.db")
    assert caught.value.code in {"SCHIJF_VOL", "SCHIJF_FOUT"}
    assert list(stick.iterdir()) == []
    assert verify_chain(kept.connection) == before
    backup.make(kept, stick / "kopie.db")


def test_a_folder_that_may_not_be_written_is_named_as_the_reason(kept: Vault) -> None:
    # The kernel's own folder takes no new file, not even from root.
    with pytest.raises(KnownError) as caught:
        backup.make(kept, Path("/proc/kopie.db"))
    assert caught.value.code in {"GEEN_SCHRIJFRECHT", "SCHIJF_FOUT"}


def test_what_an_interrupted_copy_left_is_replaced(kept: Vault, stick: Path) -> None:
    for name in ("kopie.db.tmp", "kopie.db.tmp-journal"):
        (stick / name).write_bytes(b"half")
    backup.make(kept, stick / "kopie.db")
    assert sorted(path.name for path in stick.iterdir()) == ["kopie.db", "kopie.db.sleutels"]


def test_a_vault_without_its_key_slots_is_not_copied(kept: Vault, stick: Path) -> None:
    for copy in keys.COPIES:
        (kept.directory / copy).unlink()
    with pytest.raises(KnownError, match="SLEUTELS_ONTBREKEN"):
        backup.make(kept, stick / "kopie.db")
    assert list(stick.iterdir()) == []


def test_a_damaged_log_is_not_taken_for_a_good_copy(kept: Vault, stick: Path) -> None:
    kept.connection.execute("DROP TRIGGER gebeurtenis_blijft")
    kept.connection.execute("UPDATE gebeurtenis SET op = 0 WHERE nr = 3")
    with pytest.raises(KnownError, match="RESERVEKOPIE_ONBRUIKBAAR"):
        backup.make(kept, stick / "kopie.db")
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("where", [2000, 4096 * 5 + 7, -100])
def test_a_copy_that_decayed_does_not_verify(kept: Vault, stick: Path, where: int) -> None:
    backup.make(kept, stick / "kopie.db")
    stored = bytearray((stick / "kopie.db").read_bytes())
    stored[where] ^= 1
    (stick / "kopie.db").write_bytes(stored)
    with pytest.raises(KnownError, match=r"RESERVEKOPIE_ONBRUIKBAAR|KLUIS_PAST_NIET|KLUIS_BESCHADIGD"):
        backup.verify(stick / "kopie.db", kept.key)


def test_a_copy_cut_off_at_a_page_does_not_verify(kept: Vault, stick: Path) -> None:
    backup.make(kept, stick / "kopie.db")
    os.truncate(stick / "kopie.db", (stick / "kopie.db").stat().st_size - 4096)
    with pytest.raises(KnownError, match=r"RESERVEKOPIE_ONBRUIKBAAR|KLUIS_BESCHADIGD"):
        backup.verify(stick / "kopie.db", kept.key)


def test_another_key_does_not_open_a_copy(kept: Vault, stick: Path) -> None:
    backup.make(kept, stick / "kopie.db")
    with pytest.raises(KnownError, match="KLUIS_PAST_NIET"):
        backup.verify(stick / "kopie.db", key())


def test_a_copy_is_made_before_a_migration_and_kept_when_it_fails(
    made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kluis"
    shutil.copytree(made[0], folder)
    known = migrator.LATEST
    steps = (*migrator.migrations(), (known + 1, "CREATE TABLE zaak (x);\n"))
    monkeypatch.setattr(migrator, "migrations", lambda: steps)
    monkeypatch.setattr(migrator, "LATEST", known + 1)
    copy = folder / backup.FOLDER / f"voor-migratie-{known}.db"
    for _ in range(2):
        dek = keys.unlock_with_recovery_key(folder, made[1])
        with pytest.raises(vaults.DatabaseError, match="already exists"):
            vaults.open_vault(folder, dek, before_migration=backup.before_migration)
        assert backup.verify(copy, dek) > 2
    assert copy.with_name(copy.name + backup.KEYS_SUFFIX).exists()


def test_keys_that_a_power_cut_left_without_their_copy_do_not_stop_a_migration(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    folder = tmp_path / "kluis"
    shutil.copytree(made[0], folder)
    copy = folder / backup.FOLDER / f"voor-migratie-{migrator.LATEST}.db"
    copy.parent.mkdir()
    copy.with_name(copy.name + backup.KEYS_SUFFIX).write_bytes(b"sleutels van een afgebroken kopie")
    dek = keys.unlock_with_recovery_key(folder, made[1])
    backup.before_migration(folder / FILE, dek)
    assert backup.verify(copy, dek) > 2


def test_no_migration_without_a_copy(made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kluis"
    shutil.copytree(made[0], folder)
    (folder / backup.FOLDER).write_bytes(b"in de weg")
    steps = (*migrator.migrations(), (migrator.LATEST + 1, "CREATE TABLE later (x);\n"))
    monkeypatch.setattr(migrator, "migrations", lambda: steps)
    monkeypatch.setattr(migrator, "LATEST", migrator.LATEST + 1)
    before = (folder / FILE).read_bytes()
    with pytest.raises(KnownError, match=r"SCHIJF_FOUT|RESERVEKOPIE_MAP_ONTBREEKT"):
        vaults.open_vault(
            folder, keys.unlock_with_recovery_key(folder, made[1]), before_migration=backup.before_migration
        )
    assert (folder / FILE).read_bytes() == before
