"""Load a list of who is known at schuldhulpverlening: each row becomes keyed hashes, and is kept in no other way."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from db.errors import KnownError
from db.model.inwoner import Inwoner
from db.queries import bekenden as queries
from db.vault import Vault
from desktop.casework.bekenden import hashes
from desktop.intake import bestand, csv_reader, tabel
from desktop.intake.bestand import Soort
from desktop.intake.invoer import too_many_rows
from desktop.intake.profiel import plain
from desktop.intake.velden import MAXIMA, parse_datum

VELDEN = ("achternaam", "geboortedatum", "voorletters", "postcode", "huisnummer")
"""The columns that are read; the first two must be there. All others are passed over unread."""
_VERPLICHT = VELDEN[:2]
_SLEUTEL_BYTES = 32


class Geladen(msgspec.Struct, frozen=True, kw_only=True):
    """What a list came to: its rows, and those without a name or a birth date that can be read."""

    lijst: str
    rijen: int
    onleesbaar: int


class Gehasht(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is kept: the hashes of its people under a key of 32 random bytes, and how many rows it had."""

    sleutel: bytes
    hashes: frozenset[bytes]
    rijen: int
    onleesbaar: int


def load(vault: Vault, path: Path, naam: str) -> Geladen:
    """Take the place of the list of this name with the people in a CSV file; signals from now on are held against it.

    Raises:
        KnownError: as `hashed` and `keep` say; nothing was changed then.
    """
    return keep(vault, naam=naam, gehasht=hashed(path))


def hashed(path: Path) -> Gehasht:
    """Read a CSV file; needs no vault, and may take seconds for the longest.

    Raises:
        KnownError: what `bestand.read_file` and `csv_reader.regels` raise, ONBEKEND_FORMAAT for what is no text,
            KOLOM_ONTBREEKT, KOLOM_DUBBEL, TE_VEEL_RIJEN, LIJST_ZONDER_MENSEN when no row can be read: it would
            make everybody unknown.
    """
    sleutel = secrets.token_bytes(_SLEUTEL_BYTES)
    found = [_keys(inwoner, sleutel) for inwoner in read(bestand.read_file(path))]
    if not any(found):
        raise KnownError("LIJST_ZONDER_MENSEN", plaats="")
    return Gehasht(sleutel=sleutel, hashes=frozenset().union(*found), rijen=len(found), onleesbaar=found.count(set()))


def keep(vault: Vault, *, naam: str, gehasht: Gehasht) -> Geladen:
    """Take the place of the list of this name.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone.
    """
    queries.replace(vault.connection, queries.Lijst(naam, gehasht.sleutel, vault.clock()), gehasht.hashes)
    return Geladen(lijst=naam, rijen=gehasht.rijen, onleesbaar=gehasht.onleesbaar)


def read(content: bytes) -> Iterator[Inwoner | None]:
    """The people in a list, as far as they are compared; None for a row that cannot be read.

    Raises:
        KnownError: as `load` says, while reading on.
    """
    if bestand.kind_of(content) is not Soort.TEKST:
        raise KnownError("ONBEKEND_FORMAAT", plaats="geen CSV")
    regels, _ = csv_reader.regels(content)
    places, width = _columns(tabel.header_of(regels, tabel.EIGEN_INDELING))
    for count, (_, cells) in enumerate(regels, 1):
        too_many_rows(count)
        # With more cells than columns something stands in the wrong one.
        fits = not any(cells[width:])
        yield (
            _person({name: str(cells[at]).strip() for name, at in places.items() if at < len(cells)}) if fits else None
        )


def _columns(header: Sequence[object]) -> tuple[dict[str, int], int]:
    titles = [plain(str(title)) for title in header]
    places = {name: titles.index(name) for name in VELDEN if name in titles}
    if missing := [name for name in _VERPLICHT if name not in places]:
        raise KnownError("KOLOM_ONTBREEKT", plaats=f"kolom {', '.join(missing)}")
    if double := [name for name in places if titles.count(name) > 1]:
        raise KnownError("KOLOM_DUBBEL", plaats=f"kolom {', '.join(double)}")
    return places, len(titles)


def _keys(inwoner: Inwoner | None, sleutel: bytes) -> set[bytes]:
    """Under what somebody is found; nothing for a name without a single letter, and then the row tells nothing."""
    return set() if inwoner is None else hashes(inwoner, sleutel)


def _person(texts: dict[str, str]) -> Inwoner | None:
    geboren = parse_datum(texts.get("geboortedatum", ""))
    if geboren is None or not texts.get("achternaam") or any(len(text) > MAXIMA[name] for name, text in texts.items()):
        return None
    return Inwoner(
        voorletters=texts.get("voorletters", ""),
        achternaam=texts["achternaam"],
        geboortedatum=geboren,
        straatnaam="",
        huisnummer=texts.get("huisnummer", ""),
        postcode=texts.get("postcode", "").replace(" ", "").upper(),
        plaatsnaam="",
    )
