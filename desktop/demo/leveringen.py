"""The weekly deliveries of two half-years as files: signals, repeated ones, withdrawals, and rows that are refused."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

import msgspec

from db.model.inwoner import Inwoner
from desktop.casework.kalender import AMSTERDAM, add_months
from desktop.demo.bewoners import Bewoner, bewoner

EERSTE = date(2024, 4, 2)
"""The first delivery: the Tuesday after the start of the experiment."""
WEKEN = 33
"""So many weekly deliveries; the last one came this morning."""
GEMEENTE = "0014"

_TARIEF = 2060  # cents a month: the Wmo abonnementstarief (handbook section 9)
_SOORTEN = ("wmo-abonnementstarief", "wmo-beschermd-wonen", "wlz")
_AANDEEL = (70, 12, 18)
_LEEFTIJD = {"wmo-abonnementstarief": (45, 94), "wmo-beschermd-wonen": (20, 62), "wlz": (62, 97)}
_MINIMUM = {"wmo-abonnementstarief": 5, "wmo-beschermd-wonen": 2, "wlz": 2}

_PARTNERS = ("Okkema", "Wierenga", "Schuringa")

_PERSOON = Inwoner.__struct_fields__
_MISPLACED = re.compile(r"\.[0-9]{3}$")

Rij = dict[str, str]


class Levering(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery: when it came, the name of its file and what stood in it."""

    ontvangen_op: datetime
    naam: str
    inhoud: bytes


def leveringen(seed: int, aantal: int) -> tuple[Levering, ...]:
    """So many signals (refused rows among them) over all weeks; the same bytes for the same seed.

    Half of the reports are single, 11% are one of two at the same time, the others follow an earlier one. This
    morning's delivery has something for every tray.
    """
    rng = Random(seed)
    weeks: list[list[Rij]] = [[] for _ in range(WEKEN)]
    bad, each = aantal // 16, aantal // 80
    wanted = aantal - bad - 3 * each
    made = residents = 0
    while made < wanted:
        residents += 1
        left = wanted - made
        chances = rng.random()
        if chances < 0.71 or left == 1:
            made += _single(rng, weeks, residents)
        elif chances < 0.79:
            made += _at_once(rng, weeks, residents)
        else:
            made += _in_a_row(rng, weeks, residents, min(left, rng.choice((2, 2, 3, 3, 4))))
    refused = set()
    for number in range(bad):
        week = rng.randrange(WEKEN)
        row = _refused(rng, week, residents + 1 + number, number)
        refused.add(row["klantnummer"])
        weeks[week].append(row)
    weeks[-1] += _of_this_morning(rng, weeks, refused, each)
    return _files(rng, weeks, refused)


def _single(rng: Random, weeks: list[list[Rij]], number: int) -> int:
    soort = rng.choices(_SOORTEN, _AANDEEL)[0]
    week = WEKEN - 1 if rng.random() < 0.06 else _week(rng)  # this morning's delivery is never empty
    weeks[week].append(_row(rng, week, _bewoner(rng, number, soort), soort))
    return 1


def _at_once(rng: Random, weeks: list[list[Rij]], number: int) -> int:
    """Two debts of one resident, reported in one week."""
    person, week = _bewoner(rng, number, "wlz"), _week(rng)
    weeks[week] += [_row(rng, week, person, soort) for soort in ("wmo-abonnementstarief", "wlz")]
    return 2


def _in_a_row(rng: Random, weeks: list[list[Rij]], number: int, times: int) -> int:
    """One debt, reported again every month or so; about half the time it has grown."""
    soort = rng.choices(_SOORTEN, _AANDEEL)[0]
    person = _bewoner(rng, number, soort)
    steps = [rng.randint(4, 7) for _ in range(times - 1)]
    week = _week(rng, WEKEN - sum(steps))
    first = _row(rng, week, person, soort)
    weeks[week].append(first)
    cents = _cents(first)
    for step in steps:
        week += step
        cents += rng.choice((0, 0, -500, _TARIEF, 2 * _TARIEF))
        again = _row(rng, week, person, soort)
        weeks[week].append(again | {"ontstaansdatum": first["ontstaansdatum"], "bedrag": _euro(max(cents, 10_300))})
    return times


