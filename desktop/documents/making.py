"""Making paper of zaken: may it be made, what it needs, the PDF of one or of many, and recording that it was made.

Four steps, so that a window can show paper before anything is recorded, and print many without blocking:
`prepare` (or `prepare_many`) reads a vault, `make_document` or `make_combined` draws on any thread, the caller hands
the PDF over, and `record` writes in the log. `make` and `make_file` do all of it for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
from reportlab.lib.pagesizes import A4

from db.durable import replaced
from db.errors import RegelOvertreding
from db.model.codes import BrpUitkomst, Dagdeel
from db.model.gebeurtenis import BriefGemaakt, Entry
from db.queries.dossier import Dossier
from db.queries.instellingen import medewerkers
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import load
from desktop.documents.briefsoorten import kind_of
from desktop.documents.layout import Sheet
from desktop.documents.letters import CARD, Afzender, Invulling, draw_letter, plan_van, vertegenwoordiger

_NO_PAPER = {
    BrpUitkomst.VERHUISD: Regel.ADRES_VERSCHILT,
    BrpUitkomst.OVERLEDEN: Regel.INWONER_OVERLEDEN,
}
_NUMBER = re.compile(r"\d+")
_POSTCODE = re.compile(r"\b(\d{4})\s*([A-Za-z]{2})\b")


class Wens(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that somebody asks for; `event_id` is made when the form opens, one for each letter."""

    zaak: UUID
    soort: str
    event_id: UUID
    datum: date | None = None
    dagdeel: Dagdeel | None = None
    aan: str = ""


