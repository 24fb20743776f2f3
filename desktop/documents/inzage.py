"""The inzage: everything that is recorded about one resident, in the order in which one reads it (AVG 15).

One frozen document is made of every event of every dossier about the resident; the PDF and the machine-readable file
are two renderings of it. Complete by construction: each kind of event has a chapter, and each field a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from db.errors import RegelOvertreding
from db.journal import counting
from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag, euro
from db.model.codes import Berichtstaat, Identiteitsbewijs, Rol, Terugmeldcode
from db.queries.dossier import Bericht
from db.queries.inzage import Deel
from db.queries.zaken import Stand
from desktop.casework.kalender import lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.retention import wordt_gewist_op
from desktop.documents import templates
from desktop.documents.blocks import Block, Heading, Item, Row, Run, plain, prose
from desktop.documents.gebeurtenissen import Veld, beschrijf
from desktop.documents.layout import LEFT, RIGHT, Box, Sheet, Type, paginated
from desktop.documents.letters import Afzender, bewaring
from desktop.documents.text import MARK, visible
from desktop.documents.woorden import dag, moment, woord

Hoofdstuk = Literal["weten", "deden", "keek"]

HOOFDSTUKKEN: Mapping[type[g.Inhoud], Hoofdstuk] = MappingProxyType(
    {
        g.SignaalOntvangen: "weten",
        g.RijAfgewezen: "weten",
        g.SignaalGewijzigd: "weten",
        g.OokGemeld: "weten",
        g.CorrectieGekozen: "weten",
        g.ZaakGeopend: "weten",
        g.InwonerGecorrigeerd: "weten",
        g.SituatieVastgelegd: "weten",
        g.TerugbelverzoekGenoteerd: "weten",
        g.DossierIngezien: "keek",
    }
)
"""Where a kind is told in full; every other kind under "wat wij deden"."""

BETREFT_NIEMAND = MappingProxyType(
    {
        g.KluisGemaakt: "the vault itself",
        g.MedewerkerToegevoegd: "a colleague",
        g.InstellingGewijzigd: "a setting",
        g.ReservekopieGemaakt: "a copy of the whole vault",
        g.WachtwoordVervangen: "the key of the vault",
        g.QuotumToegepast: "counts of a month",
        g.LeveringOntvangen: "counts of a file; its rows have dossiers of their own",
    }
)
"""Kinds that never stand in a resident's dossier, each with what they are about."""

_OTHERS = frozenset({"behandelaar", "medewerker", "met", "door_wie", "ander", "persoon"})
"""Fields about a colleague, or the number of a signal or a resident that may be somebody else's."""

_OTHERS_TOLD = "van wie die andere rekening stuurde; wie dat was, bewaren wij niet"

WEGGELATEN = "[weggelaten: gaat over iemand anders]"
"""Stands where something about a third person was taken out (AVG 15 lid 4)."""

_NOTHING_INSERTED: Mapping[str, tuple[Block, ...]] = MappingProxyType(
    dict.fromkeys(("inhoud", "weten", "vanwie", "deden", "cak", "keek", "bewaren"), ())
)
_PAGE = Box(LEFT, 30.0, RIGHT, 272.0)
_TYPE = Type(10.5, label=153)  # points: the longest moment, and a little air