def _of_this_morning(rng: Random, weeks: Sequence[Sequence[Rij]], refused: Collection[str], each: int) -> list[Rij]:
    """Something for every tray, so many of each: somebody under another name, a report again, and a child."""
    known = [
        row
        for week in weeks[-9:-1]
        for row in week
        if row["soort"] == _SOORTEN[0] and row["telefoonnummer"] and row["klantnummer"] not in refused
    ]
    chosen = rng.sample(known, min(2 * each, len(known)))
    day = EERSTE + timedelta(weeks=WEKEN - 1, days=-2)
    other = [
        row
        | {
            "klantnummer": str(9_000_000 + number),
            "voorvoegsel": "",
            "achternaam": _PARTNERS[number % len(_PARTNERS)],
            "bedrag": _euro(_cents(row) + _TARIEF),
        }
        for number, row in enumerate(chosen[:each])
    ]
    again = [dict(row) for row in chosen[each:]]
    children = [
        _row(rng, WEKEN - 1, _bewoner(rng, 9_900 + number, "wlz"), "wlz")
        | {"geboortedatum": f"{day.year - 15}-03-{10 + number % 18}"}
        for number in range(3 * each - len(other) - len(again))
    ]
    return [row | {"signaaldatum": day.isoformat()} for row in (*other, *again, *children)]


def _week(rng: Random, weeks: int = WEKEN) -> int:
    """A week; the CAK sends somewhat more as the experiment goes on."""
    return int(weeks * rng.random() ** 0.7)


def _bewoner(rng: Random, number: int, soort: str) -> Bewoner:
    youngest, oldest = _LEEFTIJD[soort]
    return bewoner(rng, number, jongst=youngest, oudst=oldest, huis=0.5 if soort == "wlz" else 0.0)


def _row(rng: Random, week: int, person: Bewoner, soort: str) -> Rij:
    delivered = EERSTE + timedelta(weeks=week)
    reported = max(delivered - timedelta(days=rng.randint(0, 5)), EERSTE - timedelta(days=1))
    months = _MINIMUM[soort] + rng.choice((0, 0, 1, 1, 2, 3, 5, 9))
    own = {name: str(value) for name, value in msgspec.structs.asdict(person.inwoner).items()}
    per_month = _TARIEF if soort == "wmo-abonnementstarief" else rng.randint(180, 900) * 100 + rng.randint(0, 99)
    return {
        "signaalpartner": "CAK Eigen bijdrage",
        "soort": soort,
        "signaaldatum": reported.isoformat(),
        "ontstaansdatum": (add_months(reported, -months) - timedelta(days=rng.randint(0, 25))).isoformat(),
        "bedrag": _euro(per_month * months),
        "klantnummer": person.klantnummer,
    } | own


def _refused(rng: Random, week: int, number: int, kind: int) -> Rij:
    """A row that the law or the reader refuses, and one child, who is looked at by hand."""
    soort = "wmo-abonnementstarief"
    row = _row(rng, week, _bewoner(rng, number, soort), soort)
    reported = date.fromisoformat(row["signaaldatum"])
    changes: Sequence[Rij] = (
        {"bedrag": "82.40"},
        {"ontstaansdatum": add_months(reported, -4).isoformat(), "bedrag": "103.00"},
        {"soort": "zorgverzekering", "signaalpartner": "CAK Zorgverzekeringen"},
        {"ontstaansdatum": f"{reported.year}-02-30"},
        {"signaaldatum": "2024-03-28", "ontstaansdatum": "2023-08-01"},
        {"bedrag": "1.213"},
        {"postcode": "97 11"},
        {"geboortedatum": f"{reported.year - 16}-01-15"},
        {"achternaam": ""},
    )
    return row | changes[kind % len(changes)]


