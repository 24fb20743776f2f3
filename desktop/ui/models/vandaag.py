"""What Vandaag shows, asked in three parts: whom to call, then the counts, then what comes back to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.model.codes import Antwoord, Stap
from db.queries import dag, gelijkenissen, outbox, signalen, terugbellen, zaken
from db.queries.terugbellen import Terugbelverzoek
from db.queries.zaken import ZaakRegel
from desktop.casework import dag as days
from desktop.casework import route
from desktop.casework.dag import Ernst, Taak, Taaksoort
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, dagdelen_cell, lokale_datum
from desktop.casework.privacytekst import Uitleg, uitleg
from desktop.casework.workflow import cell_name, term_text, tried_dagdelen
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Row
from desktop.ui.status import Soort

SHOWN = 50
TERUGBELVERZOEK = "terugbelverzoek"
"""The form of a row that stands for a call-back request; its id is that of the request."""
_SOON = 3
UITLEG = "uitleg"
"""What the row asks for that counts residents who did not get the text of AVG 14: the work list of them."""
PAREN = "paren"
"""What the row asks for that counts signals which may be about one resident: the questions about them."""
ADRESCONTROLE = "adrescontrole"
"""What a row asks for that waits for a colleague's check of a hidden address; Zaak shows its dialog."""
_FORMS = {
    Taaksoort.AFSPRAKEN: "afspraken",
    Taaksoort.UITSLAG: Stap.HUISBEZOEK.value,
    Taaksoort.TERMIJN: "",
    Taaksoort.REGELING: "regeling",
    Taaksoort.EVALUATIE: Stap.PLAN.value,
    Taaksoort.GRENS: "situatie",
    Taaksoort.ADRES: ADRESCONTROLE,
    Taaksoort.NAZORG: "nazorg",
    Taaksoort.STIL: "",
    Taaksoort.BEDENKTIJD: Stap.HULPAANBOD.value,
    Taaksoort.PLANNEN: "bezoek_plannen",
    Taaksoort.BELOFTE: Stap.BELLEN.value,
}
_SOORTEN = {Ernst.TE_LAAT: Soort.GEVAAR, Ernst.NU: Soort.LET_OP, Ernst.KOMT: Soort.RUSTIG}


@dataclass(frozen=True)
class Bellijst:
    """Whom to call now: promises of today and before, people who asked to be called, then terms.

    `zaken` and `signalen` say whether there are any at all.
    """

    beloofd: tuple[ZaakRegel, ...]
    verzoeken: tuple[Terugbelverzoek, ...]
    anderen: tuple[ZaakRegel, ...]
    zaken: bool
    signalen: bool


@dataclass(frozen=True)
class Tellingen:
    """What else waits, and the visits of today in their order."""

    stappen: dict[Stap, int]
    nieuwe_signalen: int
    route: tuple[ZaakRegel, ...]


@dataclass(frozen=True)
class Werk:
    """What comes back to do, what waits to leave for the CAK, and how many residents may still answer."""

    taken: tuple[Taak, ...]
    terug_te_melden: int
    haperend: int
    wacht: int
    uitleg: Uitleg
    paren: int

    @property
    def meer(self) -> bool:
        """Whether there may be more than these."""
        return max(Counter(taak.soort for taak in self.taken).values(), default=0) >= days.PER_SOORT


def to_call(connection: Any, instellingen: Instellingen, now: datetime) -> Bellijst:  # noqa: ANN401  # db's own type
    """The call list of this moment."""
    midnight = datetime.combine(lokale_datum(now) + timedelta(days=1), time(), AMSTERDAM)
    promised = zaken.promised(connection, voor=midnight, limiet=SHOWN)
    requests = terugbellen.waiting(connection, limiet=SHOWN)
    others = zaken.to_call(
        connection,
        dagdelen_cell(now),
        pogingen=instellingen.pogingen,
        dagdelen=instellingen.dagdelen,
        limiet=max(0, SHOWN - len(promised) - len(requests)),
    )
    any_zaak, any_signal = dag.begun(connection)
    return Bellijst(beloofd=promised, verzoeken=requests, anderen=others, zaken=any_zaak, signalen=any_signal)


def counts(connection: Any, instellingen: Instellingen, now: datetime) -> Tellingen:  # noqa: ANN401  # db's own type
    """The counts of this moment."""
    doors, _ = route.in_order(connection, lokale_datum(now))
    return Tellingen(
        stappen=zaken.steps(connection, pogingen=instellingen.pogingen, dagdelen=instellingen.dagdelen),
        nieuwe_signalen=signalen.new(connection),
        route=doors,
    )


def to_do(connection: Any, instellingen: Instellingen, now: datetime) -> Werk:  # noqa: ANN401  # db's own type
    """What there is to do beside calling and visiting."""
    return Werk(
        taken=days.te_doen(connection, instellingen, now),
        terug_te_melden=outbox.waiting(connection),
        haperend=outbox.troubled(connection),
        wacht=days.wacht_op_antwoord(connection, instellingen, now),
        uitleg=uitleg(connection, now),
        paren=gelijkenissen.aantal_onbeslist(connection),
    )


