"""Commands that work a zaak: list, show, record, close, reopen."""

from __future__ import annotations

import argparse
from datetime import date
from uuid import UUID

from db.model.codes import (
    Antwoord,
    Bekendheid,
    Belresultaat,
    BrpUitkomst,
    Contactsoort,
    Eindresultaat,
    Gesprekspartner,
    Richting,
    Stap,
    Weigergrond,
)
from db.queries import zaken, zoeken
from db.queries.instellingen import medewerkers
from db.queries.zaken import Cursor, ZaakRegel
from db.vault import Vault
from desktop.casework import afsluiten, contact, hulp, instellingen, workflow
from desktop.casework.inzien import open_dossier
from desktop.casework.outcomes import INTERNE_REDENEN, toegestaan
from desktop.cli.session import Answer, also, local, opened, zaak_of
from desktop.intake.bestand import read_file
from desktop.intake.planbestand import read_plan

_PAGE = 500


def cases(options: argparse.Namespace) -> Answer:
    """`voordeur cases`: number, step, next action, term and signals of each zaak."""
    with opened(options) as vault:
        settings = instellingen.load(vault.connection)
        now = vault.clock()
        found = _search(vault, options) if options.search else _pages(vault, options)
        signals = zaken.signalen_of(vault.connection, [regel.id for regel in found])
        listed = []
        for regel in found:
            next_action = workflow.advies(regel.naam, regel.stand, settings, now)
            listed.append(
                {
                    "zaak": regel.nummer,
                    "stap": next_action.stap,
                    "volgende_stap": next_action.zin,
                    "termijn": _iso(next_action.termijn),
                    "signalen": signals[regel.id],
                }
            )
    lines = tuple(f"{zaak['zaak']}  {zaak['stap']:<15} {zaak['volgende_stap']}" for zaak in listed)
    return Answer(document={"zaken": listed}, lines=lines)


def _search(vault: Vault, options: argparse.Namespace) -> list[ZaakRegel]:
    found = zoeken.search(vault.connection, options.search, limiet=options.limit or 200)
    return [vondst.regel for vondst in found if not (options.open and vondst.regel.stand.gesloten_op)]


def _pages(vault: Vault, options: argparse.Namespace) -> list[ZaakRegel]:
    page = zaken.open_page if options.open else zaken.every_page
    found: list[ZaakRegel] = []
    cursor = Cursor("", b"")
    while options.limit is None or len(found) < options.limit:
        size = _PAGE if options.limit is None else min(_PAGE, options.limit - len(found))
        rows, cursor = page(vault.connection, na=cursor, limiet=size)
        if not rows:
            break
        found += rows
    return found


def case(options: argparse.Namespace) -> Answer:
    """`voordeur case ZAAK`: the step, what may be done, the results allowed, and what happened; logged as a look."""
    with opened(options) as vault:
        dossier = open_dossier(vault, zaak_of(vault, options.zaak), scherm="opdracht case")
        settings = instellingen.load(vault.connection)
        now = vault.clock()
        names = medewerkers(vault.connection)
        next_action = workflow.advies(dossier.inwoner.naam, dossier.stand, settings, now)
        allowed = () if dossier.stand.gesloten_op else toegestaan(dossier, settings, now)
        events = [
            {
                "id": str(event.id),
                "soort": event.naam,
                "op": local(event.op),
                "vastgelegd": local(event.vastgelegd),
                "door": names[event.door].naam if event.door in names else str(event.door),
            }
            for event in dossier.logboek
        ]
        document = {
            "zaak": dossier.nummer,
            "stap": next_action.stap,
            "volgende_stap": next_action.zin,
            "termijn": _iso(next_action.termijn),
            "mag": workflow.mag(
                dossier.stand, alleen_lezen=dossier.alleen_lezen, andere_zaak_open=dossier.andere_zaak_open
            ),
            "eindresultaten": allowed,
            "signalen": [signaal.extern_id for signaal in dossier.signalen],
            "ook_gemeld": [also(found) for found in dossier.ook_gemeld],
            "gebeurtenissen": events,
        }
    lines = [
        f"Zaak {dossier.nummer}: {next_action.zin}",
        *(f"  {event['op'][:16]}  {event['soort']}" for event in events),
    ]
    return Answer(document=document, lines=tuple(lines))


