"""Invented signals: a resident with a hard name, a phone that reaches nobody, an address that may not exist."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from db.model.bedrag import Bedrag
from db.model.codes import Signaalpartner
from db.model.inwoner import Inwoner
from db.model.signaal import Signaal

GEMEENTE = "0014"
NAMEN = (
    ("A.B.", "van der", "Meer"),
    ("F.", "", "Yıldız"),
    ("K.", "", "Łukaszewicz"),
    ("Ö.", "", "Ğöçer"),
    ("J.W.", "in 't", "Veld"),
    ("C.", "'t", "Hart"),
    ("M.", "", "Weiß"),
    ("S.", "van", "IJzendoorn"),
    ("É.", "de la", "Peña-Núñez"),
    ("H.", "", "Jansen"),
    ("R.", "de", "Vries"),
    ("N.", "", "O'Brien"),
)
STRATEN = ("Oosterstraat", "Korreweg", "Prinsesseweg", "J.P. Coenstraat", "1e Drift", "Gelkingestraat")
SOORTEN = ("wmo-abonnementstarief", "wmo-beschermd-wonen", "wlz")


def inwoner(**changes: object) -> Inwoner:
    """A resident; keyword arguments replace fields."""
    fields: dict[str, Any] = {
        "voorletters": "A.B.",
        "voorvoegsel": "van der",
        "achternaam": "Meer",
        "geboortedatum": date(1951, 3, 12),
        "straatnaam": "Oosterstraat",
        "huisnummer": "14",
        "huisnummertoevoeging": "B",
        "postcode": "9711NS",
        "plaatsnaam": "Groningen",
        "telefoonnummer": "050-5550142",
    }
    return Inwoner(**fields | changes)


def signaal(**changes: object) -> Signaal:
    """A signal that the law admits in Groningen; keyword arguments replace fields, the resident's too."""
    own = {name: changes.pop(name) for name in tuple(changes) if name in Inwoner.__struct_fields__}
    fields: dict[str, Any] = {
        "id": "CM-000123",
        "bron": "Centraal Meldpunt",
        "signaalpartner": Signaalpartner.CAK_EIGEN_BIJDRAGE,
        "soort": "wmo-abonnementstarief",
        "signaaldatum": date(2024, 5, 2),
        "ontstaansdatum": date(2023, 10, 31),
        "bedrag": Bedrag(213_40),
        "klantnummer": "4410882",
    }
    return Signaal(**{"inwoner": inwoner(**own)} | fields | changes)


def rij(number: int = 1, **changes: object) -> dict[str, Any]:
    """Row `number` of a signaalbestand, flat, admitted in Groningen; keyword arguments replace fields."""
    voorletters, voorvoegsel, achternaam = NAMEN[number % len(NAMEN)]
    row: dict[str, Any] = {
        "id": f"CM-{number:06d}",
        "signaalpartner": "CAK Eigen bijdrage",
        "soort": SOORTEN[number % len(SOORTEN)],
        "signaaldatum": f"2024-04-{number % 28 + 1:02d}",
        "ontstaansdatum": f"2023-{number % 11 + 1:02d}-{number % 28 + 1:02d}",
        "bedrag": f"{100 + number % 900}.{number % 100:02d}",
        "klantnummer": str(4_000_000 + number),
        "voorletters": voorletters,
        "voorvoegsel": voorvoegsel,
        "achternaam": achternaam,
        "geboortedatum": f"{1930 + number % 70}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "straatnaam": STRATEN[number % len(STRATEN)],
        "huisnummer": str(number % 250 + 1),
        "huisletter": "",
        "huisnummertoevoeging": "B" if number % 9 == 0 else "",
        "postcode": f"97{10 + number % 50}{'NPRTVXBCDEG'[number % 9 : number % 9 + 2]}",
        "plaatsnaam": "Groningen",
        "telefoonnummer": f"050-55501{number % 100:02d}" if number % 3 else "",
        "emailadres": None if number % 4 else f"inwoner{number}@voorbeeld.example",
    }
    return row | changes


def document(
    rows: list[dict[str, Any]], *, intrekkingen: list[dict[str, Any]] | None = None, **levering: object
) -> dict[str, Any]:
    """A signaalbestand of flat rows as the object that JSON writes down; `levering` replaces its fields."""
    head: dict[str, Any] = {
        "id": "CM-2024-18-0014",
        "aangemaakt": "2024-05-02T08:00:00+02:00",
        "gemeentecode": GEMEENTE,
        "bron": "Centraal Meldpunt",
    }
    signalen = []
    for row in rows:
        own = {name: value for name, value in row.items() if name in Inwoner.__struct_fields__}
        signalen.append({name: value for name, value in row.items() if name not in own} | {"inwoner": own})
    found = {"formaat": "signaalbestand/1", "levering": head | levering, "signalen": signalen}
    return found if intrekkingen is None else found | {"intrekkingen": intrekkingen}


def signaalbestand(
    n: int = 1,
    *,
    rows: list[dict[str, Any]] | None = None,
    intrekkingen: list[dict[str, Any]] | None = None,
    **levering: object,
) -> bytes:
    """A signaalbestand of `n` rows, or of these rows, as JSON bytes; `levering` replaces the delivery's fields."""
    chosen = [rij(number) for number in range(1, n + 1)] if rows is None else rows
    return json.dumps(document(chosen, intrekkingen=intrekkingen, **levering), ensure_ascii=False).encode()


def csv_bestand(
    n: int = 1,
    *,
    rows: list[dict[str, Any]] | None = None,
    separator: str = ";",
    encoding: str = "utf-8",
    columns: Mapping[str, str] | None = None,
) -> bytes:
    """The same as CSV; `columns` renames headers, and a row may bring columns of its own."""
    chosen = [rij(number) for number in range(1, n + 1)] if rows is None else rows
    names = list(dict.fromkeys(name for row in chosen for name in row)) or list(rij())
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerow([(columns or {}).get(name, name) for name in names])
    writer.writerows(["" if row.get(name) is None else row.get(name) for name in names] for row in chosen)
    return target.getvalue().encode(encoding)