def call_rows(calls: Bellijst, instellingen: Instellingen, now: datetime) -> tuple[Row, ...]:
    """The rows of *Nu bellen*: who, why now, and which term runs."""
    promised = (call_row(regel, instellingen, now) for regel in calls.beloofd)
    asked = (_request_row(verzoek, lokale_datum(now)) for verzoek in calls.verzoeken)
    others = (call_row(regel, instellingen, now) for regel in calls.anderen)
    return (*promised, *asked, *others)


def _request_row(verzoek: Terugbelverzoek, today: date) -> Row:
    noted = lokale_datum(verzoek.genoteerd_op)
    name = verzoek.naam or _tr("Naam onbekend")
    when = _tr("vandaag") if noted == today else texts.day(noted)
    why = _tr("Vroeg {dag} om terugbellen").format(dag=when)
    if verzoek.wanneer:
        why += f": {verzoek.wanneer}"
    late = noted < today
    term = Cell(
        _tr("terugbellen te laat") if late else _tr("terugbellen"), soort=Soort.GEVAAR if late else Soort.LET_OP
    )
    sentence = f"{name}. {why}. {term.tekst}"
    cells = (Cell(name, texts.phone(verzoek.telefoonnummer)), Cell(why), term)
    return Row(zaak=verzoek.id, cellen=cells, zin=sentence, formulier=TERUGBELVERZOEK)


def call_row(regel: ZaakRegel, instellingen: Instellingen, now: datetime) -> Row:
    """The row of one resident to call."""
    stand, today = regel.stand, lokale_datum(now)
    if stand.belofte_op is not None:
        moment = stand.belofte_op.astimezone(AMSTERDAM)
        second = _tr("afspraak {tijd}").format(tijd=f"{moment:%H:%M}")
        late = moment < now
        why = (
            _tr("Jij had {dag} beloofd te bellen").format(dag=texts.day(moment.date()))
            if moment.date() < today
            else _tr("Jij beloofde vandaag te bellen")
        )
        term = (
            Cell(_tr("belofte te laat"), soort=Soort.GEVAAR)
            if late
            else Cell(_tr("beloofd vandaag"), soort=Soort.LET_OP)
        )
    else:
        count = stand.pogingen + 1
        second = (
            _tr("poging {nu} van {van}").format(nu=count, van=max(count, instellingen.pogingen))
            if stand.pogingen
            else _tr("eerste poging")
        )
        why = _why(regel, now)
        term = Cell(term_text(stand, instellingen), soort=urgency(stand.termijn, today))
    sentence = f"{regel.lijstnaam}, {second}. {why}. {term.tekst}"
    return Row(zaak=regel.id, cellen=(Cell(regel.lijstnaam, second), Cell(why), term), zin=sentence)


def _why(regel: ZaakRegel, now: datetime) -> str:
    if not regel.stand.pogingen:
        return _tr("Nog niet gebeld")
    tried = _tr(" en ").join(part.value.lower() for part in tried_dagdelen(regel.stand.dagdelen))
    return _tr("{geprobeerd} geprobeerd, {nu} nog niet").format(
        geprobeerd=tried.capitalize(), nu=cell_name(dagdelen_cell(now))
    )


def route_rows(doors: Sequence[ZaakRegel]) -> tuple[Row, ...]:
    """The visits of today without their addresses: order, name, when and with whom."""
    return tuple(_route_row(number, regel) for number, regel in enumerate(doors, start=1))


def _route_row(number: int, regel: ZaakRegel) -> Row:
    planned = regel.stand.bezoek
    parts = [] if planned is None else [planned.tijd or planned.dagdeel.value.lower()]
    if planned is not None and planned.met:
        parts.append(_tr("met {naam}").format(naam=planned.met))
    second, warned = ", ".join(parts), regel.stand.niet_alleen is not None or not regel.stand.mag_langs
    if warned:
        second += _tr(", let op")
    cell = Cell(f"{number} · {regel.lijstnaam}", second, Soort.GEVAAR if warned else None)
    sentence = f"{number}. {regel.lijstnaam}, {second}"
    return Row(zaak=regel.id, cellen=(cell,), zin=sentence, formulier=Stap.HUISBEZOEK.value)


