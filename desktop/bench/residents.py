"""Invented residents and signals by number: the same number is the same person, and no phone reaches anybody."""

from __future__ import annotations

import csv
import io
import json
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

# One name in eight with letters beyond ASCII: about what a large city has.
_NAMEN = (
    ("", "Yıldız"), ("", "Jansen"), ("de", "Vries"), ("van der", "Meer"), ("", "Bakker"), ("", "Visser"),
    ("van", "IJzendoorn"), ("", "Smit"), ("", "Łukaszewicz"), ("van den", "Berg"), ("", "Meijer"), ("de", "Boer"),
    ("in 't", "Veld"), ("", "Mulder"), ("", "Bos"), ("", "Peña-Núñez"), ("", "Hendriks"), ("ten", "Hoor"),
    ("", "Dekker"), ("", "O'Brien"), ("", "Dijkstra"), ("", "Brouwer"), ("de", "Wit"), ("", "Kok"),
)  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPRSTVW"
_STRATEN = ("Oosterstraat", "Korreweg", "Prinsesseweg", "J.P. Coenstraat", "1e Drift", "Gelkingestraat", "Kerklaan")
_SOORTEN = ("wmo-abonnementstarief", "wmo-beschermd-wonen", "wlz")


def inwoner(number: int) -> Inwoner:
    """Resident `number`."""
    voorvoegsel, achternaam = _NAMEN[number % len(_NAMEN)]
    letters = _LETTERS[number % len(_LETTERS)], _LETTERS[number // 21 % len(_LETTERS)]
    return Inwoner(
        voorletters=f"{letters[0]}.{letters[1]}.",
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        geboortedatum=date(1931 + number % 70, number % 12 + 1, number % 28 + 1),
        straatnaam=_STRATEN[number % len(_STRATEN)],
        huisnummer=str(number % 250 + 1),
        huisnummertoevoeging="B" if number % 9 == 0 else "",
        postcode=f"97{10 + number % 50}N{_LETTERS[number % len(_LETTERS)]}",
        plaatsnaam="Groningen",
        telefoonnummer=f"050-55501{number % 100:02d}" if number % 8 else "",
    )


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


def csv_file(count: int) -> bytes:
    """The same signals as a table with semicolons."""
    target = io.StringIO(newline="")
    fields = ("id", "signaalpartner", "soort", "signaaldatum", "ontstaansdatum", "bedrag", "klantnummer")
    writer = csv.DictWriter(
        target, [*fields, *Inwoner.__struct_fields__], delimiter=";", lineterminator="\r\n", restval=""
    )
    writer.writeheader()
    for number in range(count):
        row = _flat(signaal(number))
        writer.writerow(row | row.pop("inwoner"))
    return target.getvalue().encode()


def _flat(found: Signaal) -> dict[str, Any]:
    """A signal as a file writes it: the amount in euros."""
    row: dict[str, Any] = msgspec.to_builtins(found)
    del row["bron"]
    return row | {"bedrag": decimal(found.bedrag)}
