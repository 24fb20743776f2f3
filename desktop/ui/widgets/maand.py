"""The month that opens below a date field, to choose a day from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QToolButton


class Month(QCalendarWidget):
    """A calendar in the look of the window: Qt's own has arrows that vanish in the dark and weekends that warn."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())
        for name, arrow, meaning in (
            ("qt_calendar_prevmonth", "‹", self.tr("Vorige maand")),
            ("qt_calendar_nextmonth", "›", self.tr("Volgende maand")),
        ):
            turn = self.findChild(QToolButton, name)
            if isinstance(turn, QToolButton):
                turn.setIcon(QIcon())
                turn.setText(arrow)
                turn.setAccessibleName(meaning)
                turn.setToolTip(meaning)


def give_month(field: QDateTimeEdit) -> None:
    """Let the day be chosen from a month as well as typed."""
    field.setCalendarPopup(True)
    field.setCalendarWidget(Month())