class GebeurtenisInzage(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened: in words for people, and as it is stored for computers; times in UTC."""

    soort: Annotated[str, Meta(description="kind and version of the event, such as ContactpogingGedaan/1")]
    op: Annotated[datetime, Meta(description="when it happened")]
    vastgelegd: Annotated[datetime, Meta(description="when it was written down")]
    door: Annotated[str, Meta(description="the role of who wrote it down; no colleague is named")]
    titel: Annotated[str, Meta(description="what happened, in Dutch")]
    velden: Annotated[tuple[Veld, ...], Meta(description="what was written down, in Dutch: label and value")]
    inhoud: Annotated[
        dict[str, Any] | None,
        Meta(description="the same as it is stored, with the names and codes of the program; null once it was erased"),
    ]


class DossierInzage(msgspec.Struct, frozen=True, kw_only=True):
    """One dossier about the resident: a zaak, a signaal, a geweigerde rij or a terugbelverzoek."""

    soort: Annotated[str, Meta(description="zaak, signaal, geweigerde rij or terugbelverzoek")]
    nummer: Annotated[str, Meta(description="the number or day by which people name it")]
    gebeurtenissen: Annotated[tuple[GebeurtenisInzage, ...], Meta(description="all that happened in it, oldest first")]


class BerichtInzage(msgspec.Struct, frozen=True, kw_only=True):
    """What was said to the CAK about one signal, and how far it got."""

    signaal: Annotated[str, Meta(description="number of the signal")]
    klantnummer: Annotated[str, Meta(description="the number of the resident at the CAK")]
    code: Annotated[Terugmeldcode, Meta(description="what the CAK gets to read")]
    betekenis: Annotated[str, Meta(description="what that code means, in Dutch")]
    datum: Annotated[date, Meta(description="the date in the message")]
    staat: Annotated[str, Meta(description="how far it got, in Dutch")]
    verzonden_op: Annotated[datetime | None, Meta(description="when it left; null while it did not")] = None


class ConceptInzage(msgspec.Struct, frozen=True, kw_only=True):
    """Text that is being typed in a form and was not recorded yet; of a plan it is the form's own notation."""

    zaak: Annotated[str, Meta(description="number of the zaak")]
    tekst: Annotated[str, Meta(description="what was typed")]
    bewaard: Annotated[datetime, Meta(description="when for the last time")]


class VergelijkingInzage(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a signal of another creditor, to compare with: without a name, under a code."""

    debtsoort: Annotated[str, Meta(description="kind of bill, as in a signaalbestand")]
    soort: Annotated[str, Meta(description="the same in Dutch")]
    bedrag: Annotated[int, Meta(description="what was owed, in cents")]
    signaaldatum: Annotated[date, Meta(description="the day of that signal")]
    herkend: Annotated[str, Meta(description="by what it was found to be about the resident, in Dutch")]
    gewist_op: Annotated[date, Meta(description="from this day on it is not kept")]


class BewaringInzage(msgspec.Struct, frozen=True, kw_only=True):
    """How long one zaak is kept."""

    zaak: Annotated[str, Meta(description="number of the zaak")]
    uitleg: Annotated[str, Meta(description="how long, in Dutch")]
    gewist_op: Annotated[date | None, Meta(description="the day of erasure; null while it is not known")] = None


class Toelichting(msgspec.Struct, frozen=True):
    """A chapter of the fixed text: purpose and ground, sources, recipients, retention, rights, complaint."""

    kop: Annotated[str, Meta(description="its heading; empty for what stands before the first")]
    tekst: Annotated[tuple[str, ...], Meta(description="its paragraphs, in Dutch")]


class Inzage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is recorded about one resident (AVG 15), as a file for computers."""

    formaat: Annotated[Literal["voordeur-inzage/1"], Meta(description="name and version of this format")] = (
        "voordeur-inzage/1"
    )
    nummer: Annotated[str, Meta(description="number of this inzage; it stands in the log of the municipality too")]
    opgemaakt: Annotated[datetime, Meta(description="when it was put together")]
    gemeente: Annotated[str, Meta(description="the municipality")]
    proef: Annotated[bool, Meta(description="true when it comes from a trial and is about nobody")]
    zaak: Annotated[str, Meta(description="number of the zaak to name in questions")]
    identiteit: Annotated[Identiteitsbewijs, Meta(description="how was seen that the resident asked")]
    dossiers: Annotated[tuple[DossierInzage, ...], Meta(description="every dossier about the resident")]
    berichten: Annotated[tuple[BerichtInzage, ...], Meta(description="what was said to the CAK")]
    concepten: Annotated[tuple[ConceptInzage, ...], Meta(description="what is being typed")]
    bewaring: Annotated[tuple[BewaringInzage, ...], Meta(description="how long each zaak is kept")]
    vergelijking: Annotated[
        tuple[VergelijkingInzage, ...], Meta(description="what is kept of signals of other creditors")
    ] = ()
    toelichting: Annotated[tuple[Toelichting, ...], Meta(description="what the law asks to tell, chapter by chapter")]
    weggelaten: Annotated[int, Meta(description="in how many places something about somebody else was left out")] = 0


class _Without:
    """Takes out what tells of somebody else, and counts how often in what people read."""

    def __init__(self, weglaten: Sequence[str]) -> None:
        self._asked = [unicodedata.normalize("NFC", " ".join(text.split())) for text in weglaten]
        self._words = sorted({text for text in self._asked if text}, key=len, reverse=True)
        patterns = "|".join(f"({_anywhere(text)})" for text in self._words)
        self._pattern = re.compile(patterns, re.IGNORECASE) if patterns else None
        self._found = set[str]()
        self.times = 0

    def __call__(self, text: str) -> str:
        if self._pattern is None:
            return text
        normal = unicodedata.normalize("NFC", text)
        left = self._pattern.sub(self._replaced, normal)
        return text if left == normal else left

    def _replaced(self, found: re.Match[str]) -> str:
        self.times += 1
        self._found.add(self._words[(found.lastindex or 1) - 1])
        return WEGGELATEN

    def nowhere(self) -> int | None:
        """The first line that was asked for and stands nowhere, counted from 1; a typing error would betray somebody.

        A text within a longer one that was found is found with it.
        """
        whole = "\n".join(self._found).casefold()
        return next((number for number, text in enumerate(self._asked, 1) if text.casefold() not in whole), None)

    def event(self, event: GebeurtenisInzage) -> GebeurtenisInzage:
        """The same event, in words and as it is stored, without it."""
        if self._pattern is None:
            return event
        velden = tuple((label, self(value)) for label, value in event.velden)
        told = self.times
        inhoud = self._stored(event.inhoud)
        self.times = told
        return msgspec.structs.replace(event, velden=velden, inhoud=inhoud)

    def _stored(self, value: Any) -> Any:  # noqa: ANN401  # whatever JSON can hold
        match value:
            case str():
                return self(value)
            case dict():
                return {name: self._stored(inner) for name, inner in value.items()}
            case list():
                return [self._stored(inner) for inner in value]
        return value


def _anywhere(text: str) -> str:
    """A pattern for these words as words of their own, whatever blanks and line ends stand between them."""
    words = r"\s+".join(map(re.escape, text.split()))
    before, after = (r"(?<!\w)" if text[0].isalnum() else ""), (r"(?!\w)" if text[-1].isalnum() else "")
    return f"{before}{words}{after}"


def compose(
    delen: Iterable[Deel],
    berichten: Iterable[Bericht],
    standen: Mapping[str, Stand],
    rollen: Mapping[UUID, Rol],
    afzender: Afzender,
    *,
    zaak: str,
    nummer: str,
    identiteit: Identiteitsbewijs,
    opgemaakt: datetime,
    proef: bool,
    concepten: Iterable[ConceptInzage] = (),
    vergelijking: Iterable[VergelijkingInzage] = (),
    weglaten: Sequence[str] = (),
) -> Inzage:
    """Everything about one resident as one document. Pure.

    Args:
        delen: every dossier about the resident, with all its events.
        berichten: the terugmeldingen of those dossiers.
        standen: the facts of each zaak, by its number.
        rollen: the role of everybody whose id stands under an event.
        afzender: the municipality.
        zaak: number of the zaak from which it was asked.
        nummer: of this inzage.
        identiteit: how the identity was checked.
        opgemaakt: when, aware.
        proef: a trial vault.
        concepten: half-typed text about the resident.
        vergelijking: what is kept of signals of other creditors.
        weglaten: names and sentences about third persons. Wherever one stands it is replaced before anything is
            drawn or written, whatever its capitals and blanks; the rest of the text stays.

    Raises:
        RegelOvertreding: WEGLATEN_NIET_GEVONDEN, with the line of `weglaten` that stands nowhere.
    """
    parts = tuple(delen)
    sent = {
        message: event.op
        for deel in parts
        for event in deel.gebeurtenissen
        if isinstance(event.inhoud, g.TerugmeldingVerzonden)
        for message in event.inhoud.terugmeldingen
    }
    fields = _fields(afzender, zaak=zaak, nummer=nummer, identiteit=identiteit, opgemaakt=opgemaakt)
    without = _Without(weglaten)
    made = Inzage(
        nummer=nummer,
        opgemaakt=opgemaakt,
        gemeente=afzender.gemeente,
        proef=proef,
        zaak=zaak,
        identiteit=identiteit,
        dossiers=tuple(
            DossierInzage(
                soort=deel.soort,
                nummer=deel.nummer,
                gebeurtenissen=tuple(map(without.event, _events(deel.gebeurtenissen, rollen))),
            )
            for deel in parts
        ),
        berichten=tuple(
            BerichtInzage(
                signaal=bericht.signaal,
                klantnummer=bericht.klantnummer,
                code=bericht.code,
                betekenis=woord(bericht.code),
                datum=bericht.datum,
                staat=woord(bericht.staat),
                verzonden_op=sent.get(bericht.id),
            )
            for bericht in berichten
        ),
        concepten=tuple(msgspec.structs.replace(concept, tekst=without(concept.tekst)) for concept in concepten),
        bewaring=tuple(
            BewaringInzage(zaak=number, uitleg=bewaring(stand), gewist_op=wordt_gewist_op(stand))
            for number, stand in standen.items()
        ),
        vergelijking=tuple(vergelijking),
        weggelaten=without.times,
        toelichting=tuple(_chapters(templates.fill(templates.load("inzage"), fields, _NOTHING_INSERTED))),
    )
    line = without.nowhere()
    if line is not None:
        raise RegelOvertreding(Regel.WEGLATEN_NIET_GEVONDEN, regel=line)
    return made


def as_json(inzage: Inzage) -> bytes:
    """The machine-readable file: UTF-8, indented, fields in a fixed order (RFC 8259)."""
    return msgspec.json.format(msgspec.json.encode(inzage), indent=2) + b"\n"


def schema() -> bytes:
    """The JSON Schema (2020-12) of `as_json`."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Inzage)}
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def as_pdf(inzage: Inzage, afzender: Afzender) -> bytes:
    """The same on paper, as many A4 pages as it takes."""
    fields = _fields(
        afzender,
        zaak=inzage.zaak,
        nummer=inzage.nummer,
        identiteit=inzage.identiteit,
        opgemaakt=inzage.opgemaakt,
    )
    template = templates.load("inzage")
    sheet = Sheet(title="Inzage")
    content = [Heading(template.subject, 0), *blocks(inzage, fields)]
    pieces = sheet.flow(content, _TYPE, _PAGE.width)
    pages = paginated(pieces, _PAGE.height, _PAGE.height)
    # The list of chapters has its room already; only now is it known on which page each begins.
    page_of = {id(placed.piece): number for number, page in enumerate(pages, start=1) for placed in page}
    begins = [
        (block.text, page_of[id(piece)])
        for block, piece in zip(content, pieces, strict=True)
        if isinstance(block, Heading) and block.level == 1
    ]
    first = content.index(_begins(begins[0][0]))
    found = [_begins(title, page) for title, page in begins]
    pieces[first : first + len(found)] = sheet.flow(found, _TYPE, _PAGE.width)
    pages = paginated(pieces, _PAGE.height, _PAGE.height)

    def furniture(number: int, count: int) -> None:
        sheet.bar(LEFT, 14.0, 20.0)
        sheet.line(f"Gemeente {inzage.gemeente}", LEFT + 3, 18.4, size=11, bold=True, right=140)
        sheet.line_right(dag(lokale_datum(inzage.opgemaakt)), RIGHT, 18.4, size=9)
        sheet.rule(LEFT, RIGHT, 279.0)
        left = f"Overzicht {inzage.nummer}" + (" · Proef: dit overzicht is niet echt" if inzage.proef else "")
        sheet.line(left, LEFT, 284.0, size=8.5, muted=True)
        sheet.line_right(f"bladzijde {number} van {count}", RIGHT, 284.0, size=8.5)

    sheet.draw_pages(pages, _PAGE, furniture)
    return sheet.finish()


def blocks(inzage: Inzage, fields: Mapping[str, str]) -> tuple[Block, ...]:
    """What the paper says, in reading order; the list of chapters without their pages."""
    inserts = {
        "inhoud": tuple(_begins(part.kop) for part in inzage.toelichting if part.kop),
        "weten": tuple(_weten(inzage)),
        "vanwie": tuple(_vanwie(inzage)),
        "deden": tuple(_deden(inzage)),
        "cak": tuple(_cak(inzage)),
        "keek": tuple(_keek(inzage)),
        "bewaren": tuple(_bewaren(inzage)),
    }
    marked = any(MARK in visible(value, lines=True) for _, value in _values(inzage))
    return templates.fill(
        templates.load("inzage"),
        {**fields, "onleesbaar": "ja" if marked else "", "weggelaten": _times(inzage.weggelaten)},
        inserts,
    )


def _fields(
    afzender: Afzender, *, zaak: str, nummer: str, identiteit: Identiteitsbewijs, opgemaakt: datetime
) -> dict[str, str]:
    return {
        "gemeente": afzender.gemeente,
        "nummer": nummer,
        "zaak": zaak,
        "vandaag": dag(lokale_datum(opgemaakt)),
        "identiteit": woord(identiteit),
        "teamnummer": afzender.teamnummer,
        "fg": afzender.fg_contact or f"bel {afzender.teamnummer} en vraag naar de functionaris gegevensbescherming",
        "onleesbaar": "",
        "weggelaten": "",
    }


def _begins(title: str, page: int = 0) -> Item:
    """A line in the list of chapters."""
    return Item((Run(f"{title}: bladzijde {page or '…'}"),))


def _times(count: int) -> str:
    return "één plaats" if count == 1 else f"{count} plaatsen" if count else ""


def _events(events: Sequence[g.Gebeurtenis], rollen: Mapping[UUID, Rol]) -> Iterator[GebeurtenisInzage]:
    """All of a dossier's events; what was undone stands there too, and says so."""
    counted = {event.id for event in counting(events)}
    for event in events:
        told = _event(event, rollen)
        if event.id not in counted:
            told = msgspec.structs.replace(told, titel=f"{told.titel} (later ongedaan gemaakt)")
        yield told


def _event(event: g.Gebeurtenis, rollen: Mapping[UUID, Rol]) -> GebeurtenisInzage:
    described = beschrijf(event)
    stored = None
    if event.inhoud is not None:
        whole = msgspec.to_builtins(event.inhoud)
        stored = {name: value for name, value in whole.items() if name not in _OTHERS and name != "soort"}
    return GebeurtenisInzage(
        soort=event.soort,
        op=event.op,
        vastgelegd=event.vastgelegd,
        door=woord(rollen[event.door]) if event.door in rollen else "medewerker",
        titel=described.titel,
        velden=described.velden,
        inhoud=stored,
    )


def _chapters(text: Iterable[Block]) -> Iterator[Toelichting]:
    title, lines = "", list[str]()
    for block in text:
        if isinstance(block, Heading):
            yield Toelichting(title, tuple(lines))
            title, lines = block.text, []
        else:
            lines.append(plain(block))
    yield Toelichting(title, tuple(lines))


_CHAPTER_OF = MappingProxyType({g.SOORTEN[kind].partition("/")[0]: chapter for kind, chapter in HOOFDSTUKKEN.items()})


def _chapter(event: GebeurtenisInzage) -> Hoofdstuk:
    return _CHAPTER_OF.get(event.soort.partition("/")[0], "deden")


def _told_in(inzage: Inzage, chapter: Hoofdstuk) -> Iterator[tuple[DossierInzage, GebeurtenisInzage]]:
    for dossier in inzage.dossiers:
        for event in dossier.gebeurtenissen:
            if _chapter(event) == chapter:
                yield dossier, event


def _values(inzage: Inzage) -> Iterator[Veld]:
    return (veld for dossier in inzage.dossiers for event in dossier.gebeurtenissen for veld in event.velden)


def _rows(velden: Iterable[Veld]) -> Iterator[Block]:
    """A row per field."""
    return (Row(label, value) for label, value in velden)


def _weten(inzage: Inzage) -> Iterator[Block]:
    for dossier, event in _told_in(inzage, "weten"):
        title = f"{event.titel[:1].lower()}{event.titel[1:]}"
        yield Heading(f"{dossier.soort.capitalize()} {dossier.nummer}: {title} op {moment(event.op)}", level=2)
        yield from _rows(event.velden)
    for number, other in enumerate(inzage.vergelijking, start=1):
        yield Heading(f"Om te vergelijken bewaard, {number}", level=2)
        yield Row("Soort rekening", other.soort)
        yield Row("Bedrag", euro(Bedrag(other.bedrag)))
        yield Row("Datum van het signaal", dag(other.signaaldatum))
        yield Row("Hoe wij u herkenden", other.herkend)
        yield Row("Wij wissen dit op", dag(other.gewist_op))
    for concept in inzage.concepten:
        yield Heading(f"Zaak {concept.zaak}: nog niet opgeslagen", level=2)
        yield from _rows((("Wat wij nu typen", concept.tekst), ("Voor het laatst getypt", moment(concept.bewaard))))


def _vanwie(inzage: Inzage) -> Iterator[Block]:
    for dossier, event in _told_in(inzage, "weten"):
        if dossier.soort == "terugbelverzoek":
            yield Row("Terugbelverzoek", f"van wie belde, op {moment(event.op)}")
        elif event.soort == g.SOORTEN[g.OokGemeld]:
            yield Row(f"{dossier.soort.capitalize()} {dossier.nummer}", f"{_OTHERS_TOLD}, vergeleken op {_day(event)}")
        elif dossier.soort != "zaak" and event.soort != g.SOORTEN[g.CorrectieGekozen]:
            source = dict(event.velden)
            van = f"van {source['Van wie']}, via {source['Gekregen via']}, " if "Van wie" in source else "gekregen "
            yield Row(f"{dossier.soort.capitalize()} {dossier.nummer}", f"{van}op {_day(event)}")
    if inzage.vergelijking:
        yield Row("Om te vergelijken bewaard", _OTHERS_TOLD)


def _day(event: GebeurtenisInzage) -> str:
    return dag(lokale_datum(event.op))


def _deden(inzage: Inzage) -> Iterator[Block]:
    events = [
        (dossier, event) for dossier in inzage.dossiers for event in dossier.gebeurtenissen if _chapter(event) != "keek"
    ]
    for dossier, event in sorted(events, key=lambda pair: (pair[1].op, pair[1].vastgelegd)):
        yield Heading(f"{moment(event.op)}: {event.titel[:1].lower()}{event.titel[1:]}", level=2)
        yield Row("Door", f"{event.door}, {dossier.soort} {dossier.nummer}")
        if moment(event.vastgelegd) != moment(event.op):
            yield Row("Opgeschreven op", moment(event.vastgelegd))
        if _chapter(event) == "weten":
            yield Row("Wat", "zie het hoofdstuk “Wat wij weten”")
        else:
            yield from _rows(event.velden)


def _cak(inzage: Inzage) -> Iterator[Block]:
    if not inzage.berichten:
        yield prose("Wij hebben het CAK nog niets over u verteld.")
        return
    told = [bericht for bericht in inzage.berichten if bericht.staat != woord(Berichtstaat.INGETROKKEN)]
    if {bericht.code for bericht in told} == {Terugmeldcode.AFGEROND}:
        waiting = any(bericht.staat == woord(Berichtstaat.KLAAR) for bericht in told)
        later = " Staat er hieronder “nog niet verstuurd”? Dan vertellen wij dat nog." if waiting else ""
        yield prose(f"Wij hebben het CAK alleen verteld dat wij klaar zijn.{later}")
    for bericht in inzage.berichten:
        yield Heading(f"Bericht over signaal {bericht.signaal}", level=2)
        yield Row("Wat", f"“{bericht.betekenis}” (code {bericht.code.value})")
        yield Row("Met uw klantnummer", bericht.klantnummer)
        yield Row("Met datum", dag(bericht.datum))
        yield Row("Verstuurd", moment(bericht.verzonden_op) if bericht.verzonden_op else bericht.staat)
        if bericht.verzonden_op:
            yield Row("Hoe het ging", bericht.staat)


def _keek(inzage: Inzage) -> Iterator[Block]:
    for dossier, event in _told_in(inzage, "keek"):
        where = "".join(f" ({value})" for _, value in event.velden)
        yield Row(moment(event.op), f"{event.door}, {dossier.soort} {dossier.nummer}{where}")


def _bewaren(inzage: Inzage) -> Iterator[Block]:
    for bewaard in inzage.bewaring:
        yield Row(f"Zaak {bewaard.zaak}", bewaard.uitleg)
    if inzage.vergelijking or any(
        event.soort == g.SOORTEN[g.OokGemeld] for dossier in inzage.dossiers for event in dossier.gebeurtenissen
    ):
        yield prose(
            "Een rekening bij iemand anders: 6 maanden na de datum van dat signaal, zonder uw naam. Wat wij er bij een"
            " signaal of zaak van u over opschreven, bewaren wij even lang als dat signaal of die zaak."
        )
    yield prose(
        "Een signaal dat wij niet oppakten: 42 dagen. Daarna blijft tot 6 maanden een code over, zonder uw naam. Een"
        " regel die wij niet konden aannemen: 14 dagen."
    )
