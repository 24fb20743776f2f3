"""Making, opening and changing the key slots of a vault."""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from db.errors import KnownError
from db.keys.attempts import count_attempt, forget_attempts
from db.keys.derivation import (
    KDF_FLOOR,
    KEY_LENGTH,
    SALT_LENGTH,
    Kdf,
    choose_kdf,
    derive_from_passphrase,
    random_key,
    wipe,
)
from db.keys.passphrase import check_passphrase, passphrase_bytes
from db.keys.recovery_key import SECRET_LENGTH, format_recovery_key, parse_recovery_key
from db.keys.slots import (
    COPIES,
    FORMAT_VERSION,
    VAULT_ID_LENGTH,
    Found,
    KeySlots,
    Slot,
    SlotKind,
    keyring_check,
    read_slots,
    read_slots_with_key,
    seal,
    unseal,
    verify_slots,
    write_copy,
    write_slots,
)

log = logging.getLogger(__name__)

KeyringSecret = Callable[[bytes], bytes | None]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of a vault while it is locked."""

    vault_id: bytes
    trial: bool
    needs_keyring: bool
    kdf: Kdf


@dataclass(frozen=True, repr=False)
class Created:
    """A new vault's key, which the caller wipes, and the recovery key, to be shown once; neither in repr."""

    dek: bytearray
    recovery_key: str


# ------------------------------------------------------------------------------------------ create and open


def create(
    directory: Path,
    vault_id: bytes,
    passphrase: str,
    keyring_secret: bytes | None,
    *,
    trial: bool,
    kdf: Kdf | None = None,
) -> Created:
    """Write the slots of a new vault into the existing `directory`; give its key and recovery key.

    `vault_id` is 16 bytes; `keyring_secret` 32 bytes, or None for a slot that the passphrase alone opens.
    Without `kdf` a trial vault takes the floor, and a real one what this machine derives within a second.
    Raises RegelOvertreding for a weak passphrase (see `check_passphrase`), KnownError KLUIS_BESTAAT, or a
    disk error (see `db.durable`).
    """
    if len(vault_id) != VAULT_ID_LENGTH:
        raise ValueError("a vault id has 16 bytes")
    check_passphrase(passphrase, trial=trial)
    if any((directory / name).exists() for name in COPIES):
        raise KnownError("KLUIS_BESTAAT")
    dek = random_key()
    recovery = bytearray(secrets.token_bytes(SECRET_LENGTH))
    try:
        slots = KeySlots(version=FORMAT_VERSION, vault_id=vault_id, trial=trial, generation=0, slots=())
        slots = _with(slots, _phrase_slot(slots, dek, passphrase, keyring_secret, kdf))
        slots = _with(slots, _recovery_slot(slots, dek, recovery))
        write_slots(directory, slots, dek)
        return Created(dek=dek, recovery_key=format_recovery_key(recovery))
    except BaseException:
        wipe(dek)
        raise
    finally:
        wipe(recovery)


def read_header(directory: Path) -> Header:
    """What the slots tell without a key, checked for form and decay only. Errors as `read_slots`."""
    slots = read_slots(directory).slots
    newest = slots.phrase_slots()[0]
    return Header(
        vault_id=slots.vault_id,
        trial=slots.trial,
        needs_keyring=newest.kind is SlotKind.PHRASE_AND_KEYRING,
        kdf=_kdf_of(newest),
    )


def unlock(
    directory: Path,
    passphrase: str,
    keyring_secret_for: KeyringSecret,
    *,
    clock: Callable[[], float] = time.time,
) -> bytearray:
    """The vault key (32 bytes, wiped by the caller), for a passphrase and what the keyring holds.

    `keyring_secret_for` gives the secret for a vault id; it is asked only when a slot needs it. How long to
    wait before calling tells `wait_before_attempt`. Repairs a decayed copy from the good one.
    Raises KnownError SLEUTEL_ONJUIST (no slot opens, for whatever reason; `gemist` counts the attempts),
    SLEUTELBOS_LEEG (the slot needs a keyring secret and there is none) or SLEUTELBOS_ANDERS (it belongs to
    another vault or an older slot), neither counted as an attempt; SLEUTELS_GEWIJZIGD (opened, but something
    was changed without the key), and what `read_slots` and the keyring raise.
    """
    found = read_slots(directory)
    usable = _usable_slots(found.slots, keyring_secret_for)
    missed = count_attempt(directory, clock)
    for slot, keyring_secret in usable:
        dek = unseal(found.slots, slot, _phrase_secret(slot, passphrase, keyring_secret))
        if dek is not None:
            forget_attempts(directory)
            _settle(directory, found, dek, slot, found.slots.phrase_slots())
            return dek
    raise KnownError("SLEUTEL_ONJUIST", gemist=missed)


