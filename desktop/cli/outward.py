"""Commands about what leaves: the outbox, files for a period, the figures."""

from __future__ import annotations

import argparse

from db.errors import KnownError
from db.queries import outbox as queries
from desktop.casework import instellingen
from desktop.cli.session import Answer, opened


def outbox(options: argparse.Namespace) -> Answer:
    """`voordeur outbox`: every terugmelding and its state."""
    with opened(options) as vault:
        found = queries.berichten(vault.connection)
    listed = [
        {
            "id": str(bericht.id),
            "signaal": bericht.signaal,
            "code": bericht.code,
            "datum": bericht.datum.isoformat(),
            "staat": bericht.staat,
            "vervangt": str(bericht.vervangt) if bericht.vervangt else None,
        }
        for bericht in found
    ]
    lines = tuple(f"{one['datum']}  {one['signaal']:<14} {one['code']:<20} {one['staat']}" for one in listed)
    return Answer(document={"berichten": listed}, lines=lines)


def export(options: argparse.Namespace) -> Answer:
    """`voordeur export terugmelding`: the file first, then the record that it was written."""
    from db.durable import write_durably  # only when something is written
    from desktop.exchange import terugmeldbestand

    if options.van > options.tot:
        options.wrong_usage("--van ligt na --tot")
    if options.wat == "ddas":
        raise KnownError("NOG_NIET_BESCHIKBAAR", wat="Een levering voor DDAS maken")
    with opened(options) as vault:
        count = terugmeldbestand.write(
            vault, options.van, options.tot, save=lambda content: write_durably(options.out, content)
        )
    document = {"bestand": str(options.out), "terugmeldingen": count}
    return Answer(document=document, lines=(f"{count} terugmeldingen geschreven in {options.out}",))


def evaluatie(options: argparse.Namespace) -> Answer:
    """`voordeur evaluatie`: the figures of a half-year; the CSV that leaves is suppressed."""
    from desktop.evaluation import evaluatie as figures
    from desktop.evaluation import rapport

    with opened(options) as vault:
        settings = instellingen.load(vault.connection)
        found = figures.evaluate(vault.connection, options.halfjaar, settings, vault.clock())
    paths = rapport.write(found, options.out)
    return Answer(document=found, lines=tuple(f"Gemaakt: {path}" for path in paths))
