"""What everybody must be able to use, as functions of a window or dialog: each tells what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSpinBox,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.lines import Lines
from desktop.ui.widgets.scroll import TallScroll
from desktop.ui.widgets.search import SearchBox

W = TypeVar("W", bound=QWidget)
Check = Callable[[QWidget], list[object]]

TARGET = 32
"""The least height of what is clicked or typed in, in pixels."""
FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
CONTROLS = (*FIELDS, QAbstractButton, QAbstractItemView, QTabBar)
ENGLISH = re.compile(
    r"\b(ok|cancel|close|save|yes|no|apply|discard|help|search|undo|redo|cut|copy|paste|delete|select all|next|back|"
    r"the|and|options|print|today|clear|details|show|hide)\b",
    re.IGNORECASE,
)
DUTCH_TOO = re.compile(r"\b(hulp|printen|details)\b", re.IGNORECASE)


def visible(window: QWidget, *kinds: type[W]) -> list[W]:
    """What is on screen in a window, of these kinds; not the inner parts of a field or list."""
    return [
        made
        for kind in kinds
        for made in window.findChildren(kind)
        if made.isVisible() and made.window() is window.window() and not inner(made)
    ]


def inner(made: QWidget) -> bool:
    """Whether Qt made this part itself, within a field, list or calendar."""
    parent = made.parentWidget()
    return (
        made.objectName().startswith("qt_")
        or isinstance(parent, QAbstractSpinBox | QLineEdit | QComboBox | QHeaderView)
        or (isinstance(parent, QAbstractItemView | QTabBar) and isinstance(made, QAbstractButton | QHeaderView))
    )


def text_of(made: QWidget) -> str:
    return str(made.property("text") or "")


def named(made: QWidget) -> str:
    return f"{type(made).__name__} {made.objectName() or text_of(made)[:30]}"


def letters(window: QWidget) -> list[object]:
    """Alt letters that do two things at once."""
    owners: list[QWidget] = [*visible(window, QAbstractButton)]
    owners += [made for made in visible(window, QLabel) if made.buddy() is not None]
    texts = [text_of(made) for made in owners]
    texts += [bar.tabText(number) for bar in visible(window, QTabBar) for number in range(bar.count())]
    found = Counter(match[1].upper() for text in texts if (match := re.search(r"(?<!&)&([^&])", text)))
    return [letter for letter, times in found.items() if times > 1]


def captions(window: QWidget) -> list[object]:
    """Fields without a label that is theirs; a search box has a key, and rows have a heading."""
    captioned = {made.buddy() for made in visible(window, QLabel)}
    bare: list[object] = [
        named(made)
        for made in visible(window, *FIELDS)
        if made not in captioned
        and not isinstance(made, SearchBox)
        and not isinstance(made.parent(), Lines)
        and not made.objectName().startswith("kies_")  # a filter, whose own words say what it narrows
    ]
    loose = [named(made) for made in visible(window, QLabel) if stray_letter(made)]
    return bare + loose


def stray_letter(made: QLabel) -> bool:
    """Whether a label underlines a letter that leads nowhere."""
    return made.buddy() is None and bool(re.search(r"(?<!&)&[^&\s]", made.text())) and made.textFormat() != PLAIN


PLAIN = Qt.TextFormat.PlainText


def names(window: QWidget) -> list[object]:
    """Controls that a test or a screen reader cannot name."""
    found: list[object] = [named(made) for made in visible(window, *CONTROLS) if not made.objectName()]
    found += [
        ("says nothing", named(made))
        for made in visible(window, *CONTROLS)
        if not (made.accessibleName() or (isinstance(made, QAbstractButton) and text_of(made)))
    ]
    if isinstance(window, QDialog) and not window.windowTitle():
        found.append("dialog without a title")
    return found


def targets(window: QWidget) -> list[object]:
    """Controls that are too low to hit."""
    return [
        (named(made), made.height())
        for made in visible(window, *FIELDS, QAbstractButton, QTabBar)
        if made.height() < TARGET
    ]


def reach(window: QWidget) -> list[object]:
    """Controls that the Tab key does not come to."""
    passed = set(chain(window))
    return [
        named(made)
        for made in visible(window, *CONTROLS)
        if made.isEnabled() and made not in passed and not in_group(made) and not only_shown(made)
    ]


def in_group(made: QWidget) -> bool:
    """Whether the arrow keys come here, from the one of its group that Tab stops at."""
    return isinstance(made, QAbstractButton) and (
        made.autoExclusive()
        or any(group.exclusive() and made in group.buttons() for group in made.window().findChildren(QButtonGroup))
    )


def only_shown(made: QWidget) -> bool:
    """Whether this is a list beneath a field that has the keys itself."""
    return isinstance(made, QAbstractItemView) and made.objectName() == "gevonden"


def chain(window: QWidget) -> list[QWidget]:
    """What Tab stops at, in its order."""
    found, start = [], window.window()
    made = start.nextInFocusChain()
    while made is not None and made is not start:
        stop = made.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if stop and made.isVisible() and made.isEnabled() and not inner(made):
            found.append(made)
        made = made.nextInFocusChain()
    return found


def order(window: QWidget) -> list[object]:
    """Where Tab goes up or to the left within one part of the screen, or comes back to a part it had left."""
    stops = [made for made in chain(window) if window.isAncestorOf(made)]
    pairs = list(zip(stops, [*stops[1:], *stops[:1]], strict=True))
    entered = [after for before, after in pairs if region(before) is not region(after)]
    times = Counter(region(made) for made in entered)
    back: list[object] = [
        ("comes back", named(made)) for made in entered if times[region(made)] > 1 and region(made) is not window
    ]
    return back + [
        (named(before), named(after))
        for before, after in pairs
        if region(before) is region(after) and len(times) != 0 and goes_back(before, after)
    ]


def region(made: QWidget) -> QWidget:
    """The part of the screen in which a control stands: a card, a scrolled column, the navigation, the window."""
    parent = made.parentWidget()
    while parent is not None and not parent.isWindow():
        if (
            parent.property("kaart")
            or isinstance(parent, QScrollArea)
            or parent.objectName()
            in {
                "navigatie",
                "bovenbalk",
            }
        ):
            return parent
        parent = parent.parentWidget()
    return made.window()


def goes_back(before: QWidget, after: QWidget) -> bool:
    first, second = place(before), place(after)
    same_row = first.top() < second.bottom() and second.top() < first.bottom()
    if same_row:
        return second.right() <= first.left()
    return second.bottom() <= first.top() and second.left() < first.right()


def place(made: QWidget) -> QRect:
    return QRect(made.mapTo(made.window(), QPoint(0, 0)), made.size())


def cut_off(window: QWidget) -> list[object]:
    """Texts that do not fit where they stand, parts outside what holds them, and parts on top of each other."""
    leaves = visible(window, QLabel, QAbstractButton, *FIELDS)
    found: list[object] = [("narrow", named(made), made.width(), wanted) for made, wanted in narrow(leaves)]
    found += [
        ("low", named(made), text_of(made)[:20], made.height(), made.heightForWidth(made.width()))
        for made in leaves
        if isinstance(made, QLabel) and made.wordWrap() and made.height() < made.heightForWidth(made.width())
    ]
    found += [("outside", named(made), named(holder)) for made in leaves if (holder := outside(made)) is not None]
    found += [("overlap", named(one), named(other)) for one, other in overlapping(leaves)]
    found += [
        ("scrolls sideways", named(area), area.viewport().width(), held.minimumSizeHint().width())
        for area in visible(window, TallScroll)
        if (held := area.widget()) is not None and held.minimumSizeHint().width() > area.viewport().width()
    ]
    return found + [
        ("header", table.objectName(), section)
        for table in visible(window, QTableView)
        for section in range(table.model().columnCount())
        if table.horizontalHeader().isVisible()
        and table.horizontalHeader().sectionSize(section) < table.horizontalHeader().sectionSizeHint(section)
    ]


def narrow(leaves: list[QWidget]) -> Iterator[tuple[QWidget, int]]:
    for made in leaves:
        wanted = 0
        if isinstance(made, QPushButton | QCheckBox | QRadioButton) or (
            isinstance(made, QLabel) and not made.wordWrap()
        ):
            wanted = made.sizeHint().width()
        elif isinstance(made, QComboBox):
            wanted = made.fontMetrics().horizontalAdvance(made.currentText()) + 24
        elif isinstance(made, QLineEdit) and not made.text():
            wanted = made.fontMetrics().horizontalAdvance(made.placeholderText()) + 12
        elif isinstance(made, QAbstractSpinBox) and not isinstance(made, QSpinBox):
            wanted = made.fontMetrics().horizontalAdvance(made.text()) + 24
        if made.width() < wanted:
            yield made, wanted


def outside(made: QWidget) -> QWidget | None:
    """What should hold this and does not: an ancestor up to the nearest that scrolls."""
    parent = made.parentWidget()
    while parent is not None and not made.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return None
        inside = QRect(made.mapTo(parent, QPoint(0, 0)), made.size())
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(inside):
            return parent
        if parent.isWindow():
            return None
        parent = parent.parentWidget()
    return None


def overlapping(leaves: list[QWidget]) -> Iterator[tuple[QWidget, QWidget]]:
    areas = [(made, place(made).adjusted(1, 1, -1, -1)) for made in leaves if not isinstance(made, QScrollBar)]
    for number, (one, area) in enumerate(areas):
        for other, taken in areas[number + 1 :]:
            apart = not one.isAncestorOf(other) and not other.isAncestorOf(one)
            if apart and area.intersects(taken) and scroller(one) is scroller(other):
                yield one, other


def scroller(made: QWidget) -> QWidget | None:
    """What a part scrolls in, or the list under the search box, which lies over the rest on purpose."""
    parent = made.parentWidget()
    while not (parent is None or isinstance(parent, QAbstractScrollArea) or parent.objectName() == "zoekresultaten"):
        parent = parent.parentWidget()
    return parent


def words(window: QWidget) -> list[object]:
    """English on screen, or where a screen reader reads it."""
    return [
        (named(made), match[0])
        for made in [window, *visible(window, QWidget)]
        for text in spoken(made)
        if (match := ENGLISH.search(text.replace("&", ""))) and not DUTCH_TOO.search(match[0])
    ]


def spoken(made: QWidget) -> Iterator[str]:
    yield from (made.accessibleName(), made.accessibleDescription(), made.toolTip(), made.windowTitle())
    if isinstance(made, QAbstractButton | QLabel):
        yield text_of(made)
    if isinstance(made, QLineEdit | QPlainTextEdit):
        yield made.placeholderText()
    if isinstance(made, QComboBox):
        yield from (made.itemText(number) for number in range(made.count()))
    if isinstance(made, QTabBar):
        yield from (made.tabText(number) for number in range(made.count()))
    if isinstance(made, QTableView):
        across = Qt.Orientation.Horizontal
        yield from (str(made.model().headerData(n, across) or "") for n in range(made.model().columnCount()))


def status(window: QWidget) -> list[object]:
    """Tags that tell a status by their colour only."""
    calm = {"", Soort.RUSTIG.value}
    return [
        named(made)
        for made in visible(window, QLabel)
        if str(made.property("tag") or "") not in calm and not made.text().startswith(tuple(ICONS.values()))
    ]


def sentences(window: QWidget) -> list[object]:
    """Rows that do not read as one sentence with everything in it."""
    found: list[object] = []
    for table in visible(window, QAbstractItemView):
        model = table.model()
        for row in range(min(model.rowCount(), 20)):
            sentence = str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) or "")
            columns = model.columnCount() if isinstance(table, QTableView) else 1
            cells = [str(model.index(row, column).data() or "") for column in range(columns)]
            missing = [cell for cell in cells if cell and plain(cell) not in plain(sentence)]
            if missing:
                found.append((table.objectName(), sentence, missing))
    return found


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


CHECKS: dict[str, Check] = {
    "letters": letters,
    "captions": captions,
    "names": names,
    "targets": targets,
    "reach": reach,
    "order": order,
    "cut off": cut_off,
    "words": words,
    "status": status,
    "sentences": sentences,
}
