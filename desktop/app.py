"""Composition: makes and opens a vault with the parts this machine has; the only place that knows them all.

The window is painted before the cryptography, the vault and the keyring are loaded: they are imported where they
are used, half a second later, on the vault's own thread.
"""

from __future__ import annotations

import secrets
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from pathlib import Path

    from db.keys import Header
    from db.model.codes import Rol
    from db.model.ids import Clock
    from db.vault import Vault

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
    clock: Clock | None = None,
) -> NewVault:
    """Make a vault: key slots, the keyring's secret, the encrypted file. When a part fails, nothing is left.

    Raises:
        KnownError: GEMEENTE_ONBEKEND (not one of TRSB 2.4 lid 2), KLUIS_BESTAAT, or what the keyring says.
        RegelOvertreding: the passphrase is too weak.
    """
    from db import keys, vault
    from db.errors import KnownError
    from db.model.ids import utc_now
    from desktop.casework.instellingen import GEMEENTEN
    from desktop.platform import folders

    if gemeente not in GEMEENTEN:
        raise KnownError("GEMEENTE_ONBEKEND", gemeente=gemeente)
    vault_id = uuid4()
    secret = None
    with ExitStack() as undo:
        if not directory.exists():
            undo.callback(_remove_if_empty, directory)
        folders.private_folder(directory)
        if (directory / vault.FILE).exists():
            raise KnownError("KLUIS_BESTAAT")
        if use_keyring:
            from desktop.platform import keyring

            secret = secrets.token_bytes(_SECRET_LENGTH)
            keyring.set_secret(vault_id.bytes, secret)
            undo.callback(keyring.delete_secret, vault_id.bytes)
        created = keys.create(directory, vault_id.bytes, passphrase, secret, trial=proef)
        undo.callback(_remove_slots, directory)
        undo.callback(keys.wipe, created.dek)
        opened = vault.create(
            directory,
            created.dek,
            vault_id=vault_id,
            gemeentecode=gemeente,
            naam=naam,
            rol=rol,
            proef=proef,
            clock=clock or utc_now,
        )
        undo.pop_all()
    return NewVault(opened, created.recovery_key)


def _remove_if_empty(directory: Path) -> None:
    with suppress(OSError):  # somebody else's file came in meanwhile: then the folder is theirs
        directory.rmdir()


def _remove_slots(directory: Path) -> None:
    from db import keys

    for copy in keys.COPIES:
        (directory / copy).unlink(missing_ok=True)


def unlock(directory: Path, passphrase: str, *, clock: Clock | None = None) -> Vault:
    """Open a vault with its passphrase, and the keyring's secret when its slot asks for that.

    Raises:
        KnownError: KLUIS_ONTBREEKT, SLEUTEL_ONJUIST, and what `db.keys.unlock` and `db.vault.open_vault` raise.
    """
    from db import keys, vault

    vault.check_file(directory / vault.FILE)
    return _open(directory, keys.unlock(directory, passphrase, _keyring_secret), clock)


def _keyring_secret(vault_id: bytes) -> bytes | None:
    from desktop.platform import keyring

    return keyring.get_secret(vault_id)


def _open(directory: Path, dek: bytearray, clock: Clock | None) -> Vault:
    from db import backup, keys
    from db.errors import KnownError
    from db.model.ids import utc_now
    from db.queries import vergelijken
    from db.vault import open_vault
    from desktop.casework import retention

    try:
        vault_id = UUID(bytes=keys.read_header(directory).vault_id)
        vault = open_vault(directory, dek, clock=clock or utc_now, before_migration=backup.before_migration)
    except BaseException:
        keys.wipe(dek)
        raise
    if vault.vault_id != vault_id:
        vault.close()
        raise KnownError("KLUIS_PAST_NIET")
    with suppress(KnownError):  # the next opening tries again
        vergelijken.forget(vault.connection, vanaf=retention.bewaard_vanaf(vault.clock()))
    return vault


