"""Inzages of dossiers that were never in a vault."""

from __future__ import annotations

from collections.abc import Iterable

from db.model import gebeurtenis as g
from db.model.codes import Contactsoort, Dagdelen, Identiteitsbewijs, Rol
from db.queries.dossier import Bericht
from db.queries.inzage import Deel
from desktop.documents.importverslag import importverslag
from desktop.documents.inzage import Inzage, as_pdf, compose
from tests import factories
from tests.documents import paper


def composed(
    inhouden: Iterable[g.AnyInhoud], *, berichten: Iterable[Bericht] = (), delen: Iterable[Deel] = ()
) -> Inzage:
    """An inzage of one zaak in which these things happened, and of further dossiers."""
    events = tuple(paper.event(inhoud, number) for number, inhoud in enumerate(inhouden))
    return compose(
        [Deel(dossier=paper.DOSSIER, soort="zaak", nummer="2024-A0001", gebeurtenissen=events), *delen],
        berichten,
        {"2024-A0001": paper.dossier().stand},
        {event.door: Rol.TEAMLEIDER for event in events},
        paper.AFZENDER,
        zaak="2024-A0001",
        nummer="I-2024-A0001",
        identiteit=Identiteitsbewijs.PASPOORT,
        opgemaakt=paper.OP,
        proef=True,
    )


def report(bestand: str, rij: str, uitkomst: str) -> bytes:
    """The PDF of the report of an import with one row that asks for somebody."""
    counts = [("Opgenomen", "140"), ("Niet toegelaten", "3")]
    return importverslag(bestand, counts, [(rij, uitkomst)] * 3, gemeente="Groningen", op=paper.OP, proef=True)


def inzage_of(text: str) -> bytes:
    """The PDF of an inzage with this text as a name, as a number and as a note."""
    about = factories.signaal(id=text, achternaam=text, emailadres=text)
    contact = g.ContactpogingGedaan(
        contactsoort=Contactsoort.TELEFOON, bereikt=False, dagdeel=Dagdelen.WEEK_AVOND, notitie=text
    )
    changed = g.SignaalGewijzigd(signaal=about, levering=paper.DOSSIER)
    return as_pdf(composed([changed, contact, g.DossierIngezien(scherm=text)]), paper.AFZENDER)
