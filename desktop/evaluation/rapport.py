"""The figures as files: JSON for inside, and a CSV without small cells for outside."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from db.durable import disk_error, replaced
from db.model.codes import Contactsoort, Dagdeel, Eindresultaat
from desktop.casework.rulebook import regelboek
from desktop.evaluation.evaluatie import Evaluatie, Wachttijd
from desktop.evaluation.suppression import DREMPEL, hidden_parts, hidden_steps

JSON = "evaluatie.json"
CSV = "evaluatie.csv"
AFGESCHERMD = "afgeschermd"
"""Stands for a hidden number, whether it is small itself or hides a small one."""

_HEADER = ("onderdeel", "cijfer", "aantal", "van")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PERSONAL = (Contactsoort.TELEFOON, Contactsoort.HUISBEZOEK, Contactsoort.AFSPRAAK_OP_LOCATIE)

Row = tuple[str, str, int | float | str, int | str]


def write(evaluatie: Evaluatie, out_dir: Path) -> tuple[Path, Path]:
    """Write `evaluatie.json` and `evaluatie.csv` in a folder, both or neither; returns both paths.

    Raises:
        KnownError: SCHIJF_VOL, GEEN_SCHRIJFRECHT, BESTAND_OPEN, SCHIJF_FOUT.
    """
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error) from error
    json_path, csv_path = out_dir / JSON, out_dir / CSV
    readable = msgspec.json.format(msgspec.json.encode(evaluatie), indent=2) + b"\n"
    with replaced((json_path, readable), (csv_path, as_csv(evaluatie))):
        return json_path, csv_path


def as_csv(evaluatie: Evaluatie) -> bytes:
    """The figures that may leave: `;` between the columns, UTF-8 with BOM, no cell that a spreadsheet would compute."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    for row in rows(evaluatie):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    return target.getvalue().encode("utf-8-sig")


def rows(evaluatie: Evaluatie) -> Iterable[Row]:
    """The lines of the CSV. Which lines there are does not depend on the figures."""
    indicators, funnel = evaluatie.indicatoren, evaluatie.trechter
    residents = funnel.inwoners
    yield "halfjaar", evaluatie.halfjaar, evaluatie.gemeente, ""
    yield "halfjaar", "stand op", evaluatie.stand_op.isoformat(), ""
    yield "halfjaar", "afgeschermd", f"aantallen onder {DREMPEL}, en wat die zou verraden", ""
    yield from _whole("signalen per soort", "signalen", funnel.signalen, _per_soort(evaluatie))
    nieuw = indicators.nieuw
    yield from _whole(
        "indicator 1: nog niet in beeld",
        "inwoners",
        residents,
        {
            "niet bekend bij schuldhulp en niet eerder gemeld": nieuw.teller,
            "onbekend": nieuw.onbekend,
            "bekend bij schuldhulp of eerder gemeld": nieuw.noemer - nieuw.teller - nieuw.onbekend,
        },
    )
    bereikt = indicators.bereikt
    yield from _whole(
        "indicator 2: bereikt binnen 90 dagen",
        "inwoners",
        residents,
        {
            "persoonlijk bereikt": bereikt.teller,
            "alleen op een andere manier bereikt": bereikt.ruim.teller - bereikt.teller,
            "niet bereikt": bereikt.noemer - bereikt.ruim.teller,
            "nog niet meetbaar": bereikt.nog_niet_meetbaar,
        },
    )
    yield from _also_reported(evaluatie)
    yield from _procedures(evaluatie)
    yield from _funnel(evaluatie)
    results: dict[str, int] = {value.value: evaluatie.eindresultaten.get(value, 0) for value in Eindresultaat}
    yield from _whole("eindresultaten", "inwoners", residents, results | {"nog open": evaluatie.open})
    yield from _reach(evaluatie)
    times = evaluatie.wachttijden
    yield _waiting("van signaal tot eerste poging", times.signaal_tot_poging)
    yield _waiting("van eerste poging tot contact", times.poging_tot_contact)
    yield _waiting("van contact tot hulpaanbod", times.contact_tot_aanbod)
    yield _waiting("van hulpaanbod tot aanvaarding", times.aanbod_tot_aanvaarding)


def _whole(section: str, name: str, total: int, parts: Mapping[str, int]) -> Iterable[Row]:
    """A whole and its parts. Parts stand in one whole only, so what one table hides no other gives away."""
    hidden = hidden_parts(parts)
    whole = AFGESCHERMD if total < DREMPEL else total
    yield section, name, whole, ""
    for part, count in parts.items():
        yield section, part, AFGESCHERMD if part in hidden or total < DREMPEL else count, whole


def _per_soort(evaluatie: Evaluatie) -> dict[str, int]:
    counts = {kind.soort: kind.signalen for kind in evaluatie.soorten}
    return {regel.omschrijving: counts.get(regel.soort, 0) for regel in regelboek().regels if regel.intake}


def _also_reported(evaluatie: Evaluatie) -> Iterable[Row]:
    """Residents with an arrear elsewhere too; each line by itself, for a resident may stand in several."""
    residents = evaluatie.trechter.inwoners
    counts = {kind.soort: kind.inwoners for kind in evaluatie.ook_gemeld}
    for regel in regelboek().regels:
        if regel.vergelijken:
            count = counts.get(regel.soort, 0)
            hidden = residents < DREMPEL or hidden_parts({"ook": count, "niet": residents - count})
            whole = AFGESCHERMD if residents < DREMPEL else residents
            yield "ook gemeld door een ander", regel.omschrijving, AFGESCHERMD if hidden else count, whole


def _procedures(evaluatie: Evaluatie) -> Iterable[Row]:
    section = "indicator 3: verschil met de verwachting"
    figures = evaluatie.indicatoren.procedures
    if figures is None:
        yield section, "procedures volgens het CAK", "nog niet van CAK ontvangen", ""
    else:
        actual = AFGESCHERMD if figures.werkelijk < DREMPEL else figures.werkelijk
        yield section, "procedures volgens het CAK", actual, figures.verwacht


def _funnel(evaluatie: Evaluatie) -> Iterable[Row]:
    """How many residents came at least so far; a falling series by construction."""
    names = ("inwoners", "opgepakt", "bereikt", "hulp aangeboden", "hulp aanvaard", "plan van aanpak")
    furthest = tuple(evaluatie.verst.values())
    steps = tuple(sum(furthest[index:]) for index in range(len(names)))
    total = AFGESCHERMD if steps[0] < DREMPEL else steps[0]
    for name, count, hidden in zip(names, steps, hidden_steps(steps), strict=True):
        yield "van signaal tot plan", name, AFGESCHERMD if hidden else count, total


def _reach(evaluatie: Evaluatie) -> Iterable[Row]:
    found = {(cell.contactsoort, cell.dagdeel): (cell.pogingen, cell.bereikt) for cell in evaluatie.bereik}
    for soort in _PERSONAL:
        for part in Dagdeel:
            attempts, reached = found.get((soort, part), (0, 0))
            hidden = attempts < DREMPEL or hidden_parts({"bereikt": reached, "niet": attempts - reached})
            yield (
                "bereikt per poging",
                f"{soort.value}, {part.value.lower()}",
                AFGESCHERMD if hidden else reached,
                AFGESCHERMD if attempts < DREMPEL else attempts,
            )


def _waiting(name: str, time: Wachttijd) -> Row:
    if time.mediaan is None or time.aantal < DREMPEL:
        return "wachttijd in dagen, mediaan", name, AFGESCHERMD, ""
    return "wachttijd in dagen, mediaan", name, str(time.mediaan).replace(".", ","), ""