def change_passphrase(directory: Path, passphrase: str, new_passphrase: str, *, clock: Clock | None = None) -> None:
    """Let another passphrase open the vault; the keyring's secret stays, the old slot goes, the log tells.

    Raises:
        KnownError: SLEUTEL_ONJUIST and its like. RegelOvertreding: the new passphrase is too weak.
    """
    header = locked_header(directory)
    with unlock(directory, passphrase, clock=clock) as vault:
        secret = _keyring_secret(header.vault_id) if header.needs_keyring else None
        _replace(vault, new_passphrase, secret, herstelsleutel=False)


def recover(directory: Path, recovery_key: str, new_passphrase: str, *, clock: Clock | None = None) -> None:
    """Choose a new passphrase with the printed recovery key, when the old one or the keyring's secret is lost.

    The vault gets a new secret in the keyring; should that be all that succeeds, the recovery key opens it still.

    Raises:
        KnownError: HERSTELSLEUTEL_ONJUIST and its like. RegelOvertreding: the new passphrase is too weak.
    """
    from db import keys

    header = locked_header(directory)
    keys.check_passphrase(new_passphrase, trial=header.trial)
    with _open(directory, keys.unlock_with_recovery_key(directory, recovery_key), clock) as vault:
        secret = None
        if header.needs_keyring:
            from desktop.platform import keyring

            secret = secrets.token_bytes(_SECRET_LENGTH)
            keyring.set_secret(header.vault_id, secret)
        _replace(vault, new_passphrase, secret, herstelsleutel=True)


def _replace(vault: Vault, new_passphrase: str, secret: bytes | None, *, herstelsleutel: bool) -> None:
    from db import keys
    from db.journal import TEAM
    from db.model.gebeurtenis import Entry, WachtwoordVervangen

    keys.change_passphrase(vault.directory, vault.key, new_passphrase, secret)
    inhoud = WachtwoordVervangen(herstelsleutel=herstelsleutel)
    vault.journal.append([Entry(id=vault.new_id(), dossier=TEAM, op=vault.clock(), inhoud=inhoud)], door=vault.door)


def default_directory() -> Path:
    """Where this person's vault stands on this system."""
    from desktop.platform import folders

    return folders.default_vault_folder()


def locked_header(directory: Path) -> Header:
    """What may be known of a vault while it is locked: its id, whether it is a trial, whether it needs the keyring.

    Raises:
        KnownError: KLUIS_ONTBREEKT and its like, or what `db.keys.read_header` raises.
    """
    from db import keys, vault

    vault.check_file(directory / vault.FILE)
    return keys.read_header(directory)


def unattended_passphrase(header: Header) -> str | None:
    """The passphrase that a scheduled task may take from the keyring, if an administrator put one there."""
    from desktop.platform import keyring

    return keyring.get_passphrase(header.vault_id) if header.needs_keyring else None


def show_window(directory: Path | None = None, clock: Clock | None = None, *, passphrase: str | None = None) -> int:
    """The window on a vault, this person's own unless another is named; returns the exit code.

    With a `passphrase`, which only a demo has, the vault opens at once.
    """
    from desktop.ui import application
    from desktop.ui.door import Door
    from desktop.ui.door import NewVault as Wish

    def place() -> Path:
        return directory or default_directory()

    def patient_unlock(passphrase: str) -> Vault:
        sit_out(place())
        return unlock(place(), passphrase, clock=clock)

    def create(wish: Wish) -> str:
        made = create_vault(
            place(), wish.passphrase, gemeente=wish.gemeente, naam=wish.naam, rol=wish.rol, proef=wish.proef,
            use_keyring=True, clock=clock,
        )  # fmt: skip
        made.vault.close()
        return made.herstelsleutel

    door = Door(
        unlock=patient_unlock,
        exists=lambda: any(place().glob("*")),  # key slots without a file are no reason for a new vault
        create=create,
        recover=lambda recovery_key, new: recover(place(), recovery_key, new, clock=clock),
    )
    return application.run(door, passphrase=passphrase)


def sit_out(directory: Path) -> None:
    """Wait as long as the wrong passphrases before this attempt ask for."""
    from db import keys

    time.sleep(keys.wait_before_attempt(directory))
