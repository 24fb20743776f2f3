"""Rows of fields under their headings, which grow, move and go by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.widgets.checked import CheckedField
from desktop.ui.widgets.parts import button, label, tab_after

_LONGEST = 300
_YES = "ja"


class Column(NamedTuple):
    """A column: `parse` reads what was typed, `wrong` says that it cannot; `needed` that it must not stay empty.

    Without `parse` it is a box to tick, whose text is `ja` or nothing.
    """

    heading: str
    width: int
    parse: Callable[[str], object | None] | None = None
    wrong: str = ""
    needed: str = ""


class _Line(NamedTuple):
    fields: tuple[CheckedField[object] | QCheckBox, ...]
    remove: QPushButton


class Lines(QWidget):
    """Rows that are empty do not count. Alt with an arrow moves a row; one that was taken away can be put back."""

    def __init__(self, columns: Sequence[Column], name: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self._columns, self._name, self._changed = tuple(columns), name, changed
        self._lines: list[_Line] = []
        self._removed: tuple[int, list[str]] | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        for column, made in enumerate(self._columns):
            self._grid.addWidget(label(made.heading, "zacht"), 0, column)
            self._grid.setColumnStretch(column, made.width)
        self._restore = button(self.tr("Weggehaalde regel terugzetten"), f"{name}_terugzetten", link=True)
        self._restore.clicked.connect(self.on_restored)
        self._restore.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(self._grid)
        row = QHBoxLayout()
        row.addWidget(self._restore)
        row.addStretch(1)
        box.addLayout(row)
        for key, meaning, by in (
            ("Alt+Up", self.tr("Regel omhoog"), -1),
            ("Alt+Down", self.tr("Regel omlaag"), 1),
        ):
            moves = QShortcut(QKeySequence(key), self, partial(self._move, by))
            moves.setWhatsThis(meaning)
            moves.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def add(self, values: Sequence[str] = ()) -> QWidget:
        """Add a row; returns its first field."""
        number = len(self._lines) + 1
        fields: list[CheckedField[object] | QCheckBox] = []
        for column, made in enumerate(self._columns):
            field = self._field(made, number, column)
            field.setObjectName(f"{self._name}_{number}_{column}")
            field.setAccessibleName(f"{made.heading}, {number}")
            self._grid.addWidget(field, 2 * number - 1, column)
            if isinstance(field, CheckedField):
                self._grid.addWidget(field.error, 2 * number, column)
            fields.append(field)
        remove = button("✕", f"{self._name}_{number}_weg")
        remove.setAccessibleName(self.tr("Regel {n} weghalen").format(n=number))
        remove.setToolTip(self.tr("Regel {n} weghalen").format(n=number))
        remove.clicked.connect(partial(self._take_away, number - 1))
        self._grid.addWidget(remove, 2 * number - 1, len(self._columns))
        tab_after(self._lines[-1].remove if self._lines else self, *fields, remove)
        self._lines.append(_Line(tuple(fields), remove))
        if self.isVisible():
            for shown in (*fields, remove):
                shown.show()  # a layout shows its children only later, and the next key may come sooner
        self._write(number - 1, values)
        return fields[0]

    def _field(self, column: Column, number: int, place: int) -> CheckedField[object] | QCheckBox:
        if column.parse is None:
            box = QCheckBox()
            box.toggled.connect(self._changed)
            return box
        field: CheckedField[object] = CheckedField(column.parse, column.wrong)
        field.setMaxLength(_LONGEST)
        field.textChanged.connect(self._changed)
        field.returnPressed.connect(partial(self._go_on, number, place))
        return field

    def first_free(self) -> QWidget:
        """Where the next row is typed, so that nobody types into a name that stands there already."""
        empty = (line for line in self._lines if _empty(line))
        return next(empty, self._lines[0]).fields[0]

    def clear(self) -> None:
        """Take every row away."""
        while self._lines:
            self._drop_last()
        self._removed = None
        self._restore.hide()

    def every(self) -> list[list[str]]:
        """What stands in every row, empty ones too."""
        return [[_text(field) for field in line.fields] for line in self._lines]

    def texts(self) -> list[list[str]]:
        """What stands in the rows, empty ones left out; a ticked box does not make a row."""
        return [row for row, line in zip(self.every(), self._lines, strict=True) if not _empty(line)]

    def values(self, column: int) -> list[object]:
        """What was read in a column, where it could be read."""
        fields = [line.fields[column] for line in self._lines]
        found = [field.value for field in fields if isinstance(field, CheckedField)]
        return [value for value in found if value is not None]

    def check(self) -> bool:
        """Put each error beside its field; returns whether there is none. The first one gets the focus."""
        wrong = [field for line in self._lines if not _empty(line) for field in self._wrong(line)]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _wrong(self, line: _Line) -> list[CheckedField[object]]:
        found = []
        for column, field in zip(self._columns, line.fields, strict=True):
            if not isinstance(field, CheckedField):
                continue
            if column.needed and not field.text().strip():
                field.complain(column.needed)
            elif field.check():
                continue
            found.append(field)
        return found

    def _write(self, index: int, values: Sequence[str]) -> None:
        for column, field in enumerate(self._lines[index].fields):
            value = values[column] if column < len(values) else ""
            if isinstance(field, QCheckBox):
                field.setChecked(value == _YES)
            else:
                field.setText(value)
                field.complain("")

    def _drop_last(self) -> None:
        line = self._lines.pop()
        for field in line.fields:
            if isinstance(field, CheckedField):
                field.error.hide()
                field.error.deleteLater()
            field.hide()
            field.deleteLater()
        line.remove.hide()
        line.remove.deleteLater()

    def _rewrite(self, rows: Sequence[Sequence[str]]) -> None:
        while len(self._lines) > max(1, len(rows)):
            self._drop_last()
        while len(self._lines) < len(rows):
            self.add()
        for index in range(len(self._lines)):
            self._write(index, rows[index] if index < len(rows) else ())
        self._changed()

    def _take_away(self, index: int) -> None:
        rows = self.every()
        gone = rows.pop(index)
        self._removed = (index, gone) if any(gone) else self._removed
        self._restore.setVisible(self._removed is not None)
        self._rewrite(rows)
        self._lines[min(index, len(self._lines) - 1)].fields[0].setFocus()

    @Slot()
    def on_restored(self) -> None:
        if self._removed is None:
            return
        (index, values), self._removed = self._removed, None
        rows = self.every()
        rows.insert(index, values)
        self._restore.hide()
        self._rewrite(rows)
        self._lines[index].fields[0].setFocus()

    def _move(self, by: int) -> None:
        focus = QApplication.focusWidget()
        for index, line in enumerate(self._lines):
            places = [place for place, field in enumerate(line.fields) if field is focus]
            if places and 0 <= index + by < len(self._lines):
                rows = self.every()
                rows[index], rows[index + by] = rows[index + by], rows[index]
                self._rewrite(rows)
                self._lines[index + by].fields[places[0]].setFocus()
                return

    def _go_on(self, number: int, place: int) -> None:
        """Enter: the next field of the row, and from the last one a new row."""
        if place + 1 < len(self._columns) and self._columns[place + 1].parse is not None:
            self._lines[number - 1].fields[place + 1].setFocus()
        elif number < len(self._lines):
            self._lines[number].fields[0].setFocus()
        else:
            self.add().setFocus()


def _text(field: CheckedField[object] | QCheckBox) -> str:
    if isinstance(field, QCheckBox):
        return _YES if field.isChecked() else ""
    return field.text().strip()


def _empty(line: _Line) -> bool:
    return not any(_text(field) for field in line.fields if isinstance(field, CheckedField))
