"""The key slots: the vault's random key, sealed once for the passphrase and once for the recovery key.

    PK    = Argon2id(NFC passphrase, salt)                            RFC 9106
    KEK_u = HKDF-SHA256(PK || keyring secret, salt=vault id)          RFC 5869; without keyring: PK alone
    KEK_r = HKDF-SHA256(recovery key, salt=vault id)                  160 random bits need no Argon2id
    slot  = AES-256-GCM(KEK, vault key, AAD=canonical header)         header: vault id, trial, slot kind, KDF …

The slots stand in two equal files beside the vault; each is one line of canonical JSON and one line with its
BLAKE2b digest. The digest finds decay without any key and before any costly derivation; the slots' GCM tags and
a MAC under the vault key find intent. What none of them finds is an older pair of files put back as a whole:
a passphrase that was replaced then works again, on that copy of the vault.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.durable import read_small_file, write_durably
from db.errors import KnownError
from db.passphrase import check_passphrase, passphrase_bytes
from db.recovery_key import SECRET_LENGTH, format_recovery_key, parse_recovery_key

log = logging.getLogger(__name__)

FORMAT_VERSION: Final = 1
COPIES: Final = ("sleutels.a", "sleutels.b")
KEY_LENGTH: Final = 32  # of the vault key, of the keyring secret and of every key derived here
VAULT_ID_LENGTH: Final = 16
OFFER_RECOVERY_AFTER: Final = 10  # wrong passphrases

_ATTEMPTS_FILE = "pogingen"
_WAITS = (0, 0, 0, 1, 2, 4, 8, 16, 30)  # seconds before the next attempt, by the number of wrong ones
_FILE_LIMIT = 16 * 1024
_MOST_SLOTS = 8
_SALT_LENGTH, _NONCE_LENGTH, _TAG_LENGTH, _CHECK_LENGTH, _MAC_LENGTH = 16, 12, 16, 8, 32


class Kdf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Argon2id parameters (RFC 9106): memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


KDF_FLOOR: Final = Kdf(memory=64 * 1024, passes=3, lanes=4)  # RFC 9106 section 4, second recommended option
KDF_CEILING: Final = Kdf(memory=1024 * 1024, passes=10, lanes=16)  # more is an attack on the machine
_KDF_STEPS = tuple(
    Kdf(memory=mebibyte * 1024, passes=KDF_FLOOR.passes, lanes=KDF_FLOOR.lanes)
    for mebibyte in (64, 128, 256, 512)
)
_KDF_TARGET = 1.0  # seconds an unlock may take at most on the machine where the slot is made


class SlotKind(enum.StrEnum):
    """What opens a slot."""

    PASSPHRASE_AND_KEYRING = "passphrase+keyring"
    PASSPHRASE = "passphrase"
    RECOVERY_KEY = "recovery-key"


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The vault key sealed under one secret; everything but `nonce` and `sealed` is bound as AAD."""

    id: int
    kind: SlotKind
    kdf: Kdf | None
    salt: bytes
    # Tells a keyring entry that belongs elsewhere from a wrong passphrase. Eight bytes derived from 256 random
    # bits tell nothing about them.
    keyring_check: bytes
    nonce: bytes = b""
    sealed: bytes = b""


