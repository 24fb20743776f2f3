"""Whether the resident of a new signal is known at schuldhulpverlening, by the lists that the municipality gave."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from uuid import UUID

from db.model.codes import Bekendheid
from db.model.gebeurtenis import BekendOpLijst
from db.model.inwoner import Inwoner
from db.model.kenmerken import kenmerken
from db.model.signaal import Signaal
from db.queries import bekenden as queries
from desktop.casework.kalender import lokale_datum

HASH_BYTES = 16


def hashes(inwoner: Inwoner, sleutel: bytes) -> set[bytes]:
    """Under what somebody stands in a list: birth date and first initial with each family name, and with the home.

    Spelled as `db.model.kenmerken` spells it, so that diacritics, voorvoegsels and partners' names do not matter.
    """
    of = kenmerken(inwoner, "")
    who = f"{of.geboren}\n{of.voorletters[:1]}"
    told = [f"naam\n{who}\n{name}" for name in of.namen.split()]
    if of.postcode and of.huisnummer:
        told.append(f"huis\n{who}\n{of.postcode}\n{of.huisnummer}")
    return {hashlib.blake2b(each.encode(), key=sleutel, digest_size=HASH_BYTES).digest() for each in told}


class Opgezocht:
    """What the lists say about the residents of new signals."""

    def __init__(self, connection: sqlite3.Connection, signalen: Sequence[Signaal]) -> None:
        self._lijsten = queries.lijsten(connection)
        self._found: dict[UUID, list[BekendOpLijst]] = {}
        for lijst in self._lijsten:
            asked = {signaal.dossier: hashes(signaal.inwoner, lijst.sleutel) for signaal in signalen}
            hits = queries.treffers(connection, lijst.naam, set().union(*asked.values()))
            hit = BekendOpLijst(lijst=lijst.naam, geladen_op=lokale_datum(lijst.geladen_op))
            for dossier, keys in asked.items():
                if not keys.isdisjoint(hits):
                    self._found.setdefault(dossier, []).append(hit)

    def schuldhulp(self, signaal: UUID) -> Bekendheid:
        """Yes when a list knows the resident, no when none does, and unknown where there is no list."""
        if signaal in self._found:
            return Bekendheid.JA
        return Bekendheid.NEE if self._lijsten else Bekendheid.ONBEKEND

    def treffers(self, signaal: UUID) -> Sequence[BekendOpLijst]:
        """What is recorded beside the signal: by which lists, and when these were loaded."""
        return self._found.get(signaal, ())
