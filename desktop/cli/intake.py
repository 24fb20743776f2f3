"""Commands at the door: import, the trays, accept and refuse."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

import msgspec

from db.errors import KnownError
from db.model.codes import Bak, Weigergrond
from db.queries import signalen as queries
from db.vault import Vault
from desktop.casework import instellingen, signalen
from desktop.cli.session import Answer, opened, signaal_of
from desktop.intake.importing import ImportReport, import_file

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

_WITH_REFUSALS = 3
_SUMS = ("rijen", "geaccepteerd", "niet_toegelaten", "onleesbaar", "al_bekend", "gewijzigd")


def load(options: argparse.Namespace) -> Answer:
    """`voordeur import BESTAND…`: each file whole or not at all; every row accounted for."""
    if options.profile:
        raise KnownError("NOG_NIET_BESCHIKBAAR", wat="Een profiel gebruiken")
    with opened(options) as vault:
        _require_recovery_sheet(vault)
        reports = [import_file(vault, path) for path in options.bestanden]
    document = _document(reports)
    refused = document["rijen"] - document["geaccepteerd"] - document["al_bekend"]
    lines = tuple(
        f"{report.bestand}: {report.rijen} rijen, {report.geaccepteerd} geaccepteerd, "
        f"{report.niet_toegelaten} niet toegelaten, {report.onleesbaar} onleesbaar, "
        f"{report.al_bekend} al bekend, {report.gewijzigd} gewijzigd"
        for report in reports
    )
    return Answer(document=document, lines=lines, code=_WITH_REFUSALS if refused else 0)


def _require_recovery_sheet(vault: Vault) -> None:
    settings = instellingen.load(vault.connection)
    if not settings.proef and not settings.herstelblad_bevestigd:
        raise KnownError("HERSTELBLAD_NIET_BEVESTIGD")


def _document(reports: list[ImportReport]) -> dict[str, Any]:
    dropped: Counter[str] = Counter()
    for report in reports:
        dropped.update(report.weggelaten)
    return {
        "bestanden": msgspec.to_builtins(reports),
        **{name: sum(getattr(report, name) for report in reports) for name in _SUMS},
        "weggelaten": dict(dropped),
        "regels": [line for report in reports for line in msgspec.to_builtins(report.regels)],
    }


def signals(options: argparse.Namespace) -> Answer:
    """`voordeur signals`: what waits, per tray."""
    with opened(options) as vault:
        trays = [Bak(options.tray)] if options.tray else TRAYS
        found = [regel for bak in trays for regel in queries.tray(vault.connection, bak)]
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
        }
        for regel in found
    ]
    lines = tuple(f"{regel.bak:<16} {regel.signaal:<14} {regel.naam}  {regel.reden}".rstrip() for regel in found)
    return Answer(document={"signalen": listed}, lines=lines)


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
