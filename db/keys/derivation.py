"""Keys out of secrets: Argon2id for what a person knows, HKDF for what is random, and wiping both."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Final

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import KnownError

KEY_LENGTH: Final = 32  # of the vault key, of the keyring secret and of every key derived here
SALT_LENGTH: Final = 16


class Kdf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Argon2id parameters (RFC 9106): memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int

    def acceptable(self) -> bool:
        """Whether a slot may ask this: less is a downgrade, more an attack on memory or patience."""
        return (
            KDF_FLOOR.memory <= self.memory <= KDF_CEILING.memory
            and KDF_FLOOR.passes <= self.passes <= KDF_CEILING.passes
            and KDF_FLOOR.lanes <= self.lanes <= KDF_CEILING.lanes
        )


KDF_FLOOR: Final = Kdf(memory=64 * 1024, passes=3, lanes=4)  # RFC 9106 section 4, second recommended option
KDF_CEILING: Final = Kdf(memory=1024 * 1024, passes=10, lanes=16)
_STEPS: Final = tuple(Kdf(memory=mib * 1024, passes=3, lanes=4) for mib in (64, 128, 256, 512))
_LONGEST: Final = 1.0  # seconds one derivation may take on the machine where a slot is made


def choose_kdf(seconds_for: Callable[[Kdf], float] | None = None) -> Kdf:
    """The most memory, of 64, 128, 256 and 512 MiB, with which one derivation stays within a second here.

    The cost grows in proportion to memory, so a step is tried only when the one before foretells that it
    fits. `seconds_for` measures one derivation; by default a real one, of a fixed passphrase.
    """
    seconds_for = seconds_for or _measure
    chosen = _STEPS[0]
    taken = seconds_for(chosen)
    for larger in _STEPS[1:]:
        if taken * larger.memory / chosen.memory > _LONGEST:
            break
        try:
            taken = seconds_for(larger)
        except KnownError:  # not that much memory here
            break
        if taken > _LONGEST:
            break
        chosen = larger
    return chosen


def _measure(kdf: Kdf) -> float:
    start = time.perf_counter()
    derive_from_passphrase(bytearray(b"a passphrase to measure with"), bytes(SALT_LENGTH), kdf)
    return time.perf_counter() - start


def derive_from_passphrase(passphrase: bytearray, salt: bytes, kdf: Kdf) -> bytearray:
    """The 32-byte Argon2id key of UTF-8 `passphrase`. Raises KnownError TE_WEINIG_GEHEUGEN (fact `mib`)."""
    key = bytearray(KEY_LENGTH)
    argon2id = Argon2id(salt=salt, length=KEY_LENGTH, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory)
    try:
        # Any buffer will do, although the stub says bytes; a bytes object could not be wiped.
        argon2id.derive_into(passphrase, key)  # type: ignore[arg-type]
    except MemoryError as error:
        raise KnownError("TE_WEINIG_GEHEUGEN", mib=kdf.memory // 1024) from error
    return key


def hkdf(material: bytes | bytearray, salt: bytes, purpose: str, length: int = KEY_LENGTH) -> bytearray:
    """`length` bytes of HKDF-SHA256 (RFC 5869); `purpose` is the ASCII info that keeps keys apart."""
    key = bytearray(length)
    HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose.encode("ascii")).derive_into(material, key)
    return key


def random_key() -> bytearray:
    """32 random bytes that no immutable object, which cannot be wiped, has ever held: two draws, combined."""
    draws = zip(secrets.token_bytes(KEY_LENGTH), secrets.token_bytes(KEY_LENGTH), strict=True)
    return bytearray(one ^ other for one, other in draws)


def wipe(buffer: bytearray) -> None:
    """Overwrite a secret in place; whoever holds the same bytearray holds zeros."""
    buffer[:] = bytes(len(buffer))