def unlock_with_recovery_key(directory: Path, recovery_key: str) -> bytearray:
    """The vault key (32 bytes, wiped by the caller) for a typed recovery key; a wrong one changes nothing.

    Raises KnownError HERSTELSLEUTEL_TYPEFOUT or HERSTELSLEUTEL_ONLEESBAAR (see `parse_recovery_key`),
    HERSTELSLEUTEL_ONJUIST for a well-formed key that is not this vault's, SLEUTELS_GEWIJZIGD, or what
    `read_slots` raises. There is no waiting: 160 bits are not guessed.
    """
    found = read_slots(directory)
    secret = parse_recovery_key(recovery_key)
    try:
        for slot in found.slots.recovery_slots():
            dek = unseal(found.slots, slot, bytearray(secret))
            if dek is not None:
                forget_attempts(directory)
                _settle(directory, found, dek, slot, found.slots.recovery_slots())
                return dek
    finally:
        wipe(secret)
    raise KnownError("HERSTELSLEUTEL_ONJUIST")


def _settle(directory: Path, found: Found, dek: bytearray, opened: Slot, rivals: tuple[Slot, ...]) -> None:
    """Verify all content, finish or undo an interrupted change, and repair a decayed copy.

    Two slots of one sort remain when a change was cut off. The one that opened is the one its owner knows,
    so the other goes.
    """
    try:
        verify_slots(found.slots, dek)
    except KnownError:
        wipe(dek)
        raise
    # The vault opens even when the disk refuses this; the next time tries again.
    with suppress(KnownError):
        if len(rivals) > 1:
            write_slots(directory, _without(found.slots, {slot.id for slot in rivals} - {opened.id}), dek)
            log.warning("an interrupted change of the key slots was settled")
            return
        for name in found.damaged:
            write_copy(directory, name, found.slots)
            log.warning("key slots file %s was repaired from its copy", name)


def _usable_slots(slots: KeySlots, keyring_secret_for: KeyringSecret) -> list[tuple[Slot, bytes | None]]:
    """The passphrase slots, newest first, each with the keyring secret it needs."""
    candidates = slots.phrase_slots()
    bound = any(slot.kind is SlotKind.PHRASE_AND_KEYRING for slot in candidates)
    keyring_secret = keyring_secret_for(slots.vault_id) if bound else None
    check = b"" if keyring_secret is None else keyring_check(keyring_secret, slots.vault_id)
    usable: list[tuple[Slot, bytes | None]] = []
    for slot in candidates:
        if slot.kind is SlotKind.PHRASE:
            usable.append((slot, None))
        elif hmac.compare_digest(check, slot.keyring_check):
            usable.append((slot, keyring_secret))
    if not usable:
        raise KnownError("SLEUTELBOS_LEEG" if keyring_secret is None else "SLEUTELBOS_ANDERS")
    return usable


# --------------------------------------------------------------------------------------------------- change


def change_passphrase(
    directory: Path,
    dek: bytearray,
    new_passphrase: str,
    keyring_secret: bytes | None,
    *,
    kdf: Kdf | None = None,
) -> None:
    """Let `new_passphrase`, with the keyring secret unless that is None, open the vault, and no older one.

    The new slot is written, and opened again from disk, before the old one leaves both files: at every
    moment at least one of the two opens. Raises RegelOvertreding for a weak passphrase, KnownError
    SLEUTELS_GEWIJZIGD when `dek` is not this vault's key, or a disk error.
    """
    slots = read_slots_with_key(directory, dek)
    check_passphrase(new_passphrase, trial=slots.trial)
    new = _phrase_slot(slots, dek, new_passphrase, keyring_secret, kdf)
    _add(directory, dek, slots, new, lambda: _phrase_secret(new, new_passphrase, keyring_secret))
    _remove(directory, dek, slots.phrase_slots())


