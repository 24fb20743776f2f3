"""Commands that make paper: letters, the card, the inzage. The PDF library loads only when one of them runs."""

from __future__ import annotations

import argparse

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
    _require(options, ("soort", "SOORT"), ("zaak", "ZAAK"), ("out", "--out"))
    if options.soort not in {kind.soort for kind in briefsoorten.kinds()}:
        options.wrong_usage(f"SOORT: {', '.join(kind.soort for kind in briefsoorten.kinds())}")
    _require(options, *((name, f"--{name}") for name in briefsoorten.kind_of(options.soort).nodig))
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


def _require(options: argparse.Namespace, *asked: tuple[str, str]) -> None:
    """End as wrong usage (exit code 2) when one of these is missing: its name in the options, and as it is typed."""
    for name, typed in asked:
        if getattr(options, name) is None:
            options.wrong_usage(f"vul ook {typed} in")


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
            weglaten=options.weglaten,
        )
    paper, machine = (str(path) for path in made)
    document = {"bestand": paper, "gegevens": machine, "zaak": options.zaak}
    return Answer(document=document, lines=(f"Gemaakt: {paper}", f"Gemaakt: {machine}"))
