"""Rows of text fields under their headings, which grow as they are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.ui.widgets.parts import label, tab_after

_LONGEST = 300


class Lines(QWidget):
    """Rows of text fields under their headings; rows that are empty do not count."""

    def __init__(self, headings: Sequence[str], name: str, widths: Sequence[int], changed: Callable[[], None]) -> None:
        super().__init__()
        self._headings, self._name, self._changed = tuple(headings), name, changed
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            self._grid.addWidget(label(heading, "zacht"), 0, column)
            self._grid.setColumnStretch(column, width)
        self.rows: list[tuple[QLineEdit, ...]] = []

    def add(self, values: Sequence[str] = ()) -> QLineEdit:
        """Add a row; returns its first field."""
        number = len(self.rows) + 1
        fields = []
        for column, heading in enumerate(self._headings):
            field = QLineEdit(values[column] if column < len(values) else "")
            field.setMaxLength(_LONGEST)
            field.setObjectName(f"{self._name}_{number}_{column}")
            field.setAccessibleName(f"{heading}, {number}")
            field.textChanged.connect(self._changed)
            self._grid.addWidget(field, number, column)
            fields.append(field)
        tab_after(self.rows[-1][-1] if self.rows else self, *fields)
        self.rows.append(tuple(fields))
        return fields[0]

    def texts(self) -> list[list[str]]:
        """What stands in the rows, empty ones left out."""
        rows = [[field.text().strip() for field in row] for row in self.rows]
        return [row for row in rows if any(row)]
