"""The key slots files: their form, sealing and opening a slot, and keeping two equal copies.

Each file is one line of canonical JSON and one line with its BLAKE2b digest. The digest finds decay without
any key and before any costly derivation; the slots' GCM tags and a MAC under the vault key find intent. What
none of them finds is an older pair of files put back as a whole: then a replaced passphrase works there.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.durable import read_small_file, write_durably
from db.errors import KnownError
from db.keys.derivation import KEY_LENGTH, SALT_LENGTH, Kdf, hkdf, wipe

FORMAT_VERSION: Final = 1
COPIES: Final = ("sleutels.a", "sleutels.b")
VAULT_ID_LENGTH: Final = 16
_LARGEST_FILE = 16 * 1024
_MOST_SLOTS = 8
_NONCE_LENGTH, _TAG_LENGTH, _CHECK_LENGTH, _MAC_LENGTH = 12, 16, 8, 32


class SlotKind(enum.StrEnum):
    """What opens a slot."""

    PHRASE_AND_KEYRING = "phrase+keyring"
    PHRASE = "phrase"
    RECOVERY_KEY = "recovery-key"


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The vault key sealed under one secret; all but `nonce` and `sealed` is bound as associated data."""

    id: int
    kind: SlotKind
    kdf: Kdf | None
    salt: bytes
    # Tells a keyring entry that belongs elsewhere from a wrong passphrase. Eight bytes derived from 256
    # random bits tell nothing about those.
    keyring_check: bytes
    nonce: bytes = b""
    sealed: bytes = b""

    def well_formed(self) -> bool:
        """Whether every part has its size, and the KDF parameters are acceptable."""
        bound = self.kind is SlotKind.PHRASE_AND_KEYRING
        if self.kind is SlotKind.RECOVERY_KEY:
            kdf_fits = self.kdf is None
        else:
            kdf_fits = self.kdf is not None and self.kdf.acceptable()
        return (
            kdf_fits
            and self.id > 0
            and len(self.salt) == SALT_LENGTH
            and len(self.keyring_check) == (_CHECK_LENGTH if bound else 0)
            and len(self.nonce) == _NONCE_LENGTH
            and len(self.sealed) == KEY_LENGTH + _TAG_LENGTH
        )


