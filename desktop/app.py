"""Composition: makes and opens a vault with the parts this machine has; the only place that knows them all."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from db import keys
from db.errors import KnownError
from db.model.codes import Rol
from db.model.ids import Clock, utc_now
from db.vault import FILE as VAULT_FILE
from db.vault import Vault, check_file, create, open_vault
from desktop.casework.instellingen import GEMEENTEN
from desktop.platform import folders, keyring

_SECRET_LENGTH = 32


class NewVault(NamedTuple):
    """An open new vault, and the recovery key that is shown once and kept nowhere."""

    vault: Vault
    herstelsleutel: str


def create_vault(
    directory: Path,
    passphrase: str,
    *,
    gemeente: str,
    naam: str,
    rol: Rol,
    proef: bool,
    use_keyring: bool,
    clock: Clock = utc_now,
) -> NewVault:
    """Make a vault: key slots, the keyring's secret, the encrypted file. When a part fails, nothing is left.

    Raises:
        KnownError: GEMEENTE_ONBEKEND (not one of TRSB 2.4 lid 2), KLUIS_BESTAAT, or what the keyring says.
        RegelOvertreding: the passphrase is too weak.
    """
    if gemeente not in GEMEENTEN:
        raise KnownError("GEMEENTE_ONBEKEND", gemeente=gemeente)
    folders.private_folder(directory)
    if (directory / VAULT_FILE).exists():
        raise KnownError("KLUIS_BESTAAT")
    vault_id = uuid4()
    secret = secrets.token_bytes(_SECRET_LENGTH) if use_keyring else None
    if secret is not None:
        keyring.set_secret(vault_id.bytes, secret)
    try:
        created = keys.create(directory, vault_id.bytes, passphrase, secret, trial=proef)
        try:
            vault = create(
                directory,
                created.dek,
                vault_id=vault_id,
                gemeentecode=gemeente,
                naam=naam,
                rol=rol,
                proef=proef,
                clock=clock,
            )
        except BaseException:
            keys.wipe(created.dek)
            for copy in keys.COPIES:
                (directory / copy).unlink(missing_ok=True)
            raise
    except BaseException:
        if secret is not None:
            keyring.delete_secret(vault_id.bytes)
        raise
    return NewVault(vault, created.recovery_key)


def unlock(directory: Path, passphrase: str, *, clock: Clock = utc_now) -> Vault:
    """Open a vault with its passphrase, and the keyring's secret when its slot asks for that.

    Raises:
        KnownError: KLUIS_ONTBREEKT, SLEUTEL_ONJUIST, and what `db.keys.unlock` and `db.vault.open_vault` raise.
    """
    check_file(directory / VAULT_FILE)
    return _open(directory, keys.unlock(directory, passphrase, keyring.get_secret), clock)


def unlock_with_recovery_key(directory: Path, recovery_key: str, *, clock: Clock = utc_now) -> Vault:
    """Open a vault with the printed recovery key."""
    check_file(directory / VAULT_FILE)
    return _open(directory, keys.unlock_with_recovery_key(directory, recovery_key), clock)


def _open(directory: Path, dek: bytearray, clock: Clock) -> Vault:
    try:
        vault = open_vault(directory, dek, clock=clock)
        if vault.vault_id != UUID(bytes=keys.read_header(directory).vault_id):
            vault.close()
            raise KnownError("KLUIS_PAST_NIET")
    except BaseException:
        keys.wipe(dek)
        raise
    return vault


def change_passphrase(directory: Path, passphrase: str, new_passphrase: str) -> None:
    """Seal the vault's key for another passphrase; the keyring's secret stays, the old slot goes.

    Raises:
        KnownError: SLEUTEL_ONJUIST and its like. RegelOvertreding: the new passphrase is too weak.
    """
    header = keys.read_header(directory)
    dek = keys.unlock(directory, passphrase, keyring.get_secret)
    try:
        secret = keyring.get_secret(header.vault_id) if header.needs_keyring else None
        keys.change_passphrase(directory, dek, new_passphrase, secret)
    finally:
        keys.wipe(dek)


def default_directory() -> Path:
    """Where this person's vault stands on this system."""
    return folders.default_vault_folder()


def unattended_passphrase(directory: Path) -> str | None:
    """The passphrase that a scheduled task may take from the keyring, if an administrator put one there."""
    return keyring.get_passphrase(keys.read_header(directory).vault_id)
