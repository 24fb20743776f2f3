"""Dossiers that were never in a vault, a sender, and what a PDF says, for the tests of documents."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pikepdf
import pypdf

from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import (
    Contactsoort,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Gesprekspartner,
    Terugmeldcode,
)
from db.model.ids import NAMESPACE, uuid5
from db.model.inwoner import Inwoner
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.queries.dossier import Dossier
from db.queries.zaken import Stand
from desktop.documents.bezoekmap import Deur
from desktop.documents.briefsoorten import kinds
from desktop.documents.letters import Afzender, Invulling, make_letter
from desktop.documents.text import advance, visible
from tests import factories

OP = datetime(2024, 5, 7, 12, 5, tzinfo=UTC)
VANDAAG = date(2024, 5, 7)
DEUREN = (
    Deur(adres="Oosterstraat 9", plaats="9711 NS Groningen", naam="K. Łukaszewicz", wanneer="middag, met T. Visser",
         let_op="niet alleen"),
    Deur(adres="Korreweg 88-A", plaats="9714 AG Groningen", naam="F. Yıldız", wanneer="15:30, aangekondigd"),
)  # fmt: skip
AFZENDER = Afzender(
    gemeente="Groningen",
    medewerker="F. Yıldız",
    teamnummer="14 050",
    direct_nummer="050-5550142",
    werkdagen="maandag tot en met donderdag",
    adres="Postbus 123, 9700 AA Groningen",
    fg_contact="privacy@voorbeeld.example",
)
READY = tuple(kind.soort for kind in kinds() if kind.gereed)
DOSSIER = uuid5(NAMESPACE, "zaak van de test")
CLOSED = g.ZaakAfgesloten(
    eindresultaat=Eindresultaat.GEEN_CONTACT,
    terugmeldingen=(
        g.Terugmelding(
            id=uuid5(NAMESPACE, "bericht"),
            signaal="CM-000123",
            klantnummer="4410882",
            code=Terugmeldcode.AFGEROND,
            datum=VANDAAG,
        ),
    ),
)
PLAN = g.PlanVanAanpakOpgesteld(
    versie=1,
    plan=PlanVanAanpak(
        schulden=(
            Schuld(schuldeiser="CAK", bedrag=Bedrag(21_340), regeling="€ 20,00 per maand vanaf 1 juni"),
            Schuld(schuldeiser="Energie Noord", bedrag=Bedrag(8_915)),
        ),
        inkomen_per_maand=Bedrag(134_250),
        vaste_lasten_per_maand=Bedrag(98_700),
        afspraken=(
            Afspraak(wie="Inwoner", wat="Zoekt de brieven van het CAK bij elkaar", uiterlijk=date(2024, 5, 20)),
            Afspraak(wie="F. Yıldız", wat="Vraagt bijzondere bijstand aan", uiterlijk=date(2024, 5, 27)),
        ),
        evaluatiedatum=date(2024, 8, 1),
        toelichting="Wij bellen samen met het CAK.",
    ),
)
LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAMCAYAAAB4MH11AAAAKUlEQVR42mNkYGBg4M7r+s9AI8BES8MZGBgYmBhoDEYtGLVg1AI6WAAApn8EHLv4dzsAAAAASUVORK5CYII="
)
"""A PNG with a corner that one sees through."""
REVERSE_SENT = g.BriefVerzonden(
    gemaakt=uuid5(NAMESPACE, "eerdere brief"), brief="bevestiging-gesprek", privacytekst=True
)
SPOKEN = g.ContactpogingGedaan(
    contactsoort=Contactsoort.TELEFOON,
    bereikt=True,
    gesproken_met=Gesprekspartner.INWONER,
    dagdeel=Dagdelen.WEEK_MIDDAG,
)


def event(inhoud: g.AnyInhoud, number: int = 0, *, op: datetime = OP) -> g.Gebeurtenis:
    """A recorded event of the dossier of these tests."""
    return g.Gebeurtenis(
        id=uuid5(NAMESPACE, f"gebeurtenis {number}"),
        dossier=DOSSIER,
        soort=g.SOORTEN[type(inhoud)],
        op=op,
        vastgelegd=op,
        door=uuid5(NAMESPACE, "medewerker"),
        inhoud=inhoud,
    )


def dossier(
    inwoner: Inwoner | None = None, *, inhouden: Iterable[g.AnyInhoud] = (PLAN, CLOSED), **stand: object
) -> Dossier:
    """The dossier of a closed zaak; keyword arguments replace its facts."""
    facts: dict[str, Any] = {
        "geopend_op": OP,
        "ontvangen_op": OP,
        "contact_voor": date(2024, 5, 21),
        "telefoon": True,
        "pogingen": 2,
        "gesloten_op": OP,
        "eindresultaat": Eindresultaat.GEEN_CONTACT,
    }
    events = tuple(event(inhoud, number) for number, inhoud in enumerate(inhouden))
    return Dossier(
        zaak=DOSSIER,
        nummer="2024-A0001",
        inwoner=inwoner or factories.inwoner(),
        inwoner_id=uuid5(NAMESPACE, "inwoner"),
        behandelaar=uuid5(NAMESPACE, "medewerker"),
        debtsoort="wmo-abonnementstarief",
        stand=Stand(**facts | stand),
        signalen=(),
        eerdere=(),
        gebeurtenissen=events,
        logboek=events,
        berichten=(),
        alleen_lezen=False,
    )


def letter(soort: str, about: Dossier | None = None, *, afzender: Afzender = AFZENDER, **given: object) -> bytes:
    """The PDF of a letter with everything filled in that any kind needs."""
    filled: dict[str, Any] = {"datum": date(2024, 5, 16), "dagdeel": Dagdeel.MIDDAG, "aan": "Humanitas"} | given
    proef = filled.pop("proef", False)
    invulling = Invulling(**filled)
    return make_letter(about or dossier(), soort, afzender, invulling, vandaag=VANDAAG, proef=proef).pdf


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def words(pdf: bytes, page: int | None = None) -> str:
    """The text of a PDF or of one page in reading order, with every run of blanks as one space."""
    pages = reader(pdf).pages
    chosen = pages if page is None else [pages[page]]
    return " ".join(" ".join(part.extract_text() for part in chosen).split())


def drawn(pdf: bytes) -> str:
    """Everything a PDF holds, also what no reader shows: its text, and every object and stream unpacked."""
    whole = [words(pdf)]
    with pikepdf.open(io.BytesIO(pdf)) as found:
        for thing in found.objects:
            if isinstance(thing, pikepdf.Stream):
                whole.append(thing.read_bytes().decode("latin1"))
            whole.append(repr(thing))
    return "\n".join(whole)


def fonts(pdf: bytes) -> dict[str, bool]:
    """Every font that a page names, and whether it is embedded as a subset."""
    found = {}
    for page in reader(pdf).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]  # pypdf types no dictionaries
            font = reference.get_object()
            embedded = "/FontFile2" in font.get("/FontDescriptor", {})
            found[str(font["/BaseFont"])] = embedded and font["/BaseFont"][7] == "+"
    return found


class Extent(NamedTuple):
    """A stretch of text with the millimetres of its edges, from the left and from the top of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def extents(pdf: bytes, page: int = 0) -> list[Extent]:
    """Every stretch of text of a page with the room it takes: a line of type, and as wide as its letters."""
    found: list[Extent] = []
    leaf = reader(pdf).pages[page]
    height = float(leaf.mediabox.height)

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            # The text matrix within the coordinate system of its moment.
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            shown = visible(" ".join(text.split()))
            wide = advance(shown, bold="Semibold" in str(font)) * size
            left, top, right, bottom = (
                edge * 25.4 / 72 for edge in (x, height - y - 0.75 * size, x + wide, height - y + 0.25 * size)
            )
            found.append(Extent(left, top, right, bottom, shown))

    leaf.extract_text(visitor_text=visit)
    return found