def _files(rng: Random, weeks: Sequence[Sequence[Rij]], refused: Collection[str]) -> tuple[Levering, ...]:
    found: list[Levering] = []
    number = 0
    earlier: list[Rij] = []
    for week, rows in enumerate(weeks):
        delivered = EERSTE + timedelta(weeks=week)
        numbered = []
        for row in rows:
            number += 1
            numbered.append({"id": f"CM-{number:06d}"} | row)
        at = datetime.combine(delivered, time(8, 20), AMSTERDAM)
        name = f"levering-{delivered:%Y-%m-%d}"
        if week % 8 == 5:
            found.append(Levering(ontvangen_op=at, naam=f"{name}.csv", inhoud=_csv(rng, numbered)))
        else:
            again, withdrawn = _again(rng, week, earlier[-40:])
            if week == WEKEN - 1 and len(numbered) > 1:
                withdrawn.append({"id": numbered[0]["id"], "datum": delivered.isoformat()})
            found.append(Levering(ontvangen_op=at, naam=f"{name}.json", inhoud=_json(at, numbered + again, withdrawn)))
        earlier += [row for row in numbered if row["klantnummer"] not in refused]
    return tuple(found)


def _again(rng: Random, week: int, recent: Sequence[Rij]) -> tuple[list[Rij], list[dict[str, str]]]:
    """Now and then a row that came before, the same or corrected, and a signal that is taken back."""
    if len(recent) < 3:
        return [], []
    same, changed, gone = rng.sample(recent, 3)
    rows: list[Rij] = []
    if week % 6 == 4:
        rows.append(same)
    if week % 9 == 7:
        rows.append(changed | {"bedrag": _euro(_cents(changed) + 2 * _TARIEF)})
    day = (EERSTE + timedelta(weeks=week)).isoformat()
    return rows, [{"id": gone["id"], "datum": day}] if week % 5 == 3 else []


def _json(at: datetime, rows: Sequence[Rij], intrekkingen: Sequence[dict[str, str]]) -> bytes:
    signalen = [
        {name: value for name, value in row.items() if name not in _PERSOON}
        | {"inwoner": {name: value for name, value in row.items() if name in _PERSOON}}
        for row in rows
    ]
    document = {
        "formaat": "signaalbestand/1",
        "levering": {
            "id": f"CM-{at:%G-%V}-{GEMEENTE}",
            "aangemaakt": at.isoformat(),
            "gemeentecode": GEMEENTE,
            "bron": "Centraal Meldpunt",
        },
        "signalen": signalen,
        "intrekkingen": list(intrekkingen),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _csv(rng: Random, rows: Sequence[Rij]) -> bytes:
    """A table as a spreadsheet saves it, with two columns too many: both are dropped and counted at import."""
    target = io.StringIO(newline="")
    columns = ["id", "signaalpartner", "soort", "signaaldatum", "ontstaansdatum", "bedrag", "klantnummer", *_PERSOON]
    writer = csv.DictWriter(target, [*columns, "bsn", "crisissignaal"], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        dutch = {name: _dutch_date(row[name]) for name in ("signaaldatum", "ontstaansdatum", "geboortedatum")}
        amount = row["bedrag"] if _MISPLACED.search(row["bedrag"]) else row["bedrag"].replace(".", ",")
        surplus = {"bsn": f"99999{rng.randint(0, 9999):04d}", "crisissignaal": "nee"}  # a range for tests
        writer.writerow(row | dutch | surplus | {"bedrag": amount})
    return target.getvalue().encode("utf-8-sig")


def _dutch_date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}-{month}-{year}"


def _euro(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _cents(row: Rij) -> int:
    return int(row["bedrag"].replace(".", ""))
