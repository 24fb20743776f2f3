"""The outbox in rows, and a terugmelding in the exact words in which it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from db.model.codes import Berichtstaat, Terugmeldcode
from db.queries.dossier import Bericht
from db.queries.outbox import Uitgaand
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Row
from desktop.ui.status import Soort

STATUS = {
    Berichtstaat.KLAAR: Soort.LET_OP,
    Berichtstaat.WORDT_VERZONDEN: Soort.RUSTIG,
    Berichtstaat.AANGEKOMEN: Soort.GOED,
    Berichtstaat.GEWEIGERD: Soort.GEVAAR,
    Berichtstaat.INGETROKKEN: Soort.RUSTIG,
    Berichtstaat.ONZEKER: Soort.GEVAAR,
}


def state(staat: Berichtstaat) -> str:
    """A state in a word or two, for the worker."""
    return {
        Berichtstaat.KLAAR: _tr("staat klaar"),
        Berichtstaat.WORDT_VERZONDEN: _tr("in bestand gezet"),
        Berichtstaat.AANGEKOMEN: _tr("aangekomen"),
        Berichtstaat.GEWEIGERD: _tr("geweigerd"),
        Berichtstaat.INGETROKKEN: _tr("ingetrokken"),
        Berichtstaat.ONZEKER: _tr("niet zeker"),
    }[staat]


def told(code: Terugmeldcode) -> str:
    """What the CAK hears with a code, as a worker says it; the inzage says the same to the resident."""
    return {
        Terugmeldcode.HULP: _tr("De inwoner krijgt schuldhulp van de gemeente."),
        Terugmeldcode.AFGEROND: _tr("De gemeente is klaar met dit signaal."),
        Terugmeldcode.GEEN_CONTACT: _tr("De gemeente kreeg geen contact met de inwoner."),
        Terugmeldcode.CONTACT_GEEN_HULP: _tr("De gemeente sprak de inwoner. Er is geen hulp gegeven."),
        Terugmeldcode.CONTACT_ANDERE_HULP: _tr("De gemeente sprak de inwoner. Er is hulp gegeven."),
        Terugmeldcode.GEEN_INWONER: _tr("De inwoner woont niet (meer) in deze gemeente."),
        Terugmeldcode.OVERLEDEN: _tr("De inwoner is overleden."),
        Terugmeldcode.ONTERECHT: _tr("Dit signaal had niet gestuurd mogen worden."),
        Terugmeldcode.HERHAALD: _tr("Dit signaal was al eerder gestuurd."),
        Terugmeldcode.NIET_OPGEPAKT: _tr("De gemeente pakte dit signaal niet op."),
    }[code]


def rows(found: Sequence[Uitgaand]) -> tuple[Row, ...]:
    """The rows of the outbox: who, what is told, and its state. A row without a zaak opens nothing."""
    made = []
    for outgoing in found:
        bericht = outgoing.bericht
        day = texts.day(bericht.datum)
        second = " · ".join((outgoing.nummer or _tr("niet opgepakt"), day))
        what = told(bericht.code)
        tag = state(bericht.staat)
        cells = (Cell(outgoing.lijstnaam, second), Cell(what), Cell(tag, soort=STATUS[bericht.staat]))
        sentence = f"{outgoing.lijstnaam}, {second}. {what} {tag}"
        made.append(Row(zaak=outgoing.zaak, cellen=cells, zin=sentence))
    return tuple(made)


def message(bericht: Bericht) -> tuple[tuple[str, str], ...]:
    """Everything that leaves with a terugmelding, field by field and nothing beside it (handbook section 5)."""
    fields = [
        (_tr("Signaal"), bericht.signaal),
        (_tr("Klantnummer CAK"), bericht.klantnummer),
        (_tr("Code"), bericht.code.value),
        (_tr("Datum"), texts.full_day(bericht.datum)),
    ]
    if bericht.vervangt is not None:
        fields.append((_tr("In plaats van"), _tr("een eerder bericht over dit signaal")))
    return tuple(fields)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Terugmelden", text)
