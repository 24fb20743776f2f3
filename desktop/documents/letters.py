"""Letters and the card: who they go to, what each says, and their pages (handbook section 7).

Pure: a dossier, a sender and a day go in; the same input gives the same bytes. Nothing on a card, in the address
window or in the properties of a file tells of a debt, the CAK or care.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import msgspec
from reportlab.lib.pagesizes import A6, landscape

from db.errors import KnownError
from db.model.bedrag import euro
from db.model.codes import (
    Bezoekdoel,
    Contactsoort,
    Dagdeel,
    Gesprekspartner,
    Richting,
    Terugmeldcode,
    Vertegenwoordiging,
    Woonsituatie,
)
from db.model.gebeurtenis import BriefVerzonden, ContactpogingGedaan, PlanVanAanpakOpgesteld, ZaakAfgesloten
from db.model.plan import PlanVanAanpak
from db.model.situatie import Vertegenwoordiger
from db.queries.dossier import Dossier
from db.queries.zaken import Stand
from desktop.casework.kalender import lokale_datum
from desktop.casework.retention import Bewaarklasse, bewaarklasse, wordt_gewist_op
from desktop.documents import templates
from desktop.documents.blocks import Block, Cells, Gap, Heading, Prose, Row, Run, prose
from desktop.documents.briefsoorten import Briefsoort, kind_of
from desktop.documents.layout import LEFT, RIGHT, Box, Sheet, Type, height_of, paginated
from desktop.documents.templates import Template
from desktop.documents.text import shortened
from desktop.documents.woorden import afloop, dag, weekdag, woord

PRIVACY = "privacy"
"""The text on the reverse (AVG 14)."""

CARD = landscape(A6)

WINDOWS: Mapping[str, tuple[Box, float, float]] = MappingProxyType(
    {
        "links": (Box(25.0, 61.0, 91.0, 84.0), 128.0, RIGHT),
        "rechts": (Box(121.0, 61.0, 190.0, 84.0), LEFT, 98.0),
    }
)
"""Where the address stands, and from where to where the reference, by the side of the window.

In C5 (162 × 229 mm, folded once; window 45 × 90 at 20 mm from its side and 60 mm from the bottom) as well as DL
(110 × 220 mm, folded twice; 35 × 90 at 20 mm and 15 mm), however the sheet slides in its envelope.
"""

_FIELD_MAX = 240
"""Characters of one field in a letter: longer is no name or address, and one page is promised."""

_ADDRESS_MAX = 360
"""Characters of all lines of an address: more than fits in the window in the smallest type."""

_SUBJECT = Box(LEFT, 101.5, RIGHT, 114.0)  # with the distance below it, which the first line of the letter does not use
_SUBJECT_MAX = 120
"""Characters of a subject: three lines of its smallest type, however wide its letters."""

_BODY = Box(LEFT, 114.0, 180.0, 273.0)
_REVERSE = Box(LEFT, 32.0, 180.0, 273.0)
_FURTHER = Box(LEFT, 30.0, RIGHT, 273.0)
_SIZES = (11.0, 10.75, 10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
_TYPE = Type(11.0, label=32 * 72 / 25.4, plain_headings=True)
_READABLE = 9.0
"""A plan that does not fit on one page in this size goes on on a second page."""


class Afzender(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes, and how to reach them; everything that stands on a letter about the municipality.

    `venster` is the side of the window in the envelopes, `logo` a PNG or JPEG, without which the name stands there,
    `briefhoofd` a line below it.
    """

    gemeente: str
    medewerker: str
    teamnummer: str
    direct_nummer: str = ""
    werkdagen: str = ""
    adres: str = ""
    fg_contact: str = ""
    briefhoofd: str = ""
    logo: bytes = b""
    venster: str = "links"
    mandaat: str = ""
    bezwaar_adres: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it goes out: the PDF, and the digest of the text that was used."""

    pdf: bytes
    tekstversie: str


class Invulling(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker fills in: the day of a visit or talk, and to whom data may go."""

    datum: date | None = None
    dagdeel: Dagdeel | None = None
    aan: str = ""


