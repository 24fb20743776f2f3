"""Identifiers: UUIDv7 for what happens, UUIDv5 for what two laptops must agree on (RFC 9562)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

NAMESPACE = UUID("5b0f2c9e-7a52-4f6e-9a53-0d6f5d1c8a41")
"""The namespace of every UUIDv5 of this program."""

IdFactory = Callable[[], UUID]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's clock, aware and in UTC."""
    return datetime.now(UTC)


def milliseconds(instant: datetime) -> int:
    """Whole milliseconds since 1970, UTC; the form in which the vault keeps an instant."""
    return int(instant.timestamp() * 1000)


def instant(ms: int) -> datetime:
    """The aware UTC instant of a number of milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def uuid7(clock: Clock = utc_now) -> UUID:
    """A UUIDv7: sorts by the moment it was made, 74 random bits."""
    value = milliseconds(clock()) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def uuid5(namespace: UUID, name: str) -> UUID:
    """`uuid.uuid5`, without its detour through a generic constructor (it runs once per row read)."""
    digest = hashlib.sha1(namespace.bytes + name.encode(), usedforsecurity=False).digest()
    value = int.from_bytes(digest[:16], "big")
    value = value & ~(0xF << 76) | 0x5 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
