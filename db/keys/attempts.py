"""Waiting after wrong passphrases: a count beside the vault that survives a restart and a clock set back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from db.durable import read_small_file, write_durably
from db.errors import KnownError

OFFER_RECOVERY_AFTER: Final = 10  # wrong passphrases
_FILE = "pogingen"
_LIMIT = 256  # bytes
_WAITS = (0, 0, 0, 1, 2, 4, 8, 16, 30)  # seconds before the next attempt, by the number of wrong ones


class _Attempts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    missed: int
    last: float  # seconds since 1970


def missed_attempts(directory: Path) -> int:
    """How many wrong passphrases in a row; from OFFER_RECOVERY_AFTER on, offer the recovery key."""
    return _read(directory).missed


def wait_before_attempt(directory: Path, *, clock: Callable[[], float] = time.time) -> float:
    """Seconds to wait before the next attempt: 0, 0, 0, 1, 2, 4, 8, 16, then 30, less the time already gone.

    A clock that was set back costs the full wait and never more than that.
    """
    attempts = _read(directory)
    wait = _WAITS[min(attempts.missed, len(_WAITS) - 1)]
    gone = clock() - attempts.last
    return max(0.0, wait - gone) if gone >= 0 else float(wait)


def count_attempt(directory: Path, clock: Callable[[], float]) -> int:
    """The new count, written before the attempt is made, so that killing the program does not undo it."""
    missed = _read(directory).missed + 1
    # A full or read-only disk must not keep the owner out.
    with suppress(KnownError):
        write_durably(directory / _FILE, msgspec.json.encode(_Attempts(missed=missed, last=clock())))
    return missed


def forget_attempts(directory: Path) -> None:
    """Start again from nought, after the vault opened."""
    with suppress(OSError):
        (directory / _FILE).unlink(missing_ok=True)


def _read(directory: Path) -> _Attempts:
    # Unreadable counts as none: whoever can damage this file can remove it as well. The wait is meant for the
    # person at the keyboard; against a copied disk Argon2id stands alone.
    content = read_small_file(directory / _FILE, _LIMIT)
    with suppress(msgspec.DecodeError):
        attempts = msgspec.json.decode(content or b"", type=_Attempts)
        if attempts.missed >= 0:
            return attempts
    return _Attempts(missed=0, last=0.0)
