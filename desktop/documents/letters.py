"""Letters and the card: which kinds there are, what each needs, and the PDF of one (handbook section 7).

Pure: a dossier, a sender and a day go in; the same input gives the same bytes. Nothing on a card, in the address
window or in the properties of a file tells of a debt, the CAK or care.
"""

from __future__ import annotations

from datetime import date

import msgspec
from reportlab.lib.pagesizes import A4

from db.errors import KnownError
from db.model.codes import Dagdeel, Gesprekspartner, Terugmeldcode
from db.model.gebeurtenis import ContactpogingGedaan, ZaakAfgesloten
from db.queries.dossier import Dossier
from db.queries.zaken import Stand
from desktop.casework.kalender import lokale_datum
from desktop.casework.retention import Bewaarklasse, bewaarklasse, wordt_gewist_op
from desktop.documents import templates
from desktop.documents.blocks import Prose, Run, prose
from desktop.documents.briefsoorten import kind_of
from desktop.documents.layout import (
    CARD,
    LEFT,
    RIGHT,
    WINDOW_BOTTOM,
    WINDOW_LEFT,
    WINDOW_RIGHT,
    WINDOW_TOP,
    Box,
    Sheet,
    fitted,
)
from desktop.documents.templates import Template
from desktop.documents.text import shortened
from desktop.documents.woorden import afloop, dag, weekdag, woord

_FIELD_MAX = 240
"""Characters of one field in a letter: longer is no name or address, and one page is promised."""

_BODY = Box(LEFT, 111.0, 180.0, 273.0)
_REVERSE = Box(LEFT, 30.0, 180.0, 273.0)
_SIZES = (11.0, 10.75, 10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)