def make_letter(
    dossier: Dossier, soort: str, afzender: Afzender, invulling: Invulling, *, vandaag: date, proef: bool
) -> Letter:
    """The PDF of one letter by itself; arguments and errors as `draw_letter`."""
    sheet = Sheet(title="Kaart" if soort == "kaartje" else "Brief")
    version = draw_letter(sheet, dossier, soort, afzender, invulling, vandaag=vandaag, proef=proef)
    return Letter(pdf=sheet.finish(), tekstversie=version)


def draw_letter(
    sheet: Sheet,
    dossier: Dossier,
    soort: str,
    afzender: Afzender,
    invulling: Invulling,
    *,
    vandaag: date,
    proef: bool,
) -> str:
    """Draw a letter on new pages: one, and the privacy text (AVG 14) on a second when the resident had none before.

    A plan with more than fits on a page that one can read has as many as it takes.

    Returns:
        The digest of the text that was used; when it has the privacy text, a + and the digest of that.

    Raises:
        KnownError: BRIEFSOORT_ONBEKEND, NOG_NIET_BESCHIKBAAR, or ARGUMENT_ONTBREEKT with the name of what is missing.
    """
    kind = kind_of(soort)
    given = {"datum": invulling.datum, "dagdeel": invulling.dagdeel, "aan": invulling.aan.strip()}
    for name in kind.nodig:
        if not given[name]:
            raise KnownError("ARGUMENT_ONTBREEKT", naam=name, soort=soort)
    acting = None if kind.aan_de_deur else vertegenwoordiger(dossier)
    template = templates.load(soort, variant="vertegenwoordiger" if acting else "")
    reverse = not kind.aan_de_deur and (template.always_reverse or not had_privacy(dossier))
    fields = _fields(dossier, afzender, invulling, acting, vandaag=vandaag)
    fields["achterkant"] = "ja" if reverse else ""
    if kind.aan_de_deur:
        _card(sheet, template, fields, afzender, proef=proef)
    else:
        lines = _address(dossier, acting)
        _front(sheet, template, lines, fields, afzender, inserts=_inserts(dossier, kind), proef=proef)
    if not reverse:
        return template.version
    privacy = templates.load(PRIVACY)
    _back(sheet, privacy, fields, proef=proef)
    return f"{template.version}+{privacy.version}"


def had_privacy(dossier: Dossier) -> bool:
    """Whether a letter with the privacy text (AVG 14) left for this resident before."""
    return any(isinstance(e.inhoud, BriefVerzonden) and e.inhoud.privacytekst for e in dossier.gebeurtenissen)


def vertegenwoordiger(dossier: Dossier) -> Vertegenwoordiger | None:
    """Who gets the resident's letters; never a mentor, with whom no debt is discussed (handbook section 1)."""
    return next(
        (
            acting
            for acting in dossier.situatie.vertegenwoordigers
            if acting.post and acting.adres.strip() and acting.hoedanigheid is not Vertegenwoordiging.MENTOR
        ),
        None,
    )


def plan_van(dossier: Dossier) -> PlanVanAanpak | None:
    """The plan as it was last recorded."""
    plans = (e.inhoud.plan for e in reversed(dossier.gebeurtenissen) if isinstance(e.inhoud, PlanVanAanpakOpgesteld))
    return next(plans, None)