class Opdracht(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that may be made, with all it needs: from here on no vault is asked."""

    wens: Wens
    dossier: Dossier
    afzender: Afzender
    vandaag: date
    proef: bool


class Geweigerd(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of a batch that may not be made, with the reason; `nummer` is that of the zaak."""

    wens: Wens
    nummer: str
    reden: RegelOvertreding


class Stapel(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, parted in what may be made and what may not."""

    opdrachten: tuple[Opdracht, ...]
    geweigerd: tuple[Geweigerd, ...]


class Stuk(msgspec.Struct, frozen=True, kw_only=True):
    """One letter in a file: its zaak number, the version of its text, and its pages, counted from 1."""

    wens: Wens
    nummer: str
    tekstversie: str
    bladzijde: int
    bladzijden: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF with the letters in it, in that order; `naam` is a file name that tells nothing about anybody."""

    pdf: bytes
    naam: str
    stukken: tuple[Stuk, ...]


def prepare(vault: Vault, wens: Wens) -> Opdracht:
    """Read what one letter needs, and refuse what must not be made; writes nothing.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND, ALLEEN_LEZEN, ZAAK_NIET_GESLOTEN (afsluitbrief), PLAN_ONTBREEKT,
            INWONER_MINDERJARIG, or what the last BRP check forbids: ADRES_GEHEIM, ADRES_VERSCHILT, INWONER_OVERLEDEN.
        KnownError: BRIEFSOORT_ONBEKEND, NOG_NIET_BESCHIKBAAR.
    """
    kind_of(wens.soort)
    dossier = load(vault, wens.zaak)
    vandaag = lokale_datum(vault.clock())
    may_make(dossier, wens.soort, vandaag)
    proef = instellingen.load(vault.connection).proef
    return Opdracht(wens=wens, dossier=dossier, afzender=afzender(vault), vandaag=vandaag, proef=proef)


def prepare_many(vault: Vault, wensen: Iterable[Wens]) -> Stapel:
    """As `prepare` for each; one that may not be made stops no other.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND.
        KnownError: BRIEFSOORT_ONBEKEND, NOG_NIET_BESCHIKBAAR.
    """
    made, refused = list[Opdracht](), list[Geweigerd]()
    for wens in wensen:
        try:
            made.append(prepare(vault, wens))
        except RegelOvertreding as reason:
            refused.append(Geweigerd(wens=wens, nummer=load(vault, wens.zaak).nummer, reden=reason))
    return Stapel(opdrachten=tuple(made), geweigerd=tuple(refused))


def make_document(opdracht: Opdracht) -> Document:
    """The PDF of one letter. Pure: the same letter gives the same bytes.

    Raises:
        KnownError: ARGUMENT_ONTBREEKT with the name of what is missing.
    """
    sheet = Sheet(title="Kaart" if kind_of(opdracht.wens.soort).aan_de_deur else "Brief")
    made = draw(sheet, opdracht)
    return Document(pdf=sheet.finish(), naam=f"brief-{opdracht.dossier.nummer}.pdf", stukken=(made,))


def make_combined(
    opdrachten: Sequence[Opdracht],
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document | None:
    """One PDF of many letters in postal order, cards last; None when it was cancelled. Pure, for any thread.

    It may be printed on both sides: an empty page follows a letter with an odd number of pages.

    Args:
        opdrachten: at least one.
        progress: told before each letter how many are done, and of how many; and once at the end.
        cancelled: asked before each letter.

    Raises:
        KnownError: ARGUMENT_ONTBREEKT with the name of what is missing.
    """
    sheet = Sheet(title="Brieven")
    ordered = sorted(opdrachten, key=_postal_order)
    made = list[Stuk]()
    for number, opdracht in enumerate(ordered):
        progress(number, len(ordered))
        if cancelled():
            return None
        sheet.new_part()
        made.append(draw(sheet, opdracht))
        if made[-1].bladzijden % 2:
            sheet.new_page(CARD if kind_of(opdracht.wens.soort).aan_de_deur else A4)
    progress(len(ordered), len(ordered))
    day = ordered[0].vandaag
    return Document(pdf=sheet.finish(), naam=f"brieven-{day:%Y-%m-%d}.pdf", stukken=tuple(made))


def record(vault: Vault, stukken: Iterable[Stuk]) -> None:
    """Write in the log that these letters were made, all or none; one that stands there already is left alone.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    entries = [
        Entry(
            id=stuk.wens.event_id,
            dossier=stuk.wens.zaak,
            op=vault.clock(),
            inhoud=BriefGemaakt(brief=stuk.wens.soort, tekstversie=stuk.tekstversie, aan=stuk.wens.aan.strip()),
        )
        for stuk in stukken
    ]
    vault.journal.append(entries, door=vault.door)


def make(
    vault: Vault,
    zaak: UUID,
    soort: str,
    *,
    event_id: UUID,
    datum: date | None = None,
    dagdeel: Dagdeel | None = None,
    aan: str = "",
) -> bytes:
    """Make a letter, record it, and give the PDF; without a record there is no letter.

    Raises:
        RegelOvertreding, KnownError: as `prepare`, `make_document` and `record`.
    """
    wens = Wens(zaak=zaak, soort=soort, event_id=event_id, datum=datum, dagdeel=dagdeel, aan=aan)
    document = make_document(prepare(vault, wens))
    record(vault, document.stukken)
    return document.pdf


def make_file(
    vault: Vault,
    zaak: UUID,
    soort: str,
    path: Path,
    *,
    event_id: UUID,
    datum: date | None = None,
    dagdeel: Dagdeel | None = None,
    aan: str = "",
) -> None:
    """As `make`, into a file.

    Raises:
        RegelOvertreding, KnownError: as `prepare`, `make_document` and `save`.
    """
    wens = Wens(zaak=zaak, soort=soort, event_id=event_id, datum=datum, dagdeel=dagdeel, aan=aan)
    save(vault, make_document(prepare(vault, wens)), path)


def save(vault: Vault, document: Document, path: Path, *beside: tuple[Path, bytes]) -> None:
    """Write a document in a file, and others `beside` it, and record it; what cannot be written is not recorded.

    Raises:
        KnownError: SCHIJF_VOL, GEEN_SCHRIJFRECHT, BESTAND_OPEN, SCHIJF_FOUT, VASTLEGGEN_MISLUKT; what stood there
            before then stands there still.
    """
    with replaced((path, document.pdf), *beside):
        record(vault, document.stukken)


def afzender(vault: Vault) -> Afzender:
    """Who writes: the person who works with this vault, for its municipality."""
    current = instellingen.load(vault.connection)
    return Afzender(
        gemeente=current.gemeentenaam,
        medewerker=medewerkers(vault.connection)[vault.door].naam,
        teamnummer=current.teamnummer,
        direct_nummer=current.direct_nummer,
        werkdagen=current.werkdagen,
        adres=current.gemeente_adres,
        fg_contact=current.fg_contact,
        briefhoofd=current.briefhoofd,
        logo=current.logobestand,
        venster=current.venster,
        mandaat=current.mandaat,
        bezwaar_adres=current.bezwaar_adres,
    )


def may_make(dossier: Dossier, soort: str, vandaag: date) -> None:
    """Refuse paper that must not exist now (handbook sections 1 and 4).

    Raises:
        RegelOvertreding: see `prepare`.
    """
    kind = kind_of(soort)
    if dossier.alleen_lezen:
        raise RegelOvertreding(Regel.ALLEEN_LEZEN, zaak=dossier.nummer)
    if dossier.stand.adres_geblokkeerd:
        raise RegelOvertreding(Regel.ADRES_GEHEIM, zaak=dossier.nummer)
    if dossier.stand.brp in _NO_PAPER:
        raise RegelOvertreding(_NO_PAPER[dossier.stand.brp], zaak=dossier.nummer)
    if dossier.inwoner.minderjarig(vandaag):
        raise RegelOvertreding(Regel.INWONER_MINDERJARIG, zaak=dossier.nummer)
    if kind.gesloten and dossier.stand.gesloten_op is None:
        raise RegelOvertreding(Regel.ZAAK_NIET_GESLOTEN, zaak=dossier.nummer)
    if kind.plan and plan_van(dossier) is None:
        raise RegelOvertreding(Regel.PLAN_ONTBREEKT, zaak=dossier.nummer)


def draw(sheet: Sheet, opdracht: Opdracht) -> Stuk:
    """Draw a letter on new pages of a sheet."""
    wens, before = opdracht.wens, sheet.page_count
    version = draw_letter(
        sheet,
        opdracht.dossier,
        wens.soort,
        opdracht.afzender,
        Invulling(datum=wens.datum, dagdeel=wens.dagdeel, aan=wens.aan),
        vandaag=opdracht.vandaag,
        proef=opdracht.proef,
    )
    return Stuk(
        wens=wens,
        nummer=opdracht.dossier.nummer,
        tekstversie=version,
        bladzijde=before + 1,
        bladzijden=sheet.page_count - before,
    )


def _postal_order(opdracht: Opdracht) -> tuple[bool, str, int, str]:
    """As a carrier walks: postcode and house number on the envelope; cards, of other paper, by themselves."""
    inwoner, card = opdracht.dossier.inwoner, kind_of(opdracht.wens.soort).aan_de_deur
    acting = None if card else vertegenwoordiger(opdracht.dossier)
    postcode, number = inwoner.postcode, _NUMBER.search(inwoner.huisnummer)
    if acting:
        found = _POSTCODE.search(acting.adres)
        postcode = "".join(found.groups()).upper() if found else ""
        number = _NUMBER.search(acting.adres)
    return card, postcode, int(number[0]) if number else 0, opdracht.dossier.nummer
