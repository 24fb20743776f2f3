"""The small parts every screen is built of: labels, tags, cards, buttons with their key on them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.status import ICONS, Soort
from desktop.ui.texts import breakable


class WrappedLabel(QLabel):
    """A text over as many lines as it needs; a word too long for any line breaks where the line ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        self._text = text
        super().setText(breakable(text))

    def text(self) -> str:
        return self._text


def label(text: str, rol: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the roles of the stylesheet; always plain text, whatever a file brought along."""
    made = WrappedLabel(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if rol:
        made.setProperty("rol", rol)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def tag(text: str, soort: Soort, *, icon: bool = True) -> QLabel:
    """A status as icon, word and colour; without an icon it is only a kind of thing."""
    made = QLabel(f"{ICONS[soort]} {text}" if icon else text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("tag", soort.value)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setAccessibleName(text)
    return made


def line() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setProperty("lijn", "ja")
    return made


def button(text: str, name: str, *, main: bool = False, link: bool = False) -> QPushButton:
    """A button; its name identifies it to tests and screen readers' scripts."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    if main:
        made.setProperty("hoofd", "ja")
    if link:
        made.setProperty("link", "ja")
    return made


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the stylesheet looks at, and let it look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and destroy it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def focusable(holder: QWidget) -> list[QWidget]:
    """What Tab stops at within a widget, in the order in which it was put there."""
    return [
        made
        for made in holder.findChildren(QWidget)
        if made.focusPolicy() & Qt.FocusPolicy.TabFocus
        and made.window() is holder.window()  # not the list of a combo box
        and not isinstance(made.parent(), QAbstractSpinBox | QLineEdit | QComboBox)
    ]


def tab_after(before: QWidget, *holders: QWidget) -> None:
    """Let Tab go from a widget to what was made later but stands beneath it; a new widget would come last of all."""
    for holder in holders:
        for made in focusable(holder) or [holder]:
            policy = before.focusPolicy()
            if policy == Qt.FocusPolicy.NoFocus:  # Qt does nothing after what cannot have the focus, such as a label
                before.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            QWidget.setTabOrder(before, made)
            before.setFocusPolicy(policy)
            before = made


class Card(QFrame):
    """A white card with 16 px around its contents."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = 16, spacing: int = 8) -> None:
        super().__init__(parent)
        self.setProperty("kaart", "ja")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(margin, margin, margin, margin)
        self.box.setSpacing(spacing)


class EmptyList(QWidget):
    """Stands where a list would: its title, and what to do or expect."""

    def __init__(self, title: str, text: str, name: str) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 6)
        box.setSpacing(8)
        box.addWidget(label(title, "vet"))
        words = label(text, "zacht", wrap=True)
        words.setObjectName(name)
        box.addWidget(words)
        box.addStretch(1)


class KeyButton(QPushButton):
    """A button that shows the key it listens to in a small cap at its right."""

    def __init__(self, text: str, name: str, key: str, *, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setProperty("keuze", "ja")
        self.setAutoDefault(False)
        # Not the button's own shortcut: that would wait a tenth of a second to show itself being pressed.
        QShortcut(QKeySequence(shortcut or key), self, self.click)
        self._cap = QLabel(key, self)
        self._cap.setProperty("toets", "ja")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleDescription(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cap.adjustSize()
        self._cap.move(self.width() - self._cap.width() - 7, (self.height() - self._cap.height()) // 2)