def replace_recovery_key(directory: Path, dek: bytearray) -> str:
    """A new recovery key, to be shown once; the old one opens nothing any more. Errors as above."""
    slots = read_slots_with_key(directory, dek)
    secret = bytearray(secrets.token_bytes(SECRET_LENGTH))
    try:
        new = _recovery_slot(slots, dek, secret)
        _add(directory, dek, slots, new, lambda: bytearray(secret))
        _remove(directory, dek, slots.recovery_slots())
        return format_recovery_key(secret)
    finally:
        wipe(secret)


def _add(directory: Path, dek: bytearray, slots: KeySlots, new: Slot, secret_again: Callable[[], bytearray]) -> None:
    write_slots(directory, _with(slots, new), dek)
    stored = read_slots_with_key(directory, dek)
    opened = unseal(stored, new, secret_again()) if new in stored.slots else None
    if opened is None:
        raise KnownError("SLEUTELS_BESCHADIGD")
    wipe(opened)


def _remove(directory: Path, dek: bytearray, old: tuple[Slot, ...]) -> None:
    write_slots(directory, _without(read_slots_with_key(directory, dek), {slot.id for slot in old}), dek)


# ---------------------------------------------------------------------------------------------------- slots


def _phrase_slot(
    slots: KeySlots, dek: bytearray, passphrase: str, keyring_secret: bytes | None, kdf: Kdf | None
) -> Slot:
    if keyring_secret is not None and len(keyring_secret) != KEY_LENGTH:
        raise ValueError("a keyring secret has 32 bytes")
    if kdf is None:
        # A trial vault holds invented people; quick tests and demos are worth more than its passphrase.
        kdf = KDF_FLOOR if slots.trial else choose_kdf()
    slot = Slot(
        id=slots.next_id(),
        kind=SlotKind.PHRASE if keyring_secret is None else SlotKind.PHRASE_AND_KEYRING,
        kdf=kdf,
        salt=secrets.token_bytes(SALT_LENGTH),
        keyring_check=b"" if keyring_secret is None else keyring_check(keyring_secret, slots.vault_id),
    )
    return seal(slots, slot, dek, _phrase_secret(slot, passphrase, keyring_secret))


def _recovery_slot(slots: KeySlots, dek: bytearray, recovery: bytearray) -> Slot:
    slot = Slot(
        id=slots.next_id(),
        kind=SlotKind.RECOVERY_KEY,
        kdf=None,
        salt=secrets.token_bytes(SALT_LENGTH),
        keyring_check=b"",
    )
    return seal(slots, slot, dek, bytearray(recovery))


def _phrase_secret(slot: Slot, passphrase: str, keyring_secret: bytes | None) -> bytearray:
    """What the slot's HKDF takes in: PK, and behind it the keyring secret where the slot asks that."""
    text = passphrase_bytes(passphrase)
    try:
        key = derive_from_passphrase(text, slot.salt, _kdf_of(slot))
    finally:
        wipe(text)
    if keyring_secret is None:
        return key
    secret = bytearray(2 * KEY_LENGTH)
    secret[:KEY_LENGTH], secret[KEY_LENGTH:] = key, keyring_secret
    wipe(key)
    return secret


def _kdf_of(slot: Slot) -> Kdf:
    if slot.kdf is None:
        raise ValueError("a recovery slot has no passphrase")
    return slot.kdf


def _with(slots: KeySlots, slot: Slot) -> KeySlots:
    return msgspec.structs.replace(slots, slots=(*slots.slots, slot))


def _without(slots: KeySlots, ids: set[int]) -> KeySlots:
    return msgspec.structs.replace(slots, slots=tuple(slot for slot in slots.slots if slot.id not in ids))
