"""Filters that a worker saved, and the columns they hid: kept in the vault beside the log, as JSON in one place."""

from __future__ import annotations

import msgspec

from db.queries import concepten
from db.queries.werklijst import Keuze
from db.vault import Vault

PLEK = "lijst:werkvoorraad"


class Bewaard(msgspec.Struct, frozen=True, kw_only=True):
    """A filter with the name it was given. `binnen_dagen` counts from the day on which it is used; None is any term."""

    naam: str
    keuze: Keuze
    binnen_dagen: int | None = None


class Lijststand(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody left the list: saved filters by name, and the numbers of hidden columns."""

    bewaard: tuple[Bewaard, ...] = ()
    verborgen: tuple[int, ...] = ()


def load(vault: Vault) -> Lijststand:
    """What was kept, or nothing kept; a shape of another program version counts as nothing."""
    text = concepten.read(vault.connection, PLEK)
    try:
        return msgspec.json.decode(text, type=Lijststand) if text else Lijststand()
    except msgspec.DecodeError:
        return Lijststand()


def save(vault: Vault, stand: Lijststand) -> None:
    """Keep it."""
    concepten.save(vault.connection, PLEK, msgspec.json.encode(stand).decode(), vault.clock())