class KeySlots(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of a key slots file; `mac` is under the vault key and covers all the rest."""

    version: int
    vault_id: bytes
    trial: bool
    generation: int
    slots: tuple[Slot, ...]
    mac: bytes = b""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of a vault while it is locked."""

    vault_id: bytes
    trial: bool
    needs_keyring: bool
    kdf: Kdf


@dataclass(frozen=True, repr=False)
class Created:
    """A new vault's key, which the caller wipes, and the recovery key, to be shown once (both out of repr)."""

    dek: bytearray
    recovery_key: str


class _Version(msgspec.Struct):
    version: int


class _Attempts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    missed: int
    last: float  # seconds since 1970, by the wall clock: it must survive a restart


class _Found(NamedTuple):
    slots: KeySlots
    damaged: tuple[str, ...]  # names of the copies that are not equal to `slots`


KeyringSecret = Callable[[bytes], bytes | None]


def wipe(buffer: bytearray) -> None:
    """Overwrite a secret in place; whoever holds the same bytearray holds zeros."""
    buffer[:] = bytes(len(buffer))


# ------------------------------------------------------------------------------------- create and open


def create(
    directory: Path,
    vault_id: bytes,
    passphrase: str,
    keyring_secret: bytes | None,
    *,
    trial: bool,
    kdf: Kdf | None = None,
) -> Created:
    """Write the slots of a new vault into `directory` and give its key and recovery key.

    `vault_id` is 16 bytes; `keyring_secret` 32 bytes, or None for a passphrase-only slot. Without `kdf` a trial
    vault takes the floor and a real one what this machine derives within a second. Raises RegelOvertreding for
    a weak passphrase (see `check_passphrase`), KnownError KLUIS_BESTAAT_AL, or a disk error of `write_durably`.
    """
    if len(vault_id) != VAULT_ID_LENGTH:
        raise ValueError("a vault id has 16 bytes")
    check_passphrase(passphrase)
    if any((directory / name).exists() for name in COPIES):
        raise KnownError("KLUIS_BESTAAT_AL")
    dek = _random_key()
    recovery = bytearray(secrets.token_bytes(SECRET_LENGTH))
    try:
        empty = KeySlots(version=FORMAT_VERSION, vault_id=vault_id, trial=trial, generation=0, slots=())
        user = _passphrase_slot(empty, dek, passphrase, keyring_secret, kdf or _kdf_for(trial=trial))
        slots = _with_slots(empty, (user,))
        slots = _with_slots(slots, (user, _recovery_slot(slots, dek, recovery)))
        _write(directory, slots, dek)
        return Created(dek=dek, recovery_key=format_recovery_key(recovery))
    except BaseException:
        wipe(dek)
        raise
    finally:
        wipe(recovery)


def read_header(directory: Path) -> Header:
    """What the slots tell without a key, checked for form and decay only. Raises KnownError as `unlock` does."""
    slots = _read(directory).slots
    newest = max(_passphrase_slots(slots), key=lambda slot: slot.id)
    return Header(
        vault_id=slots.vault_id,
        trial=slots.trial,
        needs_keyring=newest.kind is SlotKind.PASSPHRASE_AND_KEYRING,
        kdf=newest.kdf or KDF_FLOOR,
    )


def unlock(
    directory: Path,
    passphrase: str,
    keyring_secret_for: KeyringSecret,
    *,
    clock: Callable[[], float] = time.time,
) -> bytearray:
    """The vault key (32 bytes, wiped by the caller) for a passphrase and, where the slot asks it, the keyring.

    Raises KnownError:
    SLEUTEL_ONJUIST      the slot does not open, for whatever reason; fact `gemist` counts the attempts;
    SLEUTELBOS_LEEG      the slot needs a keyring secret and there is none (not counted as an attempt);
    SLEUTELBOS_ANDERS    the keyring's secret belongs to another vault or an older slot (not counted);
    SLEUTELS_ONTBREKEN, SLEUTELS_BESCHADIGD, SLEUTELS_NIEUWER, SLEUTELS_GEWIJZIGD   the files themselves.
    How long to wait before calling is `wait_before_attempt`. Repairs a decayed copy from the good one.
    """
    found = _read(directory)
    usable = _usable_slots(found.slots, keyring_secret_for)
    # Counted beforehand: killing the program during the derivation is an attempt too.
    missed = _count_attempt(directory, clock)
    for slot, keyring_secret in usable:
        secret = _passphrase_secret(slot, passphrase, keyring_secret)
        dek = _unseal(found.slots, slot, secret)
        if dek is not None:
            break
    else:
        raise KnownError("SLEUTEL_ONJUIST", gemist=missed)
    _forget_attempts(directory)
    return _settle(directory, found, dek, slot)


def unlock_with_recovery_key(directory: Path, recovery_key: str) -> bytearray:
    """The vault key (32 bytes, wiped by the caller) for the recovery key as typed.

    Raises KnownError HERSTELSLEUTEL_TYPEFOUT (see `parse_recovery_key`), HERSTELSLEUTEL_ONJUIST for a well-formed
    key of another vault, or the file errors of `unlock`. No waiting: 160 bits are not guessed. A wrong key
    changes nothing.
    """
    found = _read(directory)
    secret = parse_recovery_key(recovery_key)
    try:
        for slot in _recovery_slots(found.slots):
            dek = _unseal(found.slots, slot, bytearray(secret))
            if dek is not None:
                _forget_attempts(directory)
                return _settle(directory, found, dek, slot)
    finally:
        wipe(secret)
    raise KnownError("HERSTELSLEUTEL_ONJUIST")


# --------------------------------------------------------------------------------------------- change


def change_passphrase(
    directory: Path,
    dek: bytearray,
    new_passphrase: str,
    keyring_secret: bytes | None,
    *,
    kdf: Kdf | None = None,
) -> None:
    """Let `new_passphrase` (and the keyring secret, or None) open the vault, and nothing older.

    The new slot is written and opened again from disk before the old one leaves both files: at every moment at
    least one of the two passphrases works. Raises RegelOvertreding for a weak passphrase, KnownError
    SLEUTELS_GEWIJZIGD when `dek` is not this vault's key, or a disk error.
    """
    check_passphrase(new_passphrase)
    slots = _read_with_key(directory, dek)
    new = _passphrase_slot(slots, dek, new_passphrase, keyring_secret, kdf or _kdf_for(trial=slots.trial))
    _replace(
        directory,
        dek,
        new,
        {slot.id for slot in _passphrase_slots(slots)},
        lambda: _passphrase_secret(new, new_passphrase, keyring_secret),
    )


def replace_recovery_key(directory: Path, dek: bytearray) -> str:
    """A new recovery key, to be shown once; the old one opens nothing any more. Errors as `change_passphrase`."""
    slots = _read_with_key(directory, dek)
    secret = bytearray(secrets.token_bytes(SECRET_LENGTH))
    try:
        new = _recovery_slot(slots, dek, secret)
        _replace(directory, dek, new, {slot.id for slot in _recovery_slots(slots)}, lambda: bytearray(secret))
        return format_recovery_key(secret)
    finally:
        wipe(secret)


def _replace(
    directory: Path, dek: bytearray, new: Slot, old: set[int], secret_again: Callable[[], bytearray]
) -> None:
    slots = _read_with_key(directory, dek)
    _write(directory, _with_slots(slots, (*slots.slots, new)), dek)
    stored = _read_with_key(directory, dek)
    kept = tuple(slot for slot in stored.slots if slot.id not in old)
    opened = _unseal(stored, next(slot for slot in kept if slot.id == new.id), secret_again())
    if opened is None:
        raise KnownError("SLEUTELS_BESCHADIGD")
    wipe(opened)
    _write(directory, _with_slots(stored, kept), dek)


# ----------------------------------------------------------------------------------- waiting after misses


def missed_attempts(directory: Path) -> int:
    """How many wrong passphrases in a row; from OFFER_RECOVERY_AFTER on, offer the recovery key."""
    return _read_attempts(directory).missed


def wait_before_attempt(directory: Path, *, clock: Callable[[], float] = time.time) -> float:
    """Seconds to wait before the next `unlock`: 0, 0, 0, 1, 2, 4, 8, 16, then 30, less the time already gone.

    A clock that was set back costs the full wait and never more than that.
    """
    attempts = _read_attempts(directory)
    wait = _WAITS[min(attempts.missed, len(_WAITS) - 1)]
    gone = clock() - attempts.last
    return max(0.0, wait - gone) if gone >= 0 else float(wait)


def _read_attempts(directory: Path) -> _Attempts:
    # Unreadable counts as none: whoever can damage this file can also remove it, and the wait is there for the
    # person at the keyboard; against a copied disk Argon2id stands alone.
    content = read_small_file(directory / _ATTEMPTS_FILE, _FILE_LIMIT)
    with suppress(msgspec.DecodeError, RecursionError):
        attempts = msgspec.json.decode(content or b"", type=_Attempts)
        if attempts.missed >= 0:
            return attempts
    return _Attempts(missed=0, last=0.0)


def _count_attempt(directory: Path, clock: Callable[[], float]) -> int:
    missed = _read_attempts(directory).missed + 1
    # A full or read-only disk must not keep the owner out.
    with suppress(KnownError):
        write_durably(directory / _ATTEMPTS_FILE, msgspec.json.encode(_Attempts(missed=missed, last=clock())))
    return missed


def _forget_attempts(directory: Path) -> None:
    with suppress(OSError):
        (directory / _ATTEMPTS_FILE).unlink(missing_ok=True)


# ------------------------------------------------------------------------------------------- derivation


def choose_kdf(seconds_for: Callable[[Kdf], float] | None = None) -> Kdf:
    """The most memory, of 64, 128, 256 and 512 MiB, with which one derivation stays within a second here.

    The cost grows in proportion to memory, so each step is tried only when the previous one foretells that it
    fits. `seconds_for` measures one derivation; the default derives from a fixed passphrase.
    """
    seconds_for = seconds_for or _measure
    chosen = _KDF_STEPS[0]
    taken = seconds_for(chosen)
    for larger in _KDF_STEPS[1:]:
        if taken * larger.memory / chosen.memory > _KDF_TARGET:
            break
        try:
            taken = seconds_for(larger)
        except MemoryError:
            break
        if taken > _KDF_TARGET:
            break
        chosen = larger
    return chosen


def _measure(kdf: Kdf) -> float:
    start = time.perf_counter()
    _argon2id(bytearray(b"a passphrase to measure with"), bytes(_SALT_LENGTH), kdf, bytearray(KEY_LENGTH))
    return time.perf_counter() - start


def _kdf_for(*, trial: bool) -> Kdf:
    # A trial vault holds invented people; quick tests and demos are worth more than its passphrase.
    return KDF_FLOOR if trial else choose_kdf()


def _argon2id(passphrase: bytearray, salt: bytes, kdf: Kdf, into: bytearray) -> None:
    Argon2id(
        salt=salt, length=KEY_LENGTH, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory
    ).derive_into(passphrase, into)


def _hkdf(material: bytes | bytearray, salt: bytes, info: str, length: int = KEY_LENGTH) -> bytearray:
    key = bytearray(length)
    HKDF(algorithm=SHA256(), length=length, salt=salt, info=info.encode("ascii")).derive_into(material, key)
    return key


def _random_key() -> bytearray:
    # Two draws, so that no immutable object, which cannot be wiped, ever holds the key itself.
    pairs = zip(secrets.token_bytes(KEY_LENGTH), secrets.token_bytes(KEY_LENGTH), strict=True)
    return bytearray(one ^ other for one, other in pairs)


def _keyring_check(keyring_secret: bytes, vault_id: bytes) -> bytes:
    return bytes(_hkdf(keyring_secret, vault_id, "voordeur/keyring-check/v1", _CHECK_LENGTH))


def _passphrase_secret(slot: Slot, passphrase: str, keyring_secret: bytes | None) -> bytearray:
    """Input of the slot's HKDF: PK, with the keyring secret behind it where the slot asks that."""
    assert slot.kdf is not None  # noqa: S101 - `_fault` refuses a passphrase slot without parameters
    text, key = passphrase_bytes(passphrase), bytearray(KEY_LENGTH)
    try:
        _argon2id(text, slot.salt, slot.kdf, key)
    except MemoryError as error:
        raise KnownError("TE_WEINIG_GEHEUGEN", mib=slot.kdf.memory // 1024) from error
    finally:
        wipe(text)
    if keyring_secret is None:
        return key
    secret = bytearray(2 * KEY_LENGTH)
    secret[:KEY_LENGTH], secret[KEY_LENGTH:] = key, keyring_secret
    wipe(key)
    return secret


# ----------------------------------------------------------------------------------------------- slots


def _passphrase_slot(
    slots: KeySlots, dek: bytearray, passphrase: str, keyring_secret: bytes | None, kdf: Kdf
) -> Slot:
    if keyring_secret is not None and len(keyring_secret) != KEY_LENGTH:
        raise ValueError("a keyring secret has 32 bytes")
    slot = Slot(
        id=_next_id(slots),
        kind=SlotKind.PASSPHRASE if keyring_secret is None else SlotKind.PASSPHRASE_AND_KEYRING,
        kdf=kdf,
        salt=secrets.token_bytes(_SALT_LENGTH),
        keyring_check=b"" if keyring_secret is None else _keyring_check(keyring_secret, slots.vault_id),
    )
    return _seal(slots, slot, dek, _passphrase_secret(slot, passphrase, keyring_secret))


def _recovery_slot(slots: KeySlots, dek: bytearray, recovery: bytearray) -> Slot:
    slot = Slot(
        id=_next_id(slots),
        kind=SlotKind.RECOVERY_KEY,
        kdf=None,
        salt=secrets.token_bytes(_SALT_LENGTH),
        keyring_check=b"",
    )
    return _seal(slots, slot, dek, bytearray(recovery))


def _seal(slots: KeySlots, slot: Slot, dek: bytearray, secret: bytearray) -> Slot:
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    key = _slot_key(slots, slot, secret)
    try:
        sealed = AESGCM(key).encrypt(nonce, dek, _associated(slots, slot))
    finally:
        wipe(key)
        wipe(secret)
    return msgspec.structs.replace(slot, nonce=nonce, sealed=sealed)


def _unseal(slots: KeySlots, slot: Slot, secret: bytearray) -> bytearray | None:
    """The vault key, or None when the tag does not fit; wipes `secret`."""
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
    # The salt of HKDF is the vault id: equal secrets make different keys in different vaults.
    return _hkdf(secret, slots.vault_id, f"voordeur/slot-{slot.kind.value}/v1")


def _associated(slots: KeySlots, slot: Slot) -> bytes:
    bare = msgspec.structs.replace(slot, nonce=b"", sealed=b"")
    return msgspec.json.encode(("voordeur/sleutels", slots.version, slots.vault_id, slots.trial, bare))


def _next_id(slots: KeySlots) -> int:
    return max((slot.id for slot in slots.slots), default=0) + 1


def _with_slots(slots: KeySlots, chosen: Iterable[Slot]) -> KeySlots:
    return msgspec.structs.replace(slots, slots=tuple(chosen))


def _passphrase_slots(slots: KeySlots) -> list[Slot]:
    return [slot for slot in slots.slots if slot.kind is not SlotKind.RECOVERY_KEY]


def _recovery_slots(slots: KeySlots) -> list[Slot]:
    return [slot for slot in slots.slots if slot.kind is SlotKind.RECOVERY_KEY]


def _usable_slots(slots: KeySlots, keyring_secret_for: KeyringSecret) -> list[tuple[Slot, bytes | None]]:
    """The passphrase slots, newest first, with the keyring secret each needs; the keyring is asked once."""
    usable: list[tuple[Slot, bytes | None]] = []
    candidates = sorted(_passphrase_slots(slots), key=lambda slot: slot.id, reverse=True)
    bound = [slot for slot in candidates if slot.kind is SlotKind.PASSPHRASE_AND_KEYRING]
    keyring_secret = keyring_secret_for(slots.vault_id) if bound else None
    check = _keyring_check(keyring_secret, slots.vault_id) if keyring_secret is not None else b""
    for slot in candidates:
        if slot.kind is SlotKind.PASSPHRASE:
            usable.append((slot, None))
        elif hmac.compare_digest(check, slot.keyring_check):
            usable.append((slot, keyring_secret))
    if not usable:
        raise KnownError("SLEUTELBOS_LEEG" if keyring_secret is None else "SLEUTELBOS_ANDERS")
    return usable


# ------------------------------------------------------------------------------------------- the two files


def _read(directory: Path) -> _Found:
    """The newest good copy, and which copies are not equal to it.

    Raises KnownError SLEUTELS_ONTBREKEN, SLEUTELS_BESCHADIGD (no copy is good), or SLEUTELS_NIEUWER (a copy
    was written by a newer program; then neither is touched).
    """
    contents = {name: read_small_file(directory / name, _FILE_LIMIT) for name in COPIES}
    copies = {name: _parse(content) for name, content in contents.items() if content is not None}
    good = [slots for slots in copies.values() if slots is not None]
    if not good:
        absent = not any((directory / name).exists() for name in COPIES)
        raise KnownError("SLEUTELS_ONTBREKEN" if absent else "SLEUTELS_BESCHADIGD")
    best = max(good, key=lambda slots: slots.generation)  # of equals the first: copy A
    return _Found(best, tuple(name for name in COPIES if copies.get(name) != best))


def _read_with_key(directory: Path, dek: bytearray) -> KeySlots:
    slots = _read(directory).slots
    _verify_mac(slots, dek)
    return slots


def _parse(content: bytes) -> KeySlots | None:
    """The slots in one file, or None when it decayed or asks for something this program never writes."""
    line, _, digest = content.partition(b"\n")
    if not hmac.compare_digest(_digest(line), digest):
        return None
    try:
        if msgspec.json.decode(line, type=_Version).version > FORMAT_VERSION:
            raise KnownError("SLEUTELS_NIEUWER")
        slots = msgspec.json.decode(line, type=KeySlots)
    except (msgspec.DecodeError, RecursionError):
        return None
    canonical = msgspec.json.encode(slots) == line
    return slots if canonical and _well_formed(slots) else None


def _well_formed(slots: KeySlots) -> bool:
    ids = [slot.id for slot in slots.slots]
    return (
        slots.version == FORMAT_VERSION
        and slots.generation > 0
        and len(slots.vault_id) == VAULT_ID_LENGTH
        and len(slots.mac) == _MAC_LENGTH
        and len(ids) == len(set(ids)) <= _MOST_SLOTS
        and bool(_passphrase_slots(slots))
        and all(_slot_well_formed(slot) for slot in slots.slots)
    )


def _slot_well_formed(slot: Slot) -> bool:
    sizes = (len(slot.salt), len(slot.nonce), len(slot.sealed), len(slot.keyring_check))
    bound = slot.kind is SlotKind.PASSPHRASE_AND_KEYRING
    expected = (_SALT_LENGTH, _NONCE_LENGTH, KEY_LENGTH + _TAG_LENGTH, _CHECK_LENGTH if bound else 0)
    if slot.id < 1 or sizes != expected:
        return False
    if slot.kdf is None or slot.kind is SlotKind.RECOVERY_KEY:
        return slot.kdf is None and slot.kind is SlotKind.RECOVERY_KEY
    # Below the floor is a downgrade, above the ceiling an attack on this machine's memory or patience.
    return (
        KDF_FLOOR.memory <= slot.kdf.memory <= KDF_CEILING.memory
        and KDF_FLOOR.passes <= slot.kdf.passes <= KDF_CEILING.passes
        and KDF_FLOOR.lanes <= slot.kdf.lanes <= KDF_CEILING.lanes
    )


def _write(directory: Path, slots: KeySlots, dek: bytearray) -> KeySlots:
    """Write both copies, A first, as the next generation. A crash between them leaves A the newer one."""
    unsigned = msgspec.structs.replace(slots, generation=slots.generation + 1, mac=b"")
    signed = msgspec.structs.replace(unsigned, mac=_mac(unsigned, dek))
    content = _file_content(signed)
    for name in COPIES:
        write_durably(directory / name, content)
    return signed


def _settle(directory: Path, found: _Found, dek: bytearray, opened: Slot) -> bytearray:
    """Check the MAC, finish or undo an interrupted change, repair a decayed copy; gives `dek` back.

    Two slots of one sort remain when a change of passphrase was cut off. The one that opens is the one its owner
    knows, so the other goes.
    """
    try:
        _verify_mac(found.slots, dek)
    except KnownError:
        wipe(dek)
        raise
    rivals = (
        _recovery_slots(found.slots)
        if opened in _recovery_slots(found.slots)
        else _passphrase_slots(found.slots)
    )
    kept = tuple(slot for slot in found.slots.slots if slot == opened or slot not in rivals)
    # The vault opens even when the disk refuses this; the next unlock tries again.
    with suppress(KnownError):
        if kept != found.slots.slots:
            _write(directory, _with_slots(found.slots, kept), dek)
            log.warning("an interrupted change of the key slots was settled")
        else:
            for name in found.damaged:
                write_durably(directory / name, _file_content(found.slots))
                log.warning("the key slots file %s was repaired from its copy", name)
    return dek


def _file_content(slots: KeySlots) -> bytes:
    line = msgspec.json.encode(slots)
    return line + b"\n" + _digest(line)


def _digest(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=32).hexdigest().encode("ascii")


def _mac(slots: KeySlots, dek: bytearray) -> bytes:
    key = _hkdf(dek, slots.vault_id, "voordeur/sleutels-mac/v1")
    try:
        return hmac.digest(key, msgspec.json.encode(msgspec.structs.replace(slots, mac=b"")), "sha256")
    finally:
        wipe(key)


def _verify_mac(slots: KeySlots, dek: bytearray) -> None:
    if not hmac.compare_digest(_mac(slots, dek), slots.mac):
        raise KnownError("SLEUTELS_GEWIJZIGD")
