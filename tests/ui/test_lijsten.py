"""Lists: pages that come by key and go again, and what a row says to a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.casework import signalen
from desktop.ui.models.rows import Role
from desktop.ui.models.werkvoorraad import PAGE, WorkListModel
from desktop.ui.screens.route import Route
from desktop.ui.screens.screen import Screen
from desktop.ui.screens.signalen import Signalen
from desktop.ui.screens.terugmelden import Terugmelden
from desktop.ui.screens.vandaag import Vandaag
from desktop.ui.screens.werkvoorraad import Werkvoorraad
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.conftest import put_away
from tests.ui.seeding import PASSPHRASE, MovingClock, Opener, make_vault, receive, some_signalen

ZAKEN = 16 * PAGE + 30


@pytest.fixture
def full(qtbot: QtBot, tmp_path: Path, clock: MovingClock) -> Iterator[Workbench]:
    with make_vault(tmp_path, clock) as vault:
        receive(vault, some_signalen(ZAKEN))
        signalen.accept_all(vault)
    window = Window(Opener(tmp_path, clock), lambda: None)
    qtbot.addWidget(window)
    window.show()
    window.on_submitted(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        pass
    assert window.workbench is not None
    yield window.workbench
    put_away(qtbot, window)


def test_a_long_list_is_read_page_by_page_to_its_end_and_keeps_only_a_few(qtbot: QtBot, full: Workbench) -> None:
    full.go("werkvoorraad")
    screen = full.current
    assert isinstance(screen, Werkvoorraad)
    model = screen.table.model()
    assert isinstance(model, WorkListModel)
    qtbot.waitUntil(lambda: model.rowCount() >= PAGE)
    seen = set()
    while model.canFetchMore(QModelIndex()):
        before = model.rowCount()
        screen.table.scrollToBottom()
        model.fetchMore(QModelIndex())
        qtbot.waitUntil(lambda: model.rowCount() > before or not model.canFetchMore(QModelIndex()))  # noqa: B023  # waited for here
    assert model.rowCount() == ZAKEN
    assert len(model._pages) < ZAKEN // PAGE
    # back at the top: the first pages went, and come again
    screen.table.scrollToTop()
    qtbot.waitUntil(lambda: isinstance(model.index(0, 0).data(Role.ZAAK), UUID))
    for row in range(0, ZAKEN, 7):
        qtbot.waitUntil(lambda: isinstance(model.index(row, 0).data(Role.ZAAK), UUID))  # noqa: B023  # waited for here
        seen.add(model.index(row, 0).data(Role.ZAAK))
    assert len(seen) == len(range(0, ZAKEN, 7))


def test_a_row_reads_as_a_sentence(qtbot: QtBot, workbench: Workbench) -> None:
    workbench.go("werkvoorraad")
    screen = workbench.current
    assert isinstance(screen, Werkvoorraad)
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 12)
    spoken = str(screen.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "2024-A" in spoken
    assert "vóór 17 mei" in spoken


def test_lists_hide_address_and_debt(qtbot: QtBot, workbench: Workbench) -> None:
    workbench.go("werkvoorraad")
    screen = workbench.current
    assert isinstance(screen, Werkvoorraad)
    model = screen.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 12)
    shown = " ".join(
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        for role in (Qt.ItemDataRole.DisplayRole, Role.TWEEDE_REGEL, Qt.ItemDataRole.AccessibleTextRole)
    )
    assert "straat" not in shown
    assert "Wmo" not in shown


@pytest.mark.parametrize("kind", [Vandaag, Werkvoorraad, Signalen, Route, Terugmelden])
def test_no_list_is_called_empty_before_the_vault_has_answered(
    qtbot: QtBot, workbench: Workbench, kind: type[Screen]
) -> None:
    screen = kind(workbench.session)
    qtbot.addWidget(screen)
    screen.show()
    said = [made.text() for made in screen.findChildren(QLabel) if made.isVisible()]
    assert [text for text in said if re.search(r"\b([Nn]iets|[Nn]iemand|[Gg]een)\b", text)] == []
