"""Every state of an unlocked window, found by walking through it: screens, forms with their pages, dialogs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from db.errors import KnownError
from db.model.codes import Bak, Stap, Uitkomst
from db.queries import zaken
from db.queries.terugbellen import Terugbelverzoek
from db.queries.zaken import Cursor
from desktop.casework.instellingen import Instellingen
from desktop.casework.workflow import advies
from desktop.intake.rapport import ImportReport, Regel
from desktop.ui import dialogs
from desktop.ui.screens.eerstekeer import EersteKeer
from desktop.ui.screens.ontgrendelen import Ontgrendelen
from desktop.ui.screens.signalen import Signalen
from desktop.ui.screens.zaak import Zaak
from desktop.ui.screens.zaakpaneel import FORMS
from desktop.ui.widgets.checked import CheckedField
from desktop.ui.widgets.scroll import TallScroll
from desktop.ui.workbench import Workbench

Until = Callable[[Callable[[], bool]], None]
_TRIED = 400
_A_NUMBER = "20240507-1430-ab12"
_A_NAME = "M. de Boer"
_A_KEY = "7K3M-Q2WX-9RTD-4HJN-P8CV-6FBG-Z5YS-T3KQ-M9XW"
_A_LETTER, _NOBODY = "a", "Xyzzy Qwqw"
_WRONG = "12,345"
_COLUMNS = (
    "id", "signaalpartner", "soort", "signaaldatum", "ontstaansdatum", "bedrag", "klantnummer", "voorletters",
    "voorvoegsel", "achternaam", "geboortedatum", "straatnaam", "huisnummer", "postcode", "plaatsnaam",
)  # fmt: skip
_ROW = (
    "CM-900001", "CAK Eigen bijdrage", "wlz", "2024-05-02", "2023-10-31", "213.40", "4900001", "M.",
    "de", "Boer", "1951-03-12", "Oosterstraat", "14", "9711NS", "Groningen",
)  # fmt: skip
_FILES = {
    "voorbeeld": f"{';'.join(_COLUMNS)}\n{';'.join(_ROW)}\n",
    "fout": f"{';'.join(_COLUMNS[:3])}\n{';'.join(_ROW[:3])}\n",
}
"""Files that are read in and not recorded: by their name, one that is right and one that misses columns."""
W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class State:
    """What is on screen now: its name, and the window or dialog to look at. `detail` is a choice within a form."""

    name: str
    widget: QWidget
    detail: bool = False


def walk(workbench: Workbench, until: Until) -> Iterator[State]:
    """Show each state in turn; what a screen or form adds is found without being named here.

    `until` lets the event loop run until its condition holds. Nothing is recorded but that dossiers were opened.
    """
    for name in workbench.navigation.names:
        workbench.go(name)
        answered(workbench, until)
        yield State(name, workbench.window())
        for bar in _long(workbench.current):
            bar.setValue(bar.maximum())
            yield State(f"{name}-onderaan", workbench.window())
            bar.setValue(0)
        for made in _filters(workbench.current):
            made.setFocus()
            made.click()
            answered(workbench, until)
            yield State(f"{name}-{made.objectName()}", workbench.window())
        for tab, number in _tabs(workbench.current):
            tab.setCurrentIndex(number)
            answered(workbench, until)
            yield State(f"{name}-{_tab_name(tab, number)}", workbench.window())
    yield from _searches(workbench, until)
    yield from _signalen(workbench, until)
    yield from _forms(workbench, until)
    yield from _messages(workbench, until)
    yield from _dialogs(workbench, until)


def before(window: QWidget) -> Iterator[State]:
    """Show each state of a window that is still locked, and leave it ready for the passphrase."""
    screen = _part(window, Ontgrendelen)
    yield State("ontgrendelen", window)
    screen.on_submitted()  # nothing was typed
    yield State("ontgrendelen-fout", window)
    screen.error.hide()
    screen.on_forgotten()
    yield State("ontgrendelen-herstelsleutel", window)


def first_time(window: QWidget) -> Iterator[State]:
    """Show each page of a window for which there is no vault yet, filled in wrongly too; nothing is made."""
    screen = _part(window, EersteKeer)
    yield State("eerste-keer-1", window)
    screen.on_further()  # nothing was filled in
    yield State("eerste-keer-1-fout", window)
    _part(screen, QLineEdit, "eerste_naam").setText(_A_NAME)
    screen.on_further()
    yield State("eerste-keer-2", window)
    screen.on_further()
    yield State("eerste-keer-2-fout", window)
    screen.show_key(_A_KEY)
    yield State("eerste-keer-3", window)
    screen.on_further()
    yield State("eerste-keer-3-fout", window)


def _long(screen: QWidget | None) -> Iterator[QScrollBar]:
    """The scroll bars of what is longer than the screen, lists apart."""
    for area in screen.findChildren(TallScroll) if screen is not None else ():
        if area.isVisible() and area.verticalScrollBar().maximum():
            yield area.verticalScrollBar()


def _part(window: QWidget, kind: type[W], name: str = "") -> W:
    found = window.findChild(kind, name) if name else window.findChild(kind)
    if not isinstance(found, kind):
        raise TypeError
    return found


def answered(workbench: Workbench, until: Until) -> None:
    """Wait until everything that was asked of the vault has been answered and shown."""
    session = workbench.session
    for ask in (session.note, session.ask, session.ask):  # an answer may ask again
        done: list[None] = []
        ask(workbench, lambda _: None, done.append)
        until(partial(bool, done))


def open_zaak(workbench: Workbench, zaak: UUID, until: Until) -> Zaak:
    """Open a zaak and wait until its dossier is on screen."""
    workbench.open_zaak(zaak)
    screen = workbench.current
    if not isinstance(screen, Zaak):
        raise TypeError
    until(lambda: screen.filled)
    answered(workbench, until)
    return screen


def of_each_step(workbench: Workbench, until: Until) -> dict[Stap, UUID]:
    """A zaak in each step, closed ones too, as far as there is one."""
    session = workbench.session
    settings, now = session.instellingen, session.now()
    found: list[dict[Stap, UUID]] = []

    def question(connection: Any) -> dict[Stap, UUID]:  # noqa: ANN401  # the connection's type belongs to db
        return _of_each_step(connection, settings, now)

    session.ask(workbench, question, found.append)
    until(partial(bool, found))
    return found[0]


def _of_each_step(connection: Any, settings: Instellingen, now: Any) -> dict[Stap, UUID]:  # noqa: ANN401  # as above
    regels, _ = zaken.every_page(connection, na=Cursor("", b""), limiet=_TRIED)
    first = {advies(regel.naam, regel.stand, settings, now).stap: regel.id for regel in reversed(regels)}
    return {stap: first[stap] for stap in Stap if stap in first}


def _forms(workbench: Workbench, until: Until) -> Iterator[State]:
    """Each form in the zaak whose next action it is; the others in the first zaak that allows them."""
    places, seen = of_each_step(workbench, until), set[str]()
    for stap, zaak in places.items():
        screen = open_zaak(workbench, zaak, until)
        first = f"zaak-{stap.value}"
        for tab, number in _tabs(screen):
            tab.setCurrentIndex(number)
            yield State(f"{first}-{_tab_name(tab, number)}", workbench.window())
        yield from _at_table(workbench, first)
        yield from _form(workbench, screen, until, seen)
    for zaak in places.values():
        if seen >= FORMS.keys():
            break
        screen = open_zaak(workbench, zaak, until)
        for name in [name for name in FORMS if name not in seen]:
            screen.show_form(name)
            if screen.panel.shown == name:
                yield from _form(workbench, screen, until, seen)


def _form(workbench: Workbench, screen: Zaak, until: Until, seen: set[str]) -> Iterator[State]:
    panel = screen.panel
    if panel.form is None or panel.shown in seen:
        return
    seen.add(panel.shown)
    answered(workbench, until)
    name = f"zaak-{panel.shown}"
    yield State(name, workbench.window())
    for radio in panel.form.findChildren(QRadioButton):
        if radio.isVisible() and radio.isEnabled():
            radio.setChecked(True)
            yield State(f"{name}-{radio.objectName()}", workbench.window(), detail=True)
    for pages in panel.form.findChildren(QStackedWidget):
        for number in range(1, pages.count()):
            pages.setCurrentIndex(number)
            yield State(f"{name}-{number + 1}", workbench.window())
    for field in panel.form.findChildren(CheckedField):
        if field.isVisible() and field.isEnabled():
            field.setText(_WRONG)
            field.check()
    panel.form.refused(KnownError("VASTLEGGEN_MISLUKT"))
    yield State(f"{name}-fout", workbench.window())


def _at_table(workbench: Workbench, name: str) -> Iterator[State]:
    """The same zaak, turned to the resident."""
    workbench.set_at_table(on=True)
    yield State(f"{name}-aan-tafel", workbench.window())
    workbench.set_at_table(on=False)


def _searches(workbench: Workbench, until: Until) -> Iterator[State]:
    """The list under the search box: somebody, nobody, and somebody on the line."""
    workbench.go("vandaag")
    for name, typed, incoming in (
        ("zoeken-gevonden", _A_LETTER, False),
        ("zoeken-niemand", _NOBODY, False),
        ("zoeken-terugbellen", "", True),
        ("zoeken-terugbellen-gevonden", _A_LETTER, True),
    ):
        workbench.start_search(incoming=incoming)
        workbench.search.setText(typed)
        until(lambda: workbench.search.answered)
        yield State(name, workbench.window())
        workbench.search.stop()


def _signalen(workbench: Workbench, until: Until) -> Iterator[State]:
    """What comes in the place of the trays: a row that is mended, a choice between old and new, a file read in."""
    workbench.go("signalen")
    screen = workbench.current
    if not isinstance(screen, Signalen):
        raise TypeError
    for bak in (Bak.ONLEESBAAR, Bak.GEWIJZIGD):
        screen.choose(bak)
        answered(workbench, until)
        opens = screen.findChild(QPushButton, "signaal_openen")
        if opens is not None and opens.isVisible():
            opens.click()
            answered(workbench, until)
            yield State(f"signalen-{bak.value}-openen", workbench.window())
            screen.back()
    screen.choose(Bak.NIEUW)
    answered(workbench, until)
    pairs = _part(screen, QPushButton, "samen_vragen")
    if pairs.isVisible():
        pairs.click()
        answered(workbench, until)
        yield State("signalen-zelfde-persoon", workbench.window())
        screen.back()
    record = _part(screen.importing, QPushButton, "import_vastleggen")
    wrong = _part(screen.importing, QLabel, "importfout")
    with TemporaryDirectory(prefix="voordeur-") as folder:
        for name, content in _FILES.items():
            path = Path(folder) / f"{name}.csv"
            path.write_text(content, encoding="utf-8")
            screen.read_in(path)
            until(lambda: record.isEnabled() or wrong.isVisible())
            yield State(f"signalen-inlezen-{name}", workbench.window())
            screen.importing.on_cancel()
            until(lambda: not screen.importing.busy)
    answered(workbench, until)
    workbench.messages.on_dismissed()


def _messages(workbench: Workbench, until: Until) -> Iterator[State]:
    """The bar above a screen: what went wrong, and what was recorded and can be taken back."""
    workbench.go("werkvoorraad")
    answered(workbench, until)
    workbench.session.show_error(KnownError("SCHIJF_VOL"))
    yield State("melding-fout", workbench.window())
    workbench.messages.say(workbench.tr("Vastgelegd."), undo=lambda: None)
    yield State("melding-ongedaan", workbench.window())
    workbench.messages.on_dismissed()


def _filters(screen: QWidget | None) -> list[QPushButton]:
    """The buttons that narrow a list and are not pressed now, and then the one that is."""
    found = screen.findChildren(QPushButton) if screen is not None else []
    shown = [made for made in found if made.property("filter") == "ja" and made.isVisible()]
    return sorted(shown, key=QPushButton.isChecked)


def _tabs(screen: QWidget | None) -> list[tuple[QTabBar, int]]:
    """The tabs of a screen that are not in front, and the first again, so that it is left as it was."""
    bars = [bar for bar in screen.findChildren(QTabBar) if bar.isVisible()] if screen is not None else []
    return [(bar, number) for bar in bars for number in [*range(1, bar.count()), 0] if bar.isTabVisible(number)]


def _tab_name(bar: QTabBar, number: int) -> str:
    return bar.tabText(number).replace("&", "").lower().replace(" ", "-")


def kinds_of_dialog() -> tuple[type[QDialog], ...]:
    """Every dialog of the program; not what others are made from."""
    found: list[type[QDialog]] = []
    for module in pkgutil.iter_modules(dialogs.__path__, f"{dialogs.__name__}."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, QDialog) and kind.__module__ == module.name and not kind.__name__.startswith("_"):
                found.append(kind)
    return tuple(kind for kind in found if not kind.__subclasses__())


def _dialogs(workbench: Workbench, until: Until) -> Iterator[State]:
    """Each dialog over a zaak; what it is made from is read from what it asks for."""
    zaak = next(iter(of_each_step(workbench, until).values()), None)
    if zaak is None:
        return
    screen = open_zaak(workbench, zaak, until)
    dossier = screen.dossier
    if dossier is None:
        raise ValueError
    known: dict[str, object] = {
        "page": "vandaag",
        "title": "Lijst bewaren",
        "caption": "&Naam van deze lijst",
        "typed": _A_NAME,
        "Session": workbench.session,
        "Dossier": dossier,
        "UUID": dossier.signalen[0].id,
        "date": workbench.session.local_now().date(),
        "tuple[UUID, ...]": (dossier.signalen[0].id,),
        "Sequence[UUID]": (zaak,),
        "Workbench": workbench,
        "Screen": screen,
        "str": _A_NUMBER,
        "bool": False,
        "ImportReport": ImportReport(
            bestand="signalen.csv",
            rijen=1,
            geaccepteerd=0,
            niet_toegelaten=0,
            onleesbaar=1,
            al_bekend=0,
            gewijzigd=0,
            weggelaten={},
            regels=(Regel(rij=2, signaal=None, uitkomst=Uitkomst.ONLEESBAAR, veld="postcode"),),
        ),
        "Terugbelverzoek": Terugbelverzoek(
            id=dossier.zaak,
            naam=_A_NAME,
            telefoonnummer="050-5550123",
            wanneer="",
            genoteerd_op=workbench.session.now(),
        ),
    }
    for kind in kinds_of_dialog():
        make: Callable[..., QDialog] = kind
        dialog = make(**_arguments(kind, known, workbench))
        getattr(dialog, "look", dialog.open)()  # some ask the vault first, and open when there is something
        answered(workbench, until)
        if not dialog.isVisible():
            dialog.open()
        until(dialog.isVisible)
        answered(workbench, until)
        yield State(f"dialoog-{dialog.objectName()}", dialog)
        dialog.reject()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog)


def _arguments(kind: type[QDialog], known: dict[str, object], parent: QWidget) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, asked in inspect.signature(kind.__init__).parameters.items():
        if name == "parent":
            found[name] = parent
        elif name != "self" and asked.default is inspect.Parameter.empty:
            found[name] = known.get(name) or known[str(asked.annotation)]
    return found