def usage(_: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK` without what happened; the parser asks for it before this runs."""
    raise AssertionError("a kind of event is required")


def _recorded(event_id: UUID, text: str) -> Answer:
    return Answer(document={"gebeurtenis": str(event_id)}, lines=(text,))


def contactpoging(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK contactpoging`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        contact.record_contactpoging(
            vault,
            zaak_of(vault, options.zaak),
            event_id=event_id,
            contactsoort=Contactsoort(options.soort),
            bereikt=options.bereikt == "ja",
            gesproken_met=Gesprekspartner(options.gesproken_met) if options.gesproken_met else None,
            richting=Richting(options.richting),
            resultaat=Belresultaat(options.resultaat) if options.resultaat else None,
            terugbellen_op=options.terugbellen,
            op=options.op,
            notitie=options.notitie,
        )
    return _recorded(event_id, "Contactpoging vastgelegd.")


def hulpaanbod(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK hulpaanbod`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        hulp.offer_hulpaanbod(
            vault,
            zaak_of(vault, options.zaak),
            event_id=event_id,
            antwoord=Antwoord(options.antwoord) if options.antwoord else None,
            dreiging=options.dreiging,
            op=options.op,
        )
    return _recorded(event_id, "Hulpaanbod vastgelegd.")


def brp(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK brp`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        outcome = BrpUitkomst(options.uitkomst)
        contact.record_brp(vault, zaak_of(vault, options.zaak), event_id=event_id, uitkomst=outcome, op=options.op)
    return _recorded(event_id, "BRP-controle vastgelegd.")


def bekend(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK bekend`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        contact.record_bekendheid(
            vault,
            zaak_of(vault, options.zaak),
            event_id=event_id,
            schuldhulp=Bekendheid(options.schuldhulp),
            eerder_gemeld=Bekendheid(options.eerder_gemeld),
            volgens=options.volgens,
        )
    return _recorded(event_id, "Vastgelegd of de inwoner al bekend was.")


def eerste_gesprek(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK eerste-gesprek`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        zaak = zaak_of(vault, options.zaak)
        hulp.record_eerste_gesprek(vault, zaak, event_id=event_id, op=options.op, afgezien=options.afgezien)
    return _recorded(event_id, "Eerste gesprek vastgelegd.")


def plan(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK plan`."""
    made = read_plan(read_file(options.file))
    with opened(options) as vault:
        event_id = vault.new_id()
        hulp.draw_up_plan(vault, zaak_of(vault, options.zaak), event_id=event_id, plan=made)
    return _recorded(event_id, "Plan van aanpak vastgelegd.")


def overslaan(options: argparse.Namespace) -> Answer:
    """`voordeur log ZAAK overslaan`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        zaak = zaak_of(vault, options.zaak)
        contact.skip_stap(vault, zaak, event_id=event_id, stap=Stap(options.stap), reden=options.reden)
    return _recorded(event_id, "Stap overgeslagen.")


def close(options: argparse.Namespace) -> Answer:
    """`voordeur close ZAAK`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        settings = instellingen.load(vault.connection)
        result = Eindresultaat(options.resultaat)
        afsluiten.close_zaak(
            vault,
            zaak_of(vault, options.zaak),
            event_id=event_id,
            eindresultaat=result,
            hulp_aanvaard=None if options.hulp_aanvaard is None else options.hulp_aanvaard == "ja",
            schuldhulp_loopt=options.schuldhulp_loopt,
            bevestigd_door=options.bevestigd_door,
            reden=_ground(options),
            notitie=options.notitie,
            op=options.op,
        )
        code = afsluiten.preview(settings, result, options.schuldhulp_loopt)
    return Answer(
        document={"gebeurtenis": str(event_id), "code": code},
        lines=(f"Zaak afgesloten. Dit gaat naar het CAK: {code}.",),
    )


def _ground(options: argparse.Namespace) -> Weigergrond | None:
    """`--reden`, or a note that names one of the internal reasons and nothing else."""
    if options.reden:
        return Weigergrond(options.reden)
    named = "-".join(options.notitie.lower().split())
    return Weigergrond(named) if named in INTERNE_REDENEN else None


def reopen(options: argparse.Namespace) -> Answer:
    """`voordeur reopen ZAAK`."""
    with opened(options) as vault:
        event_id = vault.new_id()
        afsluiten.reopen_zaak(vault, zaak_of(vault, options.zaak), event_id=event_id, reden=options.reden)
    return _recorded(event_id, "Zaak heropend.")


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