class KeySlots(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of a key slots file; `mac` is under the vault key and covers all the rest."""

    version: int
    vault_id: bytes
    trial: bool
    generation: int
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def phrase_slots(self) -> tuple[Slot, ...]:
        """The slots that a passphrase opens, newest first."""
        chosen = (slot for slot in self.slots if slot.kind is not SlotKind.RECOVERY_KEY)
        return tuple(sorted(chosen, key=lambda slot: slot.id, reverse=True))

    def recovery_slots(self) -> tuple[Slot, ...]:
        """The slots that a recovery key opens."""
        return tuple(slot for slot in self.slots if slot.kind is SlotKind.RECOVERY_KEY)

    def next_id(self) -> int:
        """An id that no slot has; ids only rise, so the highest is the newest."""
        return max((slot.id for slot in self.slots), default=0) + 1

    def well_formed(self) -> bool:
        """Whether this could have been written by this program."""
        ids = [slot.id for slot in self.slots]
        return (
            self.version == FORMAT_VERSION
            and self.generation > 0
            and len(self.vault_id) == VAULT_ID_LENGTH
            and len(self.mac) == _MAC_LENGTH
            and len(ids) == len(set(ids)) <= _MOST_SLOTS
            and bool(self.phrase_slots())
            and all(slot.well_formed() for slot in self.slots)
        )


class Found(NamedTuple):
    """The newest good copy, and the names of the copies that are not equal to it."""

    slots: KeySlots
    damaged: tuple[str, ...]


class _AnyVersion(msgspec.Struct):
    version: int


# ----------------------------------------------------------------------------------------------- one slot


def keyring_check(keyring_secret: bytes, vault_id: bytes) -> bytes:
    """Eight bytes that tell one keyring secret from another."""
    return bytes(hkdf(keyring_secret, vault_id, "voordeur/keyring-check/v1", _CHECK_LENGTH))


def seal(slots: KeySlots, slot: Slot, dek: bytearray, secret: bytearray) -> Slot:
    """`slot` with the vault key sealed under `secret`, bound to the header of `slots`; wipes `secret`."""
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    key = _slot_key(slots, slot, secret)
    try:
        sealed = AESGCM(key).encrypt(nonce, dek, _associated(slots, slot))
    finally:
        wipe(key)
        wipe(secret)
    return msgspec.structs.replace(slot, nonce=nonce, sealed=sealed)


def unseal(slots: KeySlots, slot: Slot, secret: bytearray) -> bytearray | None:
    """The vault key, or None when `secret` does not open `slot` as it stands; wipes `secret`."""
    key, dek = _slot_key(slots, slot, secret), bytearray(KEY_LENGTH)
    try:
        AESGCM(key).decrypt_into(slot.nonce, slot.sealed, _associated(slots, slot), dek)
    except InvalidTag:
        return None
    finally:
        wipe(key)
        wipe(secret)
    return dek


def _slot_key(slots: KeySlots, slot: Slot, secret: bytearray) -> bytearray:
    # With the vault id as salt, equal secrets make different keys in different vaults.
    return hkdf(secret, slots.vault_id, f"voordeur/slot-{slot.kind.value}/v1")


def _associated(slots: KeySlots, slot: Slot) -> bytes:
    bare = msgspec.structs.replace(slot, nonce=b"", sealed=b"")
    return msgspec.json.encode(("voordeur/sleutels", slots.version, slots.vault_id, slots.trial, bare))


# ------------------------------------------------------------------------------------------- the two files


def read_slots(directory: Path) -> Found:
    """The good copy with the highest generation; opens no slot and takes about a millisecond.

    Raises KnownError SLEUTELS_ONTBREKEN (no files), SLEUTELS_BESCHADIGD (no good copy), or SLEUTELS_NIEUWER
    (a sound copy of a newer program; the other one is not trusted to be current).
    """
    contents = {name: read_small_file(directory / name, _LARGEST_FILE) for name in COPIES}
    copies = {name: None if content is None else _parse(content) for name, content in contents.items()}
    good = [slots for slots in copies.values() if slots is not None]
    if not good:
        present = any((directory / name).exists() for name in COPIES)
        raise KnownError("SLEUTELS_BESCHADIGD" if present else "SLEUTELS_ONTBREKEN")
    best = max(good, key=lambda slots: slots.generation)  # of equals the first, copy A
    return Found(best, tuple(name for name in COPIES if copies[name] != best))


def read_slots_with_key(directory: Path, dek: bytearray) -> KeySlots:
    """The slots as `read_slots` gives them, of which `dek` vouches for every byte. See `verify_slots`."""
    slots = read_slots(directory).slots
    verify_slots(slots, dek)
    return slots


def verify_slots(slots: KeySlots, dek: bytearray) -> None:
    """Raise KnownError SLEUTELS_GEWIJZIGD unless the whole content was written with this vault key."""
    if not hmac.compare_digest(_mac(slots, dek), slots.mac):
        raise KnownError("SLEUTELS_GEWIJZIGD")


def write_slots(directory: Path, slots: KeySlots, dek: bytearray) -> None:
    """Write both copies as the next generation, A first; a crash in between leaves A the newer one."""
    unsigned = msgspec.structs.replace(slots, generation=slots.generation + 1, mac=b"")
    signed = msgspec.structs.replace(unsigned, mac=_mac(unsigned, dek))
    for name in COPIES:
        write_copy(directory, name, signed)


def write_copy(directory: Path, name: str, slots: KeySlots) -> None:
    """Write one copy as it is."""
    line = msgspec.json.encode(slots)
    write_durably(directory / name, line + b"\n" + _digest(line))


def _parse(content: bytes) -> KeySlots | None:
    """The slots in one file, or None when it decayed or asks for something this program never writes."""
    line, _, digest = content.partition(b"\n")
    if not hmac.compare_digest(_digest(line), digest):
        return None
    try:
        newer = msgspec.json.decode(line, type=_AnyVersion).version > FORMAT_VERSION
        slots = None if newer else msgspec.json.decode(line, type=KeySlots)
    except (msgspec.DecodeError, RecursionError):
        return None
    if slots is None:
        raise KnownError("SLEUTELS_NIEUWER")
    canonical = msgspec.json.encode(slots) == line
    return slots if canonical and slots.well_formed() else None


def _digest(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=32).hexdigest().encode("ascii")


def _mac(slots: KeySlots, dek: bytearray) -> bytes:
    key = hkdf(dek, slots.vault_id, "voordeur/sleutels-mac/v1")
    try:
        return hmac.digest(key, msgspec.json.encode(msgspec.structs.replace(slots, mac=b"")), "sha256")
    finally:
        wipe(key)
