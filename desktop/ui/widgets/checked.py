"""A line of text that is read as a date or an amount, and says beside itself what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.widgets.parts import label, restyle

T = TypeVar("T")


class CheckedField(QLineEdit, Generic[T]):
    """`value` is what was typed, or None; `error` stands wherever the form puts it.

    The error appears when the field is left or checked, and goes as soon as the text is right.
    """

    def __init__(self, parse: Callable[[str], T | None], wrong: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parse, self._wrong = parse, wrong
        self.error = label("", "fout", wrap=True)
        self.error.hide()
        self.editingFinished.connect(self.check)
        self.textChanged.connect(self.on_typed)

    @property
    def value(self) -> T | None:
        """What was typed, or None when that is nothing or cannot be read."""
        return self._parse(self.text())

    @property
    def readable(self) -> bool:
        """Whether the field is empty or can be read."""
        return not self.text().strip() or self.value is not None

    @Slot()
    def check(self) -> bool:
        """Say what is wrong, if anything is; returns whether the text is right."""
        self.complain("" if self.readable else self._wrong)
        return self.readable

    def complain(self, text: str) -> None:
        """Put an error beside the field, or take it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text) and self.isEnabled())
        self.setAccessibleDescription(text)
        restyle(self, "fout", "ja" if text else "nee")

    @Slot()
    def on_typed(self) -> None:
        if self.error.text() and self.readable:
            self.complain("")