def _fields(
    dossier: Dossier, afzender: Afzender, invulling: Invulling, acting: Vertegenwoordiger | None, *, vandaag: date
) -> dict[str, str]:
    closing = next((e.inhoud for e in reversed(dossier.gebeurtenissen) if isinstance(e.inhoud, ZaakAfgesloten)), None)
    result = closing.eindresultaat if closing else None
    plan = plan_van(dossier)
    team = _unbroken(afzender.teamnummer)
    bewaren = bewaring(dossier.stand)
    mandaat = afzender.mandaat or f"Namens burgemeester en wethouders van {afzender.gemeente}, {afzender.medewerker}"
    objections = afzender.bezwaar_adres or afzender.adres
    fields = {
        "naam": dossier.inwoner.naam,
        "aanhef": acting.naam if acting else dossier.inwoner.naam,
        "vertegenwoordiger": "ja" if acting else "",
        "hoedanigheid": woord(acting.hoedanigheid) if acting else "",
        "zaak": dossier.nummer,
        "gemeente": afzender.gemeente,
        "medewerker": afzender.medewerker,
        "telefoon": _unbroken(afzender.direct_nummer) or team,
        "direct": "ja" if afzender.direct_nummer not in {"", afzender.teamnummer} else "",
        "teamnummer": team,
        "werkdagen": afzender.werkdagen.strip() or "werkdagen",
        "adres_gemeente": afzender.adres,
        "fg": afzender.fg_contact or f"bel {team} en vraag naar de functionaris gegevensbescherming",
        "vandaag": dag(vandaag),
        **_occasion(dossier),
        "datum": weekdag(invulling.datum) if invulling.datum else "",
        "dagdeel": _when(dossier, invulling),
        "dagdeel_erbij": f", {_when(dossier, invulling)}" if invulling.dagdeel else "",
        "thuis": "ja" if _at_home(dossier, invulling) else "",
        "aan": invulling.aan.strip(),
        "resultaat": afloop(result) if result else "",
        "cak": _told(closing),
        "bewaren": bewaren,
        "bewaren_over": bewaren.replace("uw gegevens", "de gegevens").replace("Uw dossier", "Het dossier"),
        "plan_nakijken": dag(plan.evaluatiedatum) if plan and plan.evaluatiedatum else "",
        "mandaat": mandaat,
        "bezwaar_adres": f", {objections}" if objections else "",
        "wie_tekent": "Vertegenwoordiger" if acting else "Inwoner",
    }
    return {name: shortened(value, _FIELD_MAX) for name, value in fields.items()}


def _occasion(dossier: Dossier) -> dict[str, str]:
    """Why this letter comes now: exactly one of the first four is filled."""
    spoken = [
        (event.op, event.inhoud)
        for event in dossier.gebeurtenissen
        if isinstance(event.inhoud, ContactpogingGedaan) and event.inhoud.gesproken_met is Gesprekspartner.INWONER
    ]
    written = [
        event.op
        for event in dossier.gebeurtenissen
        if isinstance(event.inhoud, BriefVerzonden) and event.inhoud.brief == "eerste-brief"
    ]
    stand = dossier.stand
    second = dag(lokale_datum(written[-1])) if written else ""
    called = "" if second or not stand.pogingen else "ja"
    unknown = "" if second or called or stand.kan_bellen else "ja"
    return {
        "tweede": second,
        "gebeld": called,
        "zonder_nummer": unknown,
        "nieuw": "" if second or called or unknown else "ja",
        "tweede_bezoek": "ja" if stand.bezoeken else "",
        "samen": "ja" if stand.bezoek and stand.bezoek.met else "",
        "instelling": "ja" if _in_institution(dossier) else "",
        "gesproken_op": dag(lokale_datum(spoken[-1][0])) if spoken else "",
        "zochten": _sought(spoken[-1][1]) if spoken else "u belden",
    }


def _sought(talk: ContactpogingGedaan) -> str:
    """What we did when we last spoke the resident, in the subject of a letter."""
    if talk.contactsoort is Contactsoort.HUISBEZOEK:
        return "bij u waren"
    called = talk.contactsoort is Contactsoort.TELEFOON and talk.richting is Richting.UIT
    return "u belden" if called else "u spraken"


def _in_institution(dossier: Dossier) -> bool:
    return dossier.stand.woonsituatie in {Woonsituatie.INSTELLING, Woonsituatie.OPVANG}


def _when(dossier: Dossier, invulling: Invulling) -> str:
    """The part of the day, or the hour that was agreed for that day."""
    visit = dossier.stand.bezoek
    if visit and visit.tijd and (visit.datum, visit.dagdeel) == (invulling.datum, invulling.dagdeel):
        return f"om {visit.tijd.replace(':', '.')} uur"
    return woord(invulling.dagdeel)


def _at_home(dossier: Dossier, invulling: Invulling) -> bool:
    """Whether the talk of that day is planned at the resident's address."""
    planned = dossier.stand.bezoek
    return planned is not None and (planned.doel, planned.datum) == (Bezoekdoel.EERSTE_GESPREK, invulling.datum)


def _address(dossier: Dossier, acting: Vertegenwoordiger | None) -> list[str]:
    """The lines in the window. In an institution a letter is personal; its name would tell of care."""
    if acting:
        lines = [line.strip() for line in acting.adres.splitlines() if line.strip()]
        return [acting.naam, *lines[:4], *([", ".join(lines[4:])] if lines[4:] else [])]
    inwoner = dossier.inwoner
    # PostNL asks for two spaces behind the postcode.
    lines = [inwoner.naam, inwoner.straatregel, inwoner.plaatsregel.replace("  ", "\u00a0 ")]
    return ["Persoonlijk", *lines] if _in_institution(dossier) else lines


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


