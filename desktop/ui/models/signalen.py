"""The trays in rows and words: what waits, by which rule, and what is asked of a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from db.model.bedrag import euro
from db.model.codes import Bak, Herkenningsgrond
from db.model.signaal import Signaal
from db.queries import gelijkenissen, intake
from db.queries import signalen as queries
from db.queries.intake import OpgepaktSignaal
from db.queries.signalen import TRAYS_OF_ROWS, AfgewezenRij, TrayRegel, Wachtend
from db.queries.vergelijken import OokGemeld, ook_gemeld
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import lokale_datum, whole_months
from desktop.casework.rulebook import regelboek
from desktop.documents.gebeurtenissen import velden_van_signaal
from desktop.documents.verschillen import Regel, signaal_naast
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Row
from desktop.ui.status import Soort

if TYPE_CHECKING:
    from db.model.gebeurtenis import RijAfgewezen

BAKKEN = (
    Bak.NIEUW, Bak.CONTROLEREN, Bak.GEWIJZIGD, Bak.HERHAALD, Bak.WACHT, Bak.ONLEESBAAR, Bak.NIET_TOEGELATEN,
    Bak.INGETROKKEN,
)  # fmt: skip
"""The trays in the order in which they ask for somebody."""
OP_TE_PAKKEN = frozenset({Bak.NIEUW, Bak.CONTROLEREN, Bak.HERHAALD, Bak.WACHT})
"""From these a signal is taken up or refused."""
GETOOND = 500
"""Rows of a tray that are listed; the count says how many there are."""
_LONGEST = 20

_STATUS = {
    Bak.NIEUW: Soort.GOED,
    Bak.CONTROLEREN: Soort.LET_OP,
    Bak.GEWIJZIGD: Soort.LET_OP,
    Bak.HERHAALD: Soort.LET_OP,
    Bak.WACHT: Soort.RUSTIG,
    Bak.ONLEESBAAR: Soort.GEVAAR,
    Bak.NIET_TOEGELATEN: Soort.RUSTIG,
    Bak.INGETROKKEN: Soort.RUSTIG,
}


@dataclass(frozen=True)
class Bakstand:
    """What the screen shows: how many in each tray, the first rows of one, and how many pairs may be one person."""

    bak: Bak
    aantallen: dict[Bak, int]
    regels: tuple[TrayRegel, ...]
    paren: int = 0


@dataclass(frozen=True)
class Detail:
    """One signal or refused row: `velden` and `naast` are only shown once somebody opens it."""

    id: UUID
    bak: Bak
    naam: str
    kenmerk: str
    uitleg: tuple[str, ...]
    status: Soort
    velden: tuple[tuple[str, str], ...] = ()
    naast: tuple[Regel, ...] = ()
    rij: AfgewezenRij | None = None
    te_verbeteren: bool = False


def titel(bak: Bak) -> str:
    """The name of a tray on the screen."""
    return {
        Bak.NIEUW: _tr("Nieuw"),
        Bak.CONTROLEREN: _tr("Controleren"),
        Bak.GEWIJZIGD: _tr("Gewijzigd"),
        Bak.HERHAALD: _tr("Dubbel of herhaald"),
        Bak.WACHT: _tr("Wacht"),
        Bak.ONLEESBAAR: _tr("Onleesbaar"),
        Bak.NIET_TOEGELATEN: _tr("Niet toegelaten"),
        Bak.INGETROKKEN: _tr("Ingetrokken"),
    }[bak]


def doel(bak: Bak) -> str:
    """What a tray holds and what to do with it, in a sentence or two."""
    return {
        Bak.NIEUW: _tr("Deze signalen voldoen aan de wet. Pak ze op; elke inwoner krijgt één zaak."),
        Bak.CONTROLEREN: _tr("Volgens de geboortedatum is deze inwoner jonger dan 18. Ga na of dat klopt."),
        Bak.GEWIJZIGD: _tr("Deze signalen kwamen opnieuw, met andere gegevens. Jij kiest welke gelden."),
        Bak.HERHAALD: _tr("Dezelfde schuld is kort geleden opgepakt en het bedrag is niet hoger. Klopt dat?"),
        Bak.WACHT: _tr("Deze signalen passen deze maand niet in het vaste aantal. Ze schuiven vanzelf door."),
        Bak.ONLEESBAAR: _tr("Deze rijen zijn niet goed te lezen. Verbeter het veld en bied de rij opnieuw aan."),
        Bak.NIET_TOEGELATEN: _tr("De wet laat deze signalen niet toe. Na 14 dagen zijn ze gewist."),
        Bak.INGETROKKEN: _tr("De afzender heeft deze signalen teruggenomen. Je hoeft niets te doen."),
    }[bak]


def leeg(bak: Bak) -> str:
    """What an empty tray says."""
    if bak is Bak.NIEUW:
        return _tr("Geen nieuwe signalen. Lees een bestand in met Ctrl+I, of sleep het naar dit scherm.")
    return _tr("Deze bak is leeg.")


def read(connection: Any, bak: Bak) -> Bakstand:  # noqa: ANN401  # the connection's type belongs to db
    """The counts, and the first rows of one tray."""
    regels = queries.tray(connection, bak, limiet=GETOOND)
    paren = gelijkenissen.aantal_onbeslist(connection)
    return Bakstand(bak=bak, aantallen=queries.counts(connection, BAKKEN), regels=regels, paren=paren)


def rows(found: Bakstand) -> tuple[Row, ...]:
    """The rows of a tray; address, birth date and kind of debt stay hidden until one is opened."""
    return tuple(_row(regel) for regel in found.regels)


def _row(regel: TrayRegel) -> Row:
    amount = _amount(regel)
    word, second = _check(regel)
    day = _day(regel.signaaldatum)
    mark = " · ".join(part for part in (regel.signaal or _tr("zonder kenmerk"), day) if part)
    cells = (
        Cell(regel.naam or _tr("Naam onbekend"), mark),
        Cell(amount),
        Cell(word, second, _STATUS[regel.bak]) if second else Cell(word, soort=_STATUS[regel.bak]),
    )
    said = ", ".join(part for part in (cells[0].tekst, day, amount, word, second) if part)
    return Row(zaak=regel.id, cellen=cells, zin=said)


def _amount(regel: TrayRegel) -> str:
    if regel.bak in TRAYS_OF_ROWS:
        return regel.bedrag[:_LONGEST]  # as it was written, which may be no amount at all
    return texts.euros(round(float(regel.bedrag) * 100))


def _day(text: str) -> str:
    try:
        return texts.day(date.fromisoformat(text))
    except ValueError:
        return text[:_LONGEST]


def _check(regel: TrayRegel) -> tuple[str, str]:
    """The word of a row, and a quieter line under it."""
    match regel.bak:
        case Bak.NIEUW:
            return _tr("art. {artikel}").format(artikel=regel.artikel), ""
        case Bak.CONTROLEREN:
            return _tr("jonger dan 18"), ""
        case Bak.GEWIJZIGD:
            return _tr("kies oud of nieuw"), ""
        case Bak.HERHAALD:
            return _tr("eerder opgepakt"), ""
        case Bak.WACHT:
            return _tr("boven het vaste aantal"), ""
        case Bak.INGETROKKEN:
            return _tr("ingetrokken"), ""
        case _:
            return reden(regel.reden), _tr("art. {artikel}").format(artikel=regel.artikel) if regel.artikel else ""


def reden(code: str) -> str:
    """A reason of refusal in a few words; the sentence with the numbers stands in `uitleg.toml`."""
    return {
        "ONDER_DREMPEL": _tr("bedrag te laag"),
        "TE_KORT": _tr("nog te kort"),
        "BUITEN_GELDIGHEID": _tr("buiten de regeling"),
        "ONBEKENDE_SOORT": _tr("onbekende soort"),
        "TE_OUD": _tr("te oud om te bewaren"),
        "ANDERE_GEMEENTE": _tr("andere gemeente"),
        "VELD_ONTBREEKT": _tr("veld niet gevuld"),
        "DATUM_ONGELDIG": _tr("datum klopt niet"),
        "BEDRAG_ONGELDIG": _tr("bedrag klopt niet"),
        "VELD_TE_LANG": _tr("veld te lang"),
        "STUURTEKEN": _tr("vreemd teken"),
        "REGELEINDE_IN_ADRES": _tr("meer dan één regel"),
        "MOGELIJK_BSN": _tr("mogelijk een BSN"),
        "POSTCODE_ONGELDIG": _tr("postcode klopt niet"),
        "DUBBEL_IN_BESTAND": _tr("dubbel in bestand"),
    }.get(code, code)


# --- one of them ------------------------------------------------------------------------------------------


def detail(connection: Any, key: UUID, bak: Bak, settings: Instellingen) -> Detail | None:  # noqa: ANN401  # db's own type
    """One row of a tray in full, or None when it is gone."""
    if bak in TRAYS_OF_ROWS:
        row = queries.afgewezen_rij(connection, key)
        return _refused(row) if row is not None else None
    found = queries.wachtend(connection, key)
    if found is None:
        return None
    others = ook_gemeld(connection, [key])
    earlier = intake.opgepakte_signalen(connection, [found.signaal.klantnummer]) if bak is Bak.HERHAALD else ()
    return Detail(
        id=key,
        bak=bak,
        naam=found.signaal.inwoner.lijstnaam,
        kenmerk=found.signaal.id,
        uitleg=(*_explained(found, bak, earlier, settings), *_elsewhere(others)),
        status=_STATUS[bak],
        velden=(*velden_van_signaal(found.signaal), *((_tr("Ook"), also(one)) for one in others))
        if found.gewijzigd is None
        else (),
        naast=signaal_naast(found.signaal, found.gewijzigd) if found.gewijzigd is not None else (),
    )


def _explained(
    found: Wachtend, bak: Bak, earlier: tuple[OpgepaktSignaal, ...], settings: Instellingen
) -> Iterator[str]:
    signaal = found.signaal
    regel = regelboek().regel(signaal.soort)
    months = whole_months(signaal.ontstaansdatum, signaal.signaaldatum)
    if regel is not None:
        yield _tr("Artikel {artikel}: {bedrag}, nodig is {minimum}.").format(
            artikel=found.artikel, bedrag=euro(signaal.bedrag), minimum=euro(regel.minimum_cent)
        )
        yield _tr("Oudste rekening: {maanden}, minimaal {minimum}.").format(
            maanden=_months(months), minimum=_months(regel.minimum_maanden)
        )
    match bak:
        case Bak.CONTROLEREN:
            age = signaal.inwoner.leeftijd(signaal.signaaldatum)
            yield texts.plural(age, _tr("Op die dag {n} jaar oud."), _tr("Op die dag {n} jaar oud."))
        case Bak.HERHAALD if before := _before(signaal, earlier):
            yield _tr("Vorige keer {bedrag}, opgepakt op {dag}.").format(
                bedrag=euro(before.bedrag), dag=texts.full_day(lokale_datum(before.geopend_op))
            )
        case Bak.WACHT:
            most = settings.vast_aantal(signaal.soort)
            if most is not None:
                yield _tr("Het vaste aantal is {n} per maand. Oppakken kan toch: dat wordt vastgelegd.").format(n=most)
        case _:
            pass
    day = texts.full_day(lokale_datum(found.ontvangen_op))
    yield _tr("Gekregen op {dag}.").format(dag=day)


def also(found: OokGemeld) -> str:
    """A signal of another creditor about the same resident, as one line: kind, amount and date."""
    soort = regelboek().omschrijving(found.debtsoort)
    line = _tr("{soort}, {bedrag}, {dag}").format(
        soort=f"{soort[:1].lower()}{soort[1:]}", bedrag=euro(found.bedrag), dag=texts.full_day(found.signaaldatum)
    )
    by_address = found.herkend_aan is Herkenningsgrond.ADRES
    return f"{line} {_tr('(op naam en adres: vraag het na)')}" if by_address else line


def _elsewhere(others: Sized) -> Iterator[str]:
    """That there is more elsewhere; the kinds are hidden until somebody opens the row."""
    if others:
        yield texts.plural(
            len(others), _tr("Ook {n} rekening bij een ander."), _tr("Ook {n} rekeningen bij een ander.")
        )


def _before(signaal: Signaal, earlier: tuple[OpgepaktSignaal, ...]) -> OpgepaktSignaal | None:
    same = [one for one in earlier if (one.signaalpartner, one.soort) == (signaal.signaalpartner, signaal.soort)]
    return same[-1] if same else None


def _months(count: int) -> str:
    return texts.plural(count, _tr("{n} maand"), _tr("{n} maanden"))


def _refused(row: AfgewezenRij) -> Detail:
    from desktop.intake.herstellen import te_herstellen

    inhoud = row.inhoud
    day = texts.full_day(lokale_datum(row.ontvangen_op))
    return Detail(
        id=row.id,
        bak=Bak(inhoud.uitkomst.value.replace("_", "-")),
        naam=_name(inhoud) or _tr("Naam onbekend"),
        kenmerk=inhoud.signaal or _tr("zonder kenmerk"),
        uitleg=(
            fault(inhoud.reden, inhoud.veld, inhoud.gevonden, inhoud.vereist, inhoud.artikel),
            _tr("Rij {rij} van het bestand van {bron}, gekregen op {dag}.").format(
                rij=inhoud.rij, bron=row.bron or _tr("onbekend"), dag=day
            ),
        ),
        status=_STATUS[Bak(inhoud.uitkomst.value.replace("_", "-"))],
        velden=tuple((caption(name), value) for name, value in inhoud.waarden.items()),
        rij=row,
        te_verbeteren=te_herstellen(inhoud),
    )


def fault(code: str, veld: str, gevonden: str, vereist: str, artikel: str = "") -> str:
    """Why a row was refused, in the sentence that belongs to its reason."""
    from db.errors import KnownError

    facts = {"veld": caption(veld).lower(), "gevonden": gevonden, "vereist": vereist, "artikel": artikel}
    return texts.explain(KnownError(code, **facts))


def _name(inhoud: RijAfgewezen) -> str:
    waarden = inhoud.waarden
    return " ".join(filter(None, map(waarden.get, ("voorletters", "voorvoegsel", "achternaam"))))


def caption(veld: str) -> str:
    """The name of a field of a signaalbestand on the screen."""
    return {
        "id": _tr("Kenmerk van het signaal"),
        "signaalpartner": _tr("Van wie"),
        "soort": _tr("Soort rekening"),
        "signaaldatum": _tr("Datum van het signaal"),
        "ontstaansdatum": _tr("Oudste rekening"),
        "bedrag": _tr("Bedrag"),
        "klantnummer": _tr("Klantnummer"),
        "voorletters": _tr("Voorletters"),
        "voorvoegsel": _tr("Voorvoegsel"),
        "achternaam": _tr("Achternaam"),
        "geboortedatum": _tr("Geboortedatum"),
        "straatnaam": _tr("Straat"),
        "huisnummer": _tr("Huisnummer"),
        "huisletter": _tr("Huisletter"),
        "huisnummertoevoeging": _tr("Toevoeging"),
        "postcode": _tr("Postcode"),
        "plaatsnaam": _tr("Plaats"),
        "telefoonnummer": _tr("Telefoonnummer"),
        "emailadres": _tr("E-mailadres"),
        "gemeentecode": _tr("Gemeente"),
    }.get(veld, veld)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Signalen", text)
