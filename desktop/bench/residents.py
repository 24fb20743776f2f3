"""Invented residents and signals by number: the same number is the same person, and no phone reaches anybody.

Their phone numbers begin with 099, which the numbering plan gives to nobody.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from db.model.bedrag import Bedrag, decimal
from db.model.codes import Signaalpartner
from db.model.inwoner import Inwoner
from db.model.signaal import Signaal

GEMEENTE = "0014"
BRON = "Centraal Meldpunt"
FIRST_DAY = date(2024, 5, 6)

# One in three has a name that many have; one such name in eight has letters beyond ASCII, as in a large city.
_NAMEN = (
    ("", "Yıldız"), ("", "Jansen"), ("de", "Vries"), ("van der", "Meer"), ("", "Bakker"), ("", "Visser"),
    ("van", "IJzendoorn"), ("", "Smit"), ("", "Łukaszewicz"), ("van den", "Berg"), ("", "Meijer"), ("de", "Boer"),
    ("in 't", "Veld"), ("", "Mulder"), ("", "Bos"), ("", "Peña-Núñez"), ("", "Hendriks"), ("ten", "Hoor"),
    ("", "Dekker"), ("", "O'Brien"), ("", "Dijkstra"), ("", "Brouwer"), ("de", "Wit"), ("", "Kok"),
)  # fmt: skip
# The others have one of two thousand that are put together, so that there is something to search among.
_BEGIN = (
    "Aal", "Beek", "Bloem", "Boom", "Broek", "Dam", "Doorn", "Duin", "Els", "Geest", "Goud", "Graaf", "Haan", "Heide",
    "Hoek", "Hout", "Kamp", "Kerk", "Klein", "Kuip", "Land", "Linde", "Loon", "Maas", "Molen", "Nieuw", "Noord", "Oost",
    "Paard", "Poel", "Raad", "Riet", "Rijn", "Roos", "Scheep", "Schoon", "Sloot", "Spijk", "Steen", "Sterk", "Tol",
    "Veen", "Vlas", "Water", "West", "Wild", "Winter", "Zand",
)  # fmt: skip
_END = (
    "akker", "berg", "boer", "bosch", "brink", "burg", "daal", "dijk", "enaar", "enga", "eveld", "gaarde", "ga", "haar",
    "haus", "hof", "horst", "huizen", "ing", "inga", "kamp", "kema", "laan", "loo", "ma", "man", "meester", "oever",
    "oord", "ring", "rode", "sma", "stee", "stra", "stroom", "tjes", "veen", "veld", "vliet", "voort", "water", "wijk",
)  # fmt: skip
_WEGEN = ("straat", "weg", "laan", "plein", "kade", "hof", "singel", "dreef")
_LETTERS = "ABCDEFGHIJKLMNOPRSTVW"
_STRATEN = ("Oosterstraat", "Korreweg", "Prinsesseweg", "J.P. Coenstraat", "1e Drift", "Gelkingestraat", "Kerklaan")
_BORN, _DAYS = date(1931, 1, 1), 25_561  # a prime number of days, seventy years of them: people share few
_SOORTEN = ("wmo-abonnementstarief", "wmo-beschermd-wonen", "wlz")


def inwoner(number: int) -> Inwoner:
    """Resident `number`."""
    voorvoegsel, achternaam = _NAMEN[number // 3 % len(_NAMEN)] if number % 3 == 0 else ("", _family(number))
    letters = _LETTERS[number % len(_LETTERS)], _LETTERS[number // 21 % len(_LETTERS)]
    return Inwoner(
        voorletters=f"{letters[0]}.{letters[1]}.",
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        geboortedatum=_BORN + timedelta(days=number * 7919 % _DAYS),
        straatnaam=_street(number),
        huisnummer=str(number % 250 + 1),
        huisnummertoevoeging="B" if number % 9 == 0 else "",
        postcode=f"97{10 + number % 50}N{_LETTERS[number % len(_LETTERS)]}",
        plaatsnaam="Groningen",
        telefoonnummer=f"099-{number % 10_000_000:07d}" if number % 8 else "",
    )


def _family(number: int) -> str:
    rest, begin = divmod(number * 7919, len(_BEGIN))
    return _BEGIN[begin] + _END[rest % len(_END)]


def _street(number: int) -> str:
    rest, begin = divmod(number * 6007, len(_BEGIN) + 1)
    return _BEGIN[begin] + _WEGEN[rest % len(_WEGEN)] if begin < len(_BEGIN) else _STRATEN[rest % len(_STRATEN)]


def signaal(number: int, received: date = FIRST_DAY) -> Signaal:
    """The signal about resident `number`, dated the day before it is received; the law admits it."""
    return Signaal(
        id=f"CM-{number:08d}",
        bron=BRON,
        signaalpartner=Signaalpartner.CAK_EIGEN_BIJDRAGE,
        soort=_SOORTEN[number % len(_SOORTEN)],
        signaaldatum=received - timedelta(days=1),
        ontstaansdatum=received - timedelta(days=200 + number % 100),
        bedrag=Bedrag(150_00 + number % 900_00),
        klantnummer=str(40_000_000 + number),
        inwoner=inwoner(number),
    )


def json_file(count: int) -> bytes:
    """A signaalbestand of `count` signals."""
    signalen = [_flat(signaal(number)) for number in range(count)]
    levering = {"id": "CM-2024-02-0014", "gemeentecode": GEMEENTE, "bron": BRON}
    found = {"formaat": "signaalbestand/1", "levering": levering, "signalen": signalen}
    return json.dumps(found, ensure_ascii=False).encode()


def csv_file(count: int, first: int = 0) -> bytes:
    """So many signals as a table with semicolons, the first about resident `first`."""
    return table(signaal(number) for number in range(first, first + count))


def table(signalen: Iterable[Signaal]) -> bytes:
    """Signals as a table with semicolons."""
    target = io.StringIO(newline="")
    fields = ("id", "signaalpartner", "soort", "signaaldatum", "ontstaansdatum", "bedrag", "klantnummer")
    writer = csv.DictWriter(
        target, [*fields, *Inwoner.__struct_fields__], delimiter=";", lineterminator="\r\n", restval=""
    )
    writer.writeheader()
    for found in signalen:
        row = _flat(found)
        writer.writerow(row | row.pop("inwoner"))
    return target.getvalue().encode()


def _flat(found: Signaal) -> dict[str, Any]:
    """A signal as a file writes it: the amount in euros."""
    row: dict[str, Any] = msgspec.to_builtins(found)
    del row["bron"]
    return row | {"bedrag": decimal(found.bedrag)}