def _inserts(dossier: Dossier, kind: Briefsoort) -> dict[str, tuple[Block, ...]]:
    return {"plan": tuple(_plan(plan_van(dossier) or PlanVanAanpak()))} if kind.plan else {}


def _plan(plan: PlanVanAanpak) -> Iterator[Block]:
    if plan.schulden:
        shares = (5.0, 2.2, 5.0)
        yield Heading("Wat er openstaat")
        yield Cells(("Aan wie", "Bedrag", "Wat wij regelden"), shares, kop=True)
        for schuld in plan.schulden:
            yield Cells((schuld.schuldeiser, euro(schuld.bedrag), _whole(schuld.regeling) or "nog niets"), shares)
        if len(plan.schulden) > 1:
            yield Cells(("Samen", euro(plan.totaal), ""), shares)
    if plan.inkomen_per_maand is not None or plan.vaste_lasten_per_maand is not None:
        yield Heading("Wat er binnenkomt en uitgaat")
    if plan.inkomen_per_maand is not None:
        yield Row("Inkomen per maand", euro(plan.inkomen_per_maand))
    if plan.vaste_lasten_per_maand is not None:
        yield Row("Vaste lasten per maand", euro(plan.vaste_lasten_per_maand))
    if plan.afspraken:
        shares = (2.6, 6.4, 3.2)
        named = {"inwoner": "U", "de inwoner": "U"}  # as a worker writes it
        yield Heading("Wie doet wat")
        yield Cells(("Wie", "Wat", "Uiterlijk"), shares, kop=True)
        for afspraak in plan.afspraken:
            yield Cells(
                (named.get(afspraak.wie.strip().lower(), afspraak.wie), _whole(afspraak.wat), dag(afspraak.uiterlijk)),
                shares,
            )
    for paragraph in filter(None, (part.strip() for part in plan.toelichting.splitlines())):
        yield prose(_whole(paragraph))


def _whole(text: str) -> str:
    """The text with each amount on one line."""
    return text.replace("€ ", "€\u00a0")


def _front(
    sheet: Sheet,
    template: Template,
    address: list[str],
    fields: dict[str, str],
    afzender: Afzender,
    *,
    inserts: Mapping[str, tuple[Block, ...]],
    proef: bool,
) -> None:
    blocks = list(templates.fill(template, fields, inserts))
    if template.greeting:
        blocks += [
            prose("Met vriendelijke groet,"),
            Gap(2),
            Prose((Run(fields["medewerker"], bold=True),), tight=True),
            prose(f"Gemeente {fields['gemeente']}"),
        ]
    sheet.new_page()
    window, *reference = WINDOWS[afzender.venster]
    _letterhead(sheet, afzender)
    room = _ADDRESS_MAX // len(address)
    lines = [Prose((Run(shortened(line, room)),), tight=True) for line in address]
    sheet.fit(lines, window, _SIZES, _TYPE._replace(leading=1.28))
    _reference(sheet, fields, *reference)
    subject = shortened(templates.subject(template, fields), _SUBJECT_MAX)
    sheet.fit([Heading(subject, 0)], _SUBJECT, (8.2, *_SIZES[10:]), Type(8.2))
    if not inserts:
        sheet.fit(blocks, _BODY, _SIZES, _TYPE)
        _footer(sheet, fields, proef=proef)
        return
    _flow(sheet, blocks, fields, proef=proef)


def _flow(sheet: Sheet, blocks: list[Block], fields: dict[str, str], *, proef: bool) -> None:
    """A body of any length: on one page when it can be read there, else on as many as it takes."""
    wide = _TYPE._replace(label=45 * 72 / 25.4)
    for size in _SIZES:
        pieces = sheet.flow(blocks, wide._replace(size=size), _BODY.width)
        if height_of(pieces) <= _BODY.height or size <= _READABLE:
            break
    else:
        raise AssertionError
    pages = paginated(pieces, _BODY.height, _FURTHER.height)
    end = max(number for number, block in enumerate(blocks) if isinstance(block, Heading))
    if len(pages[-1]) < len(pieces) - end:
        # What one signs below stays with the signatures.
        pages = paginated(pieces[:end], _BODY.height, _FURTHER.height)
        pages += paginated(pieces[end:], _FURTHER.height, _FURTHER.height)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            sheet.new_page()
        sheet.draw(page, _BODY if number == 1 else _FURTHER)
        _footer(sheet, fields, proef=proef, of=f" · bladzijde {number} van {len(pages)}" if len(pages) > 1 else "")