class Afzender(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes, and how to reach them; everything that stands on a letter about the municipality."""

    gemeente: str
    medewerker: str
    teamnummer: str
    direct_nummer: str = ""
    werkdagen: str = ""
    adres: str = ""
    fg_contact: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it goes out: the PDF, and the digest of the text that was used."""

    pdf: bytes
    tekstversie: str


def make_letter(
    dossier: Dossier,
    soort: str,
    afzender: Afzender,
    *,
    vandaag: date,
    proef: bool,
    datum: date | None = None,
    dagdeel: Dagdeel | None = None,
    aan: str = "",
) -> Letter:
    """The PDF of one letter by itself; arguments and errors as `draw_letter`."""
    sheet = Sheet(title="Kaart" if soort == "kaartje" else "Brief")
    version = draw_letter(
        sheet, dossier, soort, afzender, vandaag=vandaag, proef=proef, datum=datum, dagdeel=dagdeel, aan=aan
    )
    return Letter(pdf=sheet.finish(), tekstversie=version)


def draw_letter(
    sheet: Sheet,
    dossier: Dossier,
    soort: str,
    afzender: Afzender,
    *,
    vandaag: date,
    proef: bool,
    datum: date | None = None,
    dagdeel: Dagdeel | None = None,
    aan: str = "",
) -> str:
    """Draw a letter on new pages: one, and the privacy text (AVG 14) on a second where the kind has it.

    Returns the digest of the text that was used.

    Raises:
        KnownError: BRIEFSOORT_ONBEKEND, NOG_NIET_BESCHIKBAAR, or ARGUMENT_ONTBREEKT with the name of what is missing.
    """
    kind = kind_of(soort)
    given = {"datum": datum, "dagdeel": dagdeel, "aan": aan.strip()}
    for name in kind.nodig:
        if not given[name]:
            raise KnownError("ARGUMENT_ONTBREEKT", naam=name, soort=soort)
    template = templates.load(soort)
    fields = _fields(dossier, afzender, vandaag=vandaag, datum=datum, dagdeel=dagdeel, aan=aan.strip())
    if soort == "kaartje":
        # Its lines are short: nothing breaks there.
        fields = {name: value.replace("\u00a0", " ") for name, value in fields.items()}
        _card(sheet, template, fields, proef=proef)
        return template.version
    _front(sheet, template, dossier, fields, proef=proef)
    sheet.next_page()
    if template.reverse:
        _back(sheet, template.reverse, fields, proef=proef)
        sheet.next_page()
    return template.version


def _fields(
    dossier: Dossier, afzender: Afzender, *, vandaag: date, datum: date | None, dagdeel: Dagdeel | None, aan: str
) -> dict[str, str]:
    spoken = [
        event.op
        for event in dossier.gebeurtenissen
        if isinstance(event.inhoud, ContactpogingGedaan) and event.inhoud.gesproken_met is Gesprekspartner.INWONER
    ]
    closing = next(
        (event.inhoud for event in reversed(dossier.gebeurtenissen) if isinstance(event.inhoud, ZaakAfgesloten)), None
    )
    result = closing.eindresultaat if closing else None
    fields = {
        "naam": dossier.inwoner.naam,
        "zaak": dossier.nummer,
        "gemeente": afzender.gemeente,
        "medewerker": afzender.medewerker,
        "telefoon": _unbroken(afzender.direct_nummer or afzender.teamnummer),
        "teamnummer": _unbroken(afzender.teamnummer),
        "werkdagen": afzender.werkdagen,
        "adres_gemeente": afzender.adres,
        "fg": afzender.fg_contact
        or f"bel {_unbroken(afzender.teamnummer)} en vraag naar de functionaris gegevensbescherming",
        "vandaag": dag(vandaag),
        "gebeld": "ja" if dossier.stand.pogingen else "",
        "gesproken_op": dag(lokale_datum(spoken[-1])) if spoken else "",
        "datum": weekdag(datum) if datum else "",
        "dagdeel": woord(dagdeel),
        "dagdeel_erbij": f", {woord(dagdeel)}" if dagdeel else "",
        "aan": aan,
        "resultaat": afloop(result) if result else "",
        "cak": _told(closing),
        "bewaren": bewaring(dossier.stand),
    }
    return {name: shortened(value, _FIELD_MAX) for name, value in fields.items()}


def bewaring(stand: Stand) -> str:
    """How long this zaak is kept, in words to the resident."""
    gewist_op = wordt_gewist_op(stand)
    if gewist_op:
        return f"Wij wissen uw gegevens op {dag(gewist_op)}."
    if stand.eindresultaat and bewaarklasse(stand.eindresultaat) is Bewaarklasse.HULP:
        return (
            "Uw dossier hoort bij de schuldhulpverlening van de gemeente. Onze kopie wissen wij 6 maanden nadat zij"
            " het dossier hebben gekregen."
        )
    return (
        "Wij bewaren uw gegevens zolang wij met u bezig zijn. Daarna hangt het af van hoe het afloopt. Geen contact"
        " of geen hulp: 6 maanden. Konden wij niets doen: 42 dagen. Hulp: tot 6 maanden nadat de schuldhulpverlening"
        " uw dossier heeft gekregen."
    )


def _unbroken(number: str) -> str:
    """A telephone number that stays on one line."""
    return number.replace(" ", "\u00a0")


def _told(closing: ZaakAfgesloten | None) -> str:
    """What the CAK hears, in words (handbook section 5; ui.md for the minimal set)."""
    codes = dict.fromkeys(message.code for message in closing.terugmeldingen) if closing else {}
    if not codes:
        return "Het CAK hoort niets van ons."
    if set(codes) == {Terugmeldcode.AFGEROND}:
        return "Wij hebben het CAK alleen verteld dat wij klaar zijn."
    return " ".join(f"Wij vertellen het CAK: “{woord(code)}”" for code in codes)


def _front(sheet: Sheet, template: Template, dossier: Dossier, fields: dict[str, str], *, proef: bool) -> None:
    sheet.page_size(A4)
    blocks = list(templates.fill(template, fields))
    if template.greeting:
        blocks += [
            prose("Met vriendelijke groet,"),
            prose(""),
            Prose((Run(fields["medewerker"], bold=True),), tight=True),
            prose(f"Gemeente {fields['gemeente']}"),
        ]
    _letterhead(sheet, fields)
    _address(sheet, dossier)
    _reference(sheet, fields)
    sheet.line(template.subject, LEFT, 104.0, size=13, bold=True)
    sheet.put(fitted(blocks, _BODY, _SIZES), _BODY)
    _footer(sheet, fields, proef=proef)


def _letterhead(sheet: Sheet, fields: dict[str, str]) -> None:
    sheet.bar(LEFT, 16.0, 25.5)
    sheet.line(f"Gemeente {shortened(fields['gemeente'], 40)}", LEFT + 4, 22.7, size=17, bold=True)


def _address(sheet: Sheet, dossier: Dossier) -> None:
    inwoner = dossier.inwoner
    # PostNL asks for two spaces behind the postcode; a paragraph would make them one.
    place = inwoner.plaatsregel.replace("  ", "\u00a0 ")
    lines = [prose(shortened(line, _FIELD_MAX)) for line in (inwoner.naam, inwoner.straatregel, place)]
    window = Box(WINDOW_LEFT, WINDOW_TOP, WINDOW_RIGHT, WINDOW_BOTTOM)
    sheet.put(fitted(lines, window, _SIZES, leading=1.28, gap=0), window)


def _reference(sheet: Sheet, fields: dict[str, str]) -> None:
    y = 54.5
    rows = (
        ("Datum", fields["vandaag"]),
        ("Uw kenmerk", fields["zaak"]),
        ("Uw contactpersoon", fields["medewerker"]),
        ("Telefoon", " of ".join(dict.fromkeys((fields["telefoon"], fields["teamnummer"])))),
    )
    for label, value in rows:
        sheet.line(label, 128.0, y, size=8.5, muted=True)
        sheet.line(shortened(value, 34), 128.0, y + 4.6, size=10)
        y += 10.6


def _back(sheet: Sheet, template: Template, fields: dict[str, str], *, proef: bool) -> None:
    sheet.line(template.subject, LEFT, 24.0, size=13, bold=True)
    sheet.put(fitted(templates.fill(template, fields), _REVERSE, _SIZES), _REVERSE)
    _footer(sheet, fields, proef=proef)


def _footer(sheet: Sheet, fields: dict[str, str], *, proef: bool) -> None:
    sheet.rule(LEFT, RIGHT, 279.0)
    sender = f"Gemeente {shortened(fields['gemeente'], 40)}"
    if fields["adres_gemeente"]:
        sender += f" · {shortened(fields['adres_gemeente'], 70)}"
    sheet.line(f"{sender} · {fields['teamnummer']}", LEFT, 284.0, size=8.5, muted=True)
    sheet.line_right("Proef: deze brief is niet echt" if proef else fields["zaak"], RIGHT, 284.0, size=8.5)


def _card(sheet: Sheet, template: Template, fields: dict[str, str], *, proef: bool) -> None:
    """A6, for a closed envelope that is left at the door; nothing on it but a name and a wish to speak."""
    sheet.page_size(CARD)
    left, right = 14.0, 134.0
    sheet.bar(left, 12.0, 19.5)
    sheet.line(f"Gemeente {shortened(fields['gemeente'], 40)}", left + 3.5, 17.3, size=14, bold=True)
    box = Box(left, 29.0, right, 64.0)
    sheet.put(fitted(templates.fill(template, fields), box, (13.5, 13.0, 12.5, 12.0, 11.5, *_SIZES)), box)
    number = fields["telefoon"]
    sheet.line(shortened(fields["medewerker"], 60), left, 72.0, size=12.5, bold=True)
    sheet.line(number, left, 79.0, size=12.5, bold=True)
    if fields["werkdagen"]:
        sheet.line(shortened(f"Ik werk op {fields['werkdagen']}", 75), left, 84.6, size=9.5, muted=True)
    sheet.rule(left, right, 90.5)
    sheet.line(f"{fields['vandaag']} · Uw kenmerk: {fields['zaak']}", left, 95.8, size=8.5, muted=True)
    if proef:
        sheet.line_right("Proef: dit kaartje is niet echt", right, 95.8, size=8.5)
    sheet.next_page()
