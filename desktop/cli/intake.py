"""Commands at the door: import, the trays, accept and refuse."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from uuid import UUID

import msgspec

from db.errors import KnownError
from db.model.codes import Bak, Uitkomst, Weigergrond
from db.queries import bekenden, gelijkenissen
from db.queries import signalen as queries
from db.queries.instellingen import profielen
from db.queries.vergelijken import ook_gemeld
from desktop.casework import instellingen, personen, signalen
from desktop.cli.session import DONE, DONE_WITH_REFUSALS, Answer, also, fault_of, opened, signaal_of
from desktop.documents.woorden import woord
from desktop.intake import bekendenlijst, bestand, profiel
from desktop.intake.importing import import_file
from desktop.intake.profielen import store, text_of
from desktop.intake.rapport import ImportReport
from resources.uitleg import uitleg

TRAYS = (
    Bak.NIEUW,
    Bak.HERHAALD,
    Bak.GEWIJZIGD,
    Bak.WACHT,
    Bak.CONTROLEREN,
    Bak.INGETROKKEN,
    Bak.NIET_TOEGELATEN,
    Bak.ONLEESBAAR,
)
"""The trays that can be shown."""

_SUMS = ("rijen", "geaccepteerd", "niet_toegelaten", "onleesbaar", "al_bekend", "gewijzigd")


def load(options: argparse.Namespace) -> Answer:
    """`voordeur import BESTAND…`: each file whole or not at all; every row accounted for."""
    reports: list[ImportReport] = []
    refused: list[tuple[str, KnownError]] = []
    with opened(options) as vault:
        instellingen.require_recovery_sheet(instellingen.load(vault.connection))
        for path in options.bestanden:
            try:
                reports.append(import_file(vault, path, profile=options.profile))
            except KnownError as error:
                refused.append((path.name, error))
    if refused and not reports:
        raise refused[0][1]
    attention = refused or any(report.aandacht for report in reports)
    return Answer(
        document=_document(reports, refused),
        lines=tuple(line for report in reports for line in _lines(report)),
        note="\n".join(f"{name}: {uitleg(error)}" for name, error in refused),
        code=DONE_WITH_REFUSALS if attention else DONE,
    )


def _lines(report: ImportReport) -> Iterator[str]:
    """The report for people: the counts, what was dropped, and every row that asks for something. Never a value."""
    yield (
        f"{report.bestand}: {report.rijen} rijen, {report.geaccepteerd} geaccepteerd, "
        f"{report.niet_toegelaten} niet toegelaten, {report.onleesbaar} onleesbaar, "
        f"{report.al_bekend} al bekend, {report.gewijzigd} gewijzigd"
    )
    if report.vergelijking:
        yield f"  alleen om te vergelijken: {report.vergelijking}"
    for column, count in report.weggelaten.items():
        yield f"  niet bewaard: {column} ({count} keer)"
    if report.ingetrokken or report.intrekkingen_onbekend:
        yield f"  ingetrokken: {report.ingetrokken}, onbekend: {report.intrekkingen_onbekend}"
    for regel in report.regels:
        if regel.uitkomst != Uitkomst.AL_BEKEND:
            found = f"gevonden {regel.gevonden}" if regel.gevonden else ""
            asked = f"verwacht {regel.vereist}" if regel.vereist else ""
            words = (regel.signaal, regel.uitkomst, regel.reden, regel.artikel, regel.veld, found, asked)
            yield f"  rij {regel.rij}: {', '.join(word for word in words if word)}"


def _document(reports: list[ImportReport], refused: list[tuple[str, KnownError]]) -> dict[str, object]:
    """The answer for machines: a report per file, a fault for a file refused whole, and the sums."""
    dropped: Counter[str] = Counter()
    for report in reports:
        dropped.update(report.weggelaten)
    faults = [{"bestand": name, "fout": fault_of(error)} for name, error in refused]
    return {
        "bestanden": [*msgspec.to_builtins(reports), *faults],
        **{name: sum(getattr(report, name) for report in reports) for name in _SUMS},
        "weggelaten": dict(dropped),
        "regels": [line for report in reports for line in msgspec.to_builtins(report.regels)],
    }


def profile(options: argparse.Namespace) -> Answer:
    """`voordeur profile [NAAM]`: the mapping profiles, one of them, or another text for one."""
    if options.naam is None and (options.file or options.remove):
        options.wrong_usage("NAAM ontbreekt")
    with opened(options) as vault:
        if options.naam is None:
            names = tuple(profielen(vault.connection))
            return Answer(document={"profielen": names}, lines=names)
        if options.file is None and not options.remove:
            text = text_of(vault, options.naam)
            return Answer(document={"profiel": options.naam, "tekst": text}, lines=(text,))
        if options.remove:
            text_of(vault, options.naam)
        store(vault, options.naam, "" if options.remove else profiel.decode(bestand.read_file(options.file)))
    return Answer(document={"profiel": options.naam}, lines=("Profiel bewaard." if options.file else "Profiel weg.",))


def signals(options: argparse.Namespace) -> Answer:
    """`voordeur signals`: what waits, per tray."""
    with opened(options) as vault:
        trays = [Bak(options.tray)] if options.tray else TRAYS
        found = [regel for bak in trays for regel in queries.tray(vault.connection, bak)]
        others: defaultdict[UUID, list[dict[str, str]]] = defaultdict(list)
        for hit in ook_gemeld(vault.connection, [regel.id for regel in found]):
            others[hit.signaal].append(also(hit))
    listed = [
        {
            "signaal": regel.signaal,
            "bak": regel.bak,
            "soort": regel.debtsoort,
            "naam": regel.naam,
            "signaaldatum": regel.signaaldatum,
            "bedrag": regel.bedrag,
            "reden": regel.reden or None,
            "artikel": regel.artikel or None,
            "ook_gemeld": others[regel.id],
        }
        for regel in found
    ]
    lines = tuple(f"{regel.bak:<16} {regel.signaal:<14} {regel.naam}  {regel.reden}".rstrip() for regel in found)
    return Answer(document={"signalen": listed}, lines=lines)


def known(options: argparse.Namespace) -> Answer:
    """`voordeur known [BESTAND --list NAAM]`: lists of who is known at schuldhulp; kept as keyed hashes only."""
    if (options.bestand is not None or options.remove) and options.list is None:
        options.wrong_usage("--list NAAM ontbreekt")
    with opened(options) as vault:
        if options.bestand is not None:
            found = bekendenlijst.load(vault, options.bestand, options.list)
            told = f"{found.lijst}: {found.rijen} rijen, {found.onleesbaar} onleesbaar"
            code = DONE_WITH_REFUSALS if found.onleesbaar else DONE
            return Answer(document=msgspec.to_builtins(found), lines=(told,), code=code)
        if options.remove:
            bekenden.remove(vault.connection, options.list)
        lijsten = bekenden.lijsten(vault.connection)
    listed = [{"lijst": lijst.naam, "geladen_op": lijst.geladen_op.isoformat()} for lijst in lijsten]
    return Answer(document={"lijsten": listed}, lines=tuple(f"{one['geladen_op']}  {one['lijst']}" for one in listed))


def matches(options: argparse.Namespace) -> Answer:
    """`voordeur matches`: pairs of signals that may be about one resident, and wait for somebody to say so."""
    with opened(options) as vault:
        found = personen.paren(vault.connection, gelijkenissen.onbeslist(vault.connection))
    listed = [
        {
            "signaal": paar.nieuw.id,
            "ander": paar.eerder.id,
            "naam": paar.nieuw.inwoner.lijstnaam,
            "andere_naam": paar.eerder.inwoner.lijstnaam,
            "redenen": list(paar.gelijkenis.redenen),
        }
        for paar in found
    ]
    lines = tuple(
        f"{paar.nieuw.id:<14} {paar.eerder.id:<14} {paar.nieuw.inwoner.lijstnaam} / {paar.eerder.inwoner.lijstnaam}: "
        + "; ".join(map(woord, paar.gelijkenis.redenen))
        for paar in found
    )
    return Answer(document={"gelijkenissen": listed}, lines=lines)


def match(options: argparse.Namespace) -> Answer:
    """`voordeur match SIGNAL OTHER`: a worker says whether the two are about one resident."""
    with opened(options) as vault:
        event_id = vault.new_id()
        personen.decide(
            vault,
            signaal_of(vault, options.signaal),
            signaal_of(vault, options.ander),
            event_id=event_id,
            zelfde=options.same,
        )
    said = "Vastgelegd: dezelfde inwoner." if options.same else "Vastgelegd: niet dezelfde inwoner."
    return Answer(document={"gebeurtenis": str(event_id)}, lines=(said,))


def accept(options: argparse.Namespace) -> Answer:
    """`voordeur accept`: signals become zaken."""
    with opened(options) as vault:
        if options.all:
            taken = signalen.accept_all(vault)
        else:
            taken = signalen.accept(vault, [signaal_of(vault, extern_id) for extern_id in options.signalen])
    listed = [{"zaak": one.nummer, "signaal": one.signaal} for one in taken]
    return Answer(document={"zaken": listed}, lines=tuple(f"{one.nummer}  {one.signaal}" for one in taken))


def refuse(options: argparse.Namespace) -> Answer:
    """`voordeur refuse SIGNAL`: with a DDAS reason; a code for the CAK is queued."""
    with opened(options) as vault:
        event_id = vault.new_id()
        signalen.refuse(
            vault,
            signaal_of(vault, options.signaal),
            event_id=event_id,
            grond=Weigergrond(options.reason),
            brp_datum=options.brp,
            notitie=options.notitie,
        )
    return Answer(document={"gebeurtenis": str(event_id)}, lines=("Signaal geweigerd.",))
