"""Where a zaak stands, what to do next and why, and what may be done: pure functions over its facts."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from db.model.codes import Antwoord, BrpUitkomst, Dagdeel, Dagdelen, Handeling, Overslaan, Stap
from db.queries.zaken import Stand
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import add_working_days, dagdeel_of, dagdelen_cell, lokale_datum


class Advies(msgspec.Struct, frozen=True, kw_only=True):
    """The one next action: `zin` says what, why and by when; `cell` is the part of the week to try."""

    stap: Stap
    zin: str
    doe: str
    reden: str
    cell: Dagdelen | None = None
    termijn: date | None = None


def tried_dagdelen(cells: Dagdelen) -> tuple[Dagdeel, ...]:
    """The DDAS dagdelen among the cells of the grid, week and weekend together."""
    tried = {dagdeel_of(cell) for cell in cells}
    return tuple(part for part in Dagdeel if part in tried)


def called_enough(stand: Stand, instellingen: Instellingen) -> bool:
    """Whether the configured attempts were made, calling is impossible, or it was skipped with a reason."""
    enough = stand.pogingen >= instellingen.pogingen and len(tried_dagdelen(stand.dagdelen)) >= instellingen.dagdelen
    return enough or not stand.kan_bellen or Overslaan.BELLEN in stand.overgeslagen


def stap(stand: Stand, instellingen: Instellingen) -> Stap:
    """The current step (handbook section 4). `db.queries.zaken.STAP_SQL` says the same for lists."""
    if stand.gesloten_op is not None:
        return Stap.AFGESLOTEN
    if stand.brp in {BrpUitkomst.OVERLEDEN, BrpUitkomst.VERHUISD}:
        return Stap.AFSLUITEN
    if stand.antwoord is Antwoord.AANVAARD:
        return _step_of_help(stand)
    if stand.antwoord is Antwoord.GEEN_HULP:
        return Stap.AFSLUITEN
    if stand.bereikt or stand.antwoord is Antwoord.BEDENKTIJD:
        return Stap.AFSLUITEN if Overslaan.HULPAANBOD in stand.overgeslagen else Stap.HULPAANBOD
    if not called_enough(stand, instellingen):
        return Stap.BELLEN
    may_visit = stand.mag_langs and Overslaan.HUISBEZOEK not in stand.overgeslagen
    return Stap.HUISBEZOEK if may_visit and not stand.bezoeken else Stap.AFSLUITEN


def _step_of_help(stand: Stand) -> Stap:
    if stand.gesprek_op is None and Overslaan.EERSTE_GESPREK not in stand.overgeslagen:
        return Stap.EERSTE_GESPREK
    if stand.plan_op is None and not stand.afgezien and Overslaan.PLAN not in stand.overgeslagen:
        return Stap.PLAN
    return Stap.AFSLUITEN


def mag(stand: Stand, *, alleen_lezen: bool = False, andere_zaak_open: bool = False) -> tuple[Handeling, ...]:
    """What the worker may do now; the same facts that the actions themselves check (the flags are the dossier's)."""
    always = (Handeling.BRIEF, Handeling.INZAGE)
    if alleen_lezen:
        return (Handeling.INZAGE,)
    if stand.gesloten_op is not None:
        return always if andere_zaak_open else (Handeling.HEROPENEN, *always)
    allowed = [Handeling.CONTACTPOGING, Handeling.BRP]
    if stand.eerst_bereikt_op is not None:
        allowed.append(Handeling.HULPAANBOD)
    if stand.antwoord is Antwoord.AANVAARD:
        allowed.append(Handeling.EERSTE_GESPREK)
        talked = stand.gesprek_op is not None or Overslaan.EERSTE_GESPREK in stand.overgeslagen
        if talked and not stand.afgezien:
            allowed.append(Handeling.PLAN)
    return (*allowed, Handeling.OVERSLAAN, Handeling.AFSLUITEN, *always)


def cell_to_try(stand: Stand, now: datetime) -> Dagdelen | None:
    """The part of the week to call in: this one when untried, else the first untried one; None when all were.

    Only cells in which the resident may be called safely.
    """
    current = dagdelen_cell(now)
    safe = tuple(cell for cell in Dagdelen if not stand.bel_wanneer or cell in stand.bel_wanneer)
    if current in safe and current not in stand.dagdelen:
        return current
    dagdelen_first = sorted(safe, key=lambda cell: (dagdeel_of(cell) in tried_dagdelen(stand.dagdelen), cell))
    return next((cell for cell in dagdelen_first if cell not in stand.dagdelen), None)


def advies(naam: str, stand: Stand, instellingen: Instellingen, now: datetime) -> Advies:
    """The one next action for a zaak, in a sentence a worker can act on."""
    current = stap(stand, instellingen)
    cell = cell_to_try(stand, now) if current is Stap.BELLEN else None
    do, why = _promise(naam, stand, now) or (
        _until_the_letter_is_old(naam, stand, instellingen, lokale_datum(now))
        if current is Stap.AFSLUITEN
        else _do_and_why(current, naam, stand, instellingen, cell)
    )
    term = term_text(stand, instellingen)
    return Advies(
        stap=current,
        zin="; ".join(part for part in (do, why, term) if part),
        doe=do,
        reden=why,
        cell=cell,
        termijn=stand.termijn,
    )


def _promise(naam: str, stand: Stand, now: datetime) -> tuple[str, str] | None:
    promise = stand.belofte_op
    ended = stand.gesloten_op is not None or stand.brp in {BrpUitkomst.OVERLEDEN, BrpUitkomst.VERHUISD}
    if promise is None or ended:
        return None
    day = lokale_datum(promise)
    verb = "had beloofd te bellen op" if day < lokale_datum(now) else "beloofde te bellen op"
    return f"Bel {naam}", f"je {verb} {short_date(day)}"


def _do_and_why(
    current: Stap, naam: str, stand: Stand, instellingen: Instellingen, cell: Dagdelen | None
) -> tuple[str, str]:
    match current:
        case Stap.BELLEN:
            return f"Bel {naam}", _why_call(stand, instellingen, cell)
        case Stap.HUISBEZOEK:
            return f"Ga langs bij {naam}", _why_visit(stand)
        case Stap.HULPAANBOD if stand.antwoord is Antwoord.BEDENKTIJD:
            return f"Vraag {naam} of die hulp wil", "het antwoord is nog open"
        case Stap.HULPAANBOD:
            return f"Bied {naam} hulp aan", "er is contact, nog geen aanbod gedaan"
        case Stap.EERSTE_GESPREK:
            return f"Voer het eerste gesprek met {naam}", "hulp is aanvaard"
        case Stap.PLAN:
            return f"Maak het plan van aanpak met {naam}", "het eerste gesprek is geweest"
        case Stap.AFSLUITEN:
            return "Sluit de zaak af", _why_close(stand)
        case Stap.AFGESLOTEN:
            return "Niets meer te doen", stand.eindresultaat.value if stand.eindresultaat else ""


def _until_the_letter_is_old(naam: str, stand: Stand, instellingen: Instellingen, today: date) -> tuple[str, str]:
    """Before a zaak ends without contact a letter or card must lie there for some working days."""
    close = "Sluit de zaak af", _why_close(stand)
    if stand.eerst_bereikt_op is not None or stand.antwoord is not None:
        return close
    if stand.brp in {BrpUitkomst.OVERLEDEN, BrpUitkomst.VERHUISD}:
        return close
    if stand.brief_op is not None:
        sent = lokale_datum(stand.brief_op)
        if (today - sent).days > 2 * instellingen.brief_werkdagen + 5:  # past any holidays; spares lists the calendar
            return close
        free = add_working_days(sent, instellingen.brief_werkdagen)
        return close if today >= free else (f"Wacht op {naam}", f"afsluiten kan vanaf {short_date(free)}")
    if stand.adres_geblokkeerd:
        return "Laat een collega het adres controleren", "het is geheim; eerst geen brief of kaartje"
    return f"Schrijf {naam}", "zonder brief of kaartje kun je niet afsluiten"


def _why_call(stand: Stand, instellingen: Instellingen, cell: Dagdelen | None) -> str:
    if not stand.pogingen:
        return "nog niet gebeld"
    attempt = f"poging {stand.pogingen + 1} van {max(instellingen.pogingen, stand.pogingen + 1)}"
    return f"{attempt}, {cell_name(cell)} nog niet geprobeerd" if cell is not None else attempt


def _why_visit(stand: Stand) -> str:
    if stand.bezoek is not None:
        return f"gepland op {short_date(stand.bezoek.datum)}, {stand.bezoek.dagdeel.value.lower()}"
    if not stand.telefoon and not stand.ander_nummer:
        return "er is geen telefoonnummer"
    if not stand.kan_bellen:
        return "het telefoonnummer werkt niet"
    if Overslaan.BELLEN in stand.overgeslagen:
        return "bellen is overgeslagen"
    return f"{stand.pogingen} keer gebeld, niemand gesproken"


def _why_close(stand: Stand) -> str:
    if stand.brp is BrpUitkomst.OVERLEDEN:
        return "de inwoner is overleden"
    if stand.brp is BrpUitkomst.VERHUISD:
        return "de inwoner is verhuisd"
    if stand.antwoord is Antwoord.GEEN_HULP:
        return "wil nu geen hulp"
    if stand.afgezien:
        return "zag in het eerste gesprek af van hulp"
    if stand.plan_op is not None:
        return "het plan van aanpak is er"
    if stand.bereikt or stand.antwoord is Antwoord.AANVAARD:
        return "de stappen zijn gedaan of overgeslagen"
    return "alle pogingen zijn gedaan"


def _term_name(current: Stap) -> str:
    match current:
        case Stap.EERSTE_GESPREK:
            return "eerste gesprek vóór"
        case Stap.PLAN:
            return "plan van aanpak vóór"
        case Stap.BELLEN | Stap.HUISBEZOEK:
            return "oppakken vóór"
        case _:
            return ""


def term_text(stand: Stand, instellingen: Instellingen) -> str:
    """The term with its name, as a tag shows it: `oppakken vóór 16 mei`; empty when none binds the current step."""
    name = _term_name(stap(stand, instellingen))
    return f"{name} {short_date(stand.termijn)}" if name and stand.termijn else ""


_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def short_date(day: date) -> str:
    """A date as it stands on a card: `16 mei`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def cell_name(cell: Dagdelen) -> str:
    """A cell of the dagdeel grid in words: `avond`, `weekend ochtend`."""
    name = dagdeel_of(cell).value.lower()
    return f"weekend {name}" if cell >= Dagdelen.WEEKEND_OCHTEND else name
