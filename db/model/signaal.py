"""A signal: one arrear of one resident, as the CAK reports it through the Centraal Meldpunt."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from uuid import UUID

import msgspec

from db.model.bedrag import Bedrag
from db.model.codes import Signaalpartner
from db.model.ids import NAMESPACE, uuid5
from db.model.inwoner import Inwoner

_encode = msgspec.json.Encoder(order="deterministic").encode


class Signaal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One signal, all fields checked. `id` is the source's own; `soort` a slug of `resources/rules`."""

    id: str
    bron: str
    signaalpartner: Signaalpartner
    soort: str
    signaaldatum: date
    ontstaansdatum: date
    bedrag: Bedrag
    klantnummer: str
    inwoner: Inwoner

    @property
    def dossier(self) -> UUID:
        """The signal's own dossier: two laptops that read the same signal agree on it."""
        return signaal_id(self.bron, self.id)

    def vingerafdruk(self) -> bytes:
        """16 bytes that differ when any field differs; tells a repeated row from a changed one."""
        return hashlib.blake2b(_encode(self), digest_size=16).digest()


@lru_cache(maxsize=50_000)
def signaal_id(bron: str, extern_id: str) -> UUID:
    """UUIDv5 (RFC 9562) of source and id."""
    return uuid5(NAMESPACE, f"signaal\n{bron}\n{extern_id}")


def zaak_id(signaal: UUID) -> UUID:
    """A zaak's id follows from its first signal, so that two laptops make the same zaak."""
    return uuid5(NAMESPACE, f"zaak\n{signaal.hex}")


def inwoner_id(bron: str, klantnummer: str, geboortedatum: date) -> UUID:
    """The certain match between signals of one resident: the same customer number and birth date."""
    return uuid5(NAMESPACE, f"inwoner\n{bron}\n{klantnummer}\n{geboortedatum.isoformat()}")