def _letterhead(sheet: Sheet, afzender: Afzender) -> None:
    logo = sheet.picture(afzender.logo, Box(LEFT, 12.0, 105.0, 32.0))
    if not logo:
        sheet.bar(LEFT, 16.0, 25.5)
        sheet.line(f"Gemeente {afzender.gemeente}", LEFT + 4, 22.7, size=17, bold=True)
    if afzender.briefhoofd:
        x, y = (LEFT, 37.0) if logo else (LEFT + 4, 29.5)
        sheet.line(afzender.briefhoofd, x, y, size=9.5, muted=True)


def _reference(sheet: Sheet, fields: dict[str, str], x: float, right: float) -> None:
    y = 57.5
    rows = (
        ("Datum", fields["vandaag"]),
        ("Uw kenmerk", fields["zaak"]),
        ("Uw contactpersoon", fields["medewerker"]),
        ("Telefoon", " of ".join(dict.fromkeys((fields["telefoon"], fields["teamnummer"])))),
    )
    for label, value in rows:
        sheet.labelled(label, value, x, y, right=right)
        y += 10.4


def _back(sheet: Sheet, template: Template, fields: dict[str, str], *, proef: bool) -> None:
    sheet.new_page()
    sheet.line(template.subject, LEFT, 24.0, size=13, bold=True, kind="H1")
    sheet.fit(templates.fill(template, fields), _REVERSE, _SIZES, _TYPE)
    _footer(sheet, fields, proef=proef)


def _footer(sheet: Sheet, fields: dict[str, str], *, proef: bool, of: str = "") -> None:
    sheet.rule(LEFT, RIGHT, 279.0)
    begins = sheet.line_right(
        ("Proef: deze brief is niet echt" if proef else fields["zaak"]) + of, RIGHT, 284.0, size=8.5, left=90.0
    )
    sender = (f"Gemeente {fields['gemeente']}", fields["teamnummer"], fields["adres_gemeente"])
    sheet.line(" · ".join(filter(None, sender)), LEFT, 284.0, size=8.5, muted=True, right=begins - 5)


def _card(sheet: Sheet, template: Template, fields: dict[str, str], afzender: Afzender, *, proef: bool) -> None:
    """A6, for a closed envelope that is left at the door; nothing on it but a name and a wish to speak."""
    # Its lines are short: nothing may be kept together there.
    fields = {name: value.replace("\u00a0", " ") for name, value in fields.items()}
    sheet.new_page(CARD)
    left, right = 14.0, 134.0
    if not sheet.picture(afzender.logo, Box(left, 9.0, 75.0, 22.0)):
        sheet.bar(left, 12.0, 19.5)
        sheet.line(f"Gemeente {fields['gemeente']}", left + 3.5, 17.3, size=14, bold=True, right=right)
    box = Box(left, 29.0, right, 64.0)
    sheet.fit(templates.fill(template, fields), box, (13.5, 13.0, 12.5, 12.0, 11.5, *_SIZES), _TYPE)
    name = Prose((Run(shortened(fields["medewerker"], 60), bold=True),), tight=True)
    sheet.fit([name], Box(left, 66.8, right, 73.0), (12.5, 11.5, 10.5, *_SIZES[4:]), _TYPE)
    sheet.line(fields["telefoon"], left, 79.0, size=12.5, bold=True, kind="P", right=right)
    days = Prose((Run(f"Ik werk op {fields['werkdagen']}"),), tight=True)
    sheet.fit([days], Box(left, 81.0, right, 89.5), _SIZES[5:], _TYPE._replace(leading=1.25))
    sheet.rule(left, right, 90.5)
    mark = f"{fields['vandaag']} · Uw kenmerk: {fields['zaak']}"
    sheet.line(mark, left, 95.8, size=8.5, muted=True, kind="P", right=right)
    if proef:
        sheet.line_right("Proef: dit kaartje is niet echt", right, 95.8, size=8.5)
