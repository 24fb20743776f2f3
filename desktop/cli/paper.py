"""Commands that make paper: letters, the card, the inzage. The PDF library loads only when one of them runs."""

from __future__ import annotations

import argparse

from db.errors import KnownError
from db.model.codes import Dagdeel, Identiteitsbewijs
from desktop.cli.session import Answer, opened, zaak_of


def letter(options: argparse.Namespace) -> Answer:
    """`voordeur letter KIND ZAAK --out F.pdf`, or `--list`."""
    from desktop.documents import briefsoorten, making  # reportlab takes 0.2 s; only paper needs it

    if options.list:
        kinds = briefsoorten.kinds()
        listed = [{"soort": kind.soort, "nodig": kind.nodig} for kind in kinds]
        lines = tuple(" ".join([kind.soort, *(f"(met --{name})" for name in kind.nodig)]) for kind in kinds)
        return Answer(document={"brieven": listed}, lines=lines)
    for name in ("soort", "zaak", "out"):
        if getattr(options, name) is None:
            raise KnownError("ARGUMENT_ONTBREEKT", naam=name)
    with opened(options) as vault:
        making.make_file(
            vault,
            zaak_of(vault, options.zaak),
            options.soort,
            options.out,
            event_id=vault.new_id(),
            datum=options.datum,
            dagdeel=Dagdeel(options.dagdeel.capitalize()) if options.dagdeel else None,
            aan=options.aan or "",
        )
    document = {"bestand": str(options.out), "soort": options.soort, "zaak": options.zaak}
    return Answer(document=document, lines=(f"Gemaakt: {options.out}",))


def inzage(options: argparse.Namespace) -> Answer:
    """`voordeur inzage ZAAK --identiteit … --out MAP`: on paper and as JSON."""
    from desktop.documents import verstrekken

    with opened(options) as vault:
        made = verstrekken.inzage(
            vault,
            zaak_of(vault, options.zaak),
            Identiteitsbewijs(options.identiteit),
            options.out,
            event_id=vault.new_id(),
        )
    paper, machine = (str(path) for path in made)
    document = {"bestand": paper, "gegevens": machine, "zaak": options.zaak}
    return Answer(document=document, lines=(f"Gemaakt: {paper}", f"Gemaakt: {machine}"))
