"""Encrypted copies of a vault: one file and its key slots beside it, given their names only when they are proven."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from db import vault as vaults
from db.durable import disk_error, publish
from db.errors import KnownError
from db.journal import TEAM, verify_chain, verify_contents
from db.keys.slots import read_slots, write_copy
from db.model.gebeurtenis import Entry, ReservekopieGemaakt
from db.vault import DatabaseError, Vault

KEYS_SUFFIX = ".sleutels"
"""The key slots of copy `FILE` stand in `FILE.sleutels`; both are needed to restore."""

FOLDER = "reservekopie"
"""Where, beside the vault, the copy is kept that is made before a migration."""


def make(vault: Vault, path: Path) -> int:
    """Make an encrypted, verified copy at `path` and record that; returns the number of events in it.

    The passphrase and the recovery key of today open it, also after they were changed in the vault itself.

    Raises:
        KnownError: RESERVEKOPIE_BESTAAT when there is a file already, RESERVEKOPIE_MAP_ONTBREEKT, SCHIJF_VOL,
            GEEN_SCHRIJFRECHT, SCHIJF_FOUT, RESERVEKOPIE_ONBRUIKBAAR when the copy does not verify, or what
            reading the key slots raises. Nothing is left at `path` then.
    """
    count = _copy(vault.connection, vault.key, vault.directory, path)
    made = ReservekopieGemaakt(gebeurtenissen=count)
    vault.journal.append([Entry(id=vault.new_id(), dossier=TEAM, op=vault.clock(), inhoud=made)], door=vault.door)
    return count


def before_migration(path: Path, dek: bytearray) -> None:
    """Copy a vault that is about to be migrated; given to `vault.open_vault`, which holds the vault's lock.

    Raises:
        KnownError: as `make`.
    """
    source = vaults.connect(path, dek, mode="rw")
    try:
        (version,) = source.execute("PRAGMA user_version").fetchone()
        folder = path.parent / FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise disk_error(error) from error
        name = folder / f"voor-migratie-{version}.db"
        if not name.exists():  # else: an earlier attempt at this same migration kept one already
            # Keys are written before their copy; a power cut in between left keys that open nothing.
            with suppress(OSError):
                name.with_name(name.name + KEYS_SUFFIX).unlink()
            _copy(source, dek, path.parent, name)
    finally:
        source.close()


def verify(path: Path, dek: bytearray) -> int:
    """Open a copy and check every page, the log and its contents; returns the number of events.

    Raises:
        KnownError: RESERVEKOPIE_ONBRUIKBAAR when anything is wrong, KLUIS_PAST_NIET when the key does not fit.
    """
    copy = vaults.connect(path, dek, mode="ro&immutable=1")
    try:
        broken = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        problems = copy.execute("PRAGMA quick_check(1)").fetchall()
        if broken or problems != [("ok",)]:
            raise KnownError("RESERVEKOPIE_ONBRUIKBAAR", oorzaak="bestand")
        count = verify_chain(copy)
        verify_contents(copy)
        return count
    except KnownError as error:
        raise KnownError("RESERVEKOPIE_ONBRUIKBAAR", oorzaak=error.facts.get("oorzaak", error.code)) from error
    except DatabaseError as error:
        raise KnownError("RESERVEKOPIE_ONBRUIKBAAR", oorzaak=getattr(error, "sqlite_errorname", "")) from error
    finally:
        copy.close()


def _copy(source: sqlite3.Connection, dek: bytearray, slots_in: Path, path: Path) -> int:
    if not path.parent.is_dir():
        raise KnownError("RESERVEKOPIE_MAP_ONTBREEKT")
    keys = path.with_name(path.name + KEYS_SUFFIX)
    aside = path.with_name(path.name + ".tmp")
    if path.exists() or keys.exists():
        raise KnownError("RESERVEKOPIE_BESTAAT")
    slots = read_slots(slots_in).slots
    vaults.remove_database(aside)
    try:
        _fill(source, dek, aside)
        count = verify(aside, dek)
        if count < _events(source):
            raise KnownError("RESERVEKOPIE_ONBRUIKBAAR", oorzaak="aantal")
        write_copy(path.parent, keys.name, slots)
        try:
            publish(aside, path)
        except OSError as error:
            raise disk_error(error) from error
    except BaseException:
        vaults.remove_database(aside)
        if not path.exists():
            with suppress(OSError):
                keys.unlink()
        raise
    return count


def _fill(source: sqlite3.Connection, dek: bytearray, aside: Path) -> None:
    vaults.create_private(aside)
    try:
        target = vaults.connect(aside, dek, mode="rw")
        try:
            source.backup(target)
            # One file and nothing beside it, until the copy is opened as a vault again.
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            target.close()
    except DatabaseError as error:
        raise _write_error(error, aside.parent) from error


def _write_error(error: BaseException, folder: Path) -> KnownError:
    # The copying itself raises without a name, only with SQLite's own words.
    name = getattr(error, "sqlite_errorname", "SQLITE_FULL" if "disk is full" in str(error) else str(error))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return KnownError("GEEN_SCHRIJFRECHT")
    return vaults.disk_trouble(name, folder)


def _events(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM gebeurtenis").fetchone()
    return int(count)
