"""What the window can do with a vault while it is locked: open it, make it, or choose another passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db.model.codes import Rol
from desktop.ui.tasks import Opener


@dataclass(frozen=True)
class NewVault:
    """What somebody fills in for a first vault. `gemeente` is a GM code; `passphrase` opens it."""

    naam: str
    gemeente: str
    rol: Rol
    proef: bool
    passphrase: str


@dataclass(frozen=True)
class Door:
    """The vault of this window from outside; every function runs off the UI thread and may raise VoordeurError.

    `exists` tells whether there is a vault at all; `create` makes one and gives its recovery key; `recover` takes the
    recovery key and a new passphrase.
    """

    unlock: Opener
    exists: Callable[[], bool]
    create: Callable[[NewVault], str]
    recover: Callable[[str, str], None]
