"""What is typed in a field: amounts and dates as Dutch people write them."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui import texts
from desktop.ui.forms.fields import parse_amount, parse_day
from desktop.ui.forms.form import day_field
from desktop.ui.window import Window
from tests.ui.finding import find

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("123,60", 123_60),
        ("€ 1.234,50", 1_234_50),
        ("1234", 1_234_00),
        ("12,-", 12_00),
        (" 0,05 ", 5),
        ("12,5", None),
        ("12.34", None),
        ("-3", None),
        ("veel", None),
        ("", None),
        ("٣", None),
    ],
)
def test_an_amount_is_read_in_whole_cents_or_not_at_all(text: str, cents: int | None) -> None:
    assert parse_amount(text) == cents


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-12-2024", date(2024, 12, 31)),
        ("1/5/2024", date(2024, 5, 1)),
        ("29-02-2023", None),
        ("2024-05-01", None),
        ("morgen", None),
    ],
)
def test_a_day_is_read_day_first_or_not_at_all(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("number", "shown"),
    [("050-5550142", "050 – 555 01 42"), ("06 00000123", "06 – 00 00 01 23"), ("+49 30 5550", "+49 30 5550"), ("", "")],
)
def test_a_phone_number_is_written_as_one_reads_it_aloud(number: str, shown: str) -> None:
    assert texts.phone(number) == shown


def test_dates_and_amounts_are_dutch() -> None:
    assert texts.weekday(date(2024, 5, 7)) == "dinsdag 7 mei"
    assert texts.full_day(date(1951, 3, 12)) == "12 maart 1951"
    assert texts.euros(1_234_50) == "€ 1.234,50"
    assert texts.near_day(date(2024, 5, 8), date(2024, 5, 7)) == "morgen"
    assert texts.near_day(date(2024, 5, 30), date(2024, 5, 7)) == "30 mei"


def test_a_day_is_chosen_from_a_dutch_month_on_which_nothing_is_cut_off(window: Window, qtbot: QtBot) -> None:
    field = day_field(date(2024, 5, 8))
    field.setParent(window)
    field.show()
    QTest.mouseClick(field, LEFT, pos=QPoint(field.width() - 10, field.height() // 2))
    month = field.calendarWidget()
    qtbot.waitUntil(month.isVisible)
    days = find(month, QTableView, "qt_calendar_calendarview")
    for row, column in product(range(days.model().rowCount()), range(days.model().columnCount())):
        cell = days.model().index(row, column)
        option = QStyleOptionViewItem()
        option.initFrom(days)
        option.rect, option.text = days.visualRect(cell), str(cell.data())
        option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
        room = days.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, days)
        assert room.width() >= days.fontMetrics().horizontalAdvance(option.text) + 4, option.text
    assert [days.model().index(0, column).data() for column in range(7)] == ["ma", "di", "wo", "do", "vr", "za", "zo"]
    further = find(month, QToolButton, "qt_calendar_nextmonth")
    assert further.accessibleName() == "Volgende maand"
    QTest.mouseClick(further, LEFT)
    QTest.mouseClick(days.viewport(), LEFT, pos=days.visualRect(days.model().index(1, 5)).center())
    assert field.date().toPython() == date(2024, 6, 1)