def task_rows(werk: Werk, instellingen: Instellingen, now: datetime) -> tuple[Row, ...]:
    """The rows of *Te doen*: a name, and why with its icon and colour; then pairs, and what the CAK waits for."""
    today = lokale_datum(now)
    residents = tuple(
        Row(
            zaak=taak.regel.id,
            cellen=(Cell(taak.regel.lijstnaam, words, _SOORTEN[taak.ernst]),),
            zin=f"{taak.regel.lijstnaam}, {words}",
            formulier=_form(taak),
        )
        for taak in werk.taken
        for words in (_words(taak, instellingen, today),)
    )
    pairs = _tr("{n} paar wacht op jouw oordeel"), _tr("{n} paren wachten op jouw oordeel")
    matching = (
        (_screen_row(_tr("Zelfde persoon?"), texts.plural(werk.paren, *pairs), Soort.LET_OP, PAREN),)
        if werk.paren
        else ()
    )
    refused = _tr("{n} bericht kwam niet goed aan"), _tr("{n} berichten kwamen niet goed aan")
    ready = _tr("{n} bericht staat klaar"), _tr("{n} berichten staan klaar")
    exchange = tuple(
        _screen_row(_tr("Terugmelden aan het CAK"), texts.plural(count, *words), soort, "terugmelden")
        for count, words, soort in ((werk.haperend, refused, Soort.GEVAAR), (werk.terug_te_melden, ready, Soort.RUSTIG))
        if count
    )
    threats = sum(taak.soort is Taaksoort.DREIGING for taak in werk.taken)
    return (*residents[:threats], *_untold_rows(werk.uitleg, today), *residents[threats:], *matching, *exchange)


def _untold_rows(found: Uitleg, today: date) -> Iterator[Row]:
    """Residents to whom the text of AVG 14 must go soon: those with a zaak, and those whose signal waits."""
    title = _tr("Uitleg over gegevens")
    letters = _tr("{n} brief uiterlijk {dag}"), _tr("{n} brieven uiterlijk {dag}")
    waiting = _tr("{n} signaal: pak op vóór {dag}"), _tr("{n} signalen: pak op vóór {dag}")
    for count, last, words, screen in (
        (found.zaken, found.zaken_voor, letters, UITLEG),
        (found.signalen, found.signalen_voor, waiting, "signalen"),
    ):
        if count and last is not None:
            text = words[count != 1].format(n=texts.count(count), dag=texts.short_day(last))
            yield _screen_row(title, text, urgency(last, today), screen)


def _screen_row(title: str, words: str, soort: Soort, screen: str) -> Row:
    return Row(zaak=None, cellen=(Cell(title, words, soort),), zin=f"{title}, {words}", formulier=screen)


def _form(taak: Taak) -> str:
    if taak.soort is Taaksoort.DREIGING:
        return (Stap.EERSTE_GESPREK if taak.regel.stand.antwoord is Antwoord.AANVAARD else Stap.HULPAANBOD).value
    return _FORMS[taak.soort]


def _words(taak: Taak, instellingen: Instellingen, today: date) -> str:
    day = texts.near_day(taak.dag, today)
    match taak.soort:
        case Taaksoort.DREIGING if taak.regel.stand.antwoord is Antwoord.AANVAARD:
            return _tr("dreiging: gesprek vóór {dag}").format(dag=texts.day(taak.dag))
        case Taaksoort.DREIGING:
            return _tr("dreiging: denkt na sinds {dag}").format(dag=day)
        case Taaksoort.AFSPRAKEN:
            return texts.plural(taak.aantal, _tr("{n} afspraak over tijd"), _tr("{n} afspraken over tijd"))
        case Taaksoort.UITSLAG:
            return _tr("bezoek {dag}: geen uitslag").format(dag=day)
        case Taaksoort.TERMIJN:
            return term_text(taak.regel.stand, instellingen) or _tr("termijn {dag}").format(dag=day)
        case Taaksoort.STIL:
            return _tr("al {n} dagen niets gedaan").format(n=(today - taak.dag).days)
        case Taaksoort.BEDENKTIJD:
            return _tr("denkt na sinds {dag}").format(dag=day)
        case Taaksoort.BELOFTE:
            return _promise_words(taak, today)
        case _:
            return _fixed_words()[taak.soort]


def _fixed_words() -> dict[Taaksoort, str]:
    return {
        Taaksoort.REGELING: _tr("regeling met het CAK nakijken"),
        Taaksoort.EVALUATIE: _tr("plan van aanpak evalueren"),
        Taaksoort.GRENS: _tr("veiligheid opnieuw bekijken"),
        Taaksoort.ADRES: _tr("geheim adres: collega kijkt na"),
        Taaksoort.NAZORG: _tr("vraag: is het gelukt?"),
        Taaksoort.PLANNEN: _tr("huisbezoek plannen"),
    }


def _promise_words(taak: Taak, today: date) -> str:
    promise = taak.regel.stand.belofte_op
    if promise is None:
        return ""
    tomorrow = taak.dag == today + timedelta(days=1)
    day = texts.near_day(taak.dag, today) if tomorrow else texts.day(taak.dag)
    return _tr("bellen beloofd {dag}, {tijd}").format(dag=day, tijd=f"{promise.astimezone(AMSTERDAM):%H:%M}")


def urgency(term: date | None, today: date) -> Soort:
    """How pressing a term is: past or tomorrow, within three days, or later."""
    if term is None or term > today + timedelta(days=_SOON):
        return Soort.RUSTIG
    return Soort.GEVAAR if term <= today + timedelta(days=1) else Soort.LET_OP


def _tr(text: str) -> str:
    return QCoreApplication.translate("Vandaag", text)
