"""Signalen: every row that came in, in its tray; take up, refuse, mend or choose, and read in a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import KnownError, VoordeurError
from db.model.codes import Bak
from desktop.casework import quotum, signalen
from desktop.casework.instellingen import require_recovery_sheet
from desktop.ui import texts
from desktop.ui.forms.inlezen import ImportPanel
from desktop.ui.models import signalen as model
from desktop.ui.models.rows import RowsModel
from desktop.ui.models.signalen import BAKKEN, GETOOND, OP_TE_PAKKEN, Bakstand, Detail
from desktop.ui.models.vandaag import PAREN
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.bestand import file_chooser
from desktop.ui.widgets.parts import Card, KeyButton, button, label
from desktop.ui.widgets.signaaldetail import SignaalDetail
from desktop.ui.widgets.table import ZaakTable

if TYPE_CHECKING:
    from desktop.intake.rapport import ImportReport

_AMOUNT, _CHECK = 115, 200
_SIDE = 290
_PER_ROW = 4


class Signalen(Screen):
    """Trays with their counts, the rows of one, and the chosen row beside them; other pages take their place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._bak = Bak.NIEUW
        self._counts: dict[Bak, int] = {}
        self._busy = False
        self._pages = QStackedWidget()
        self._trays = self._tray_page()
        self._pages.addWidget(self._trays)
        self.importing = ImportPanel(session)
        self.importing.left.connect(self.on_left)
        self.importing.said.connect(self.said)
        self.importing.paper_asked.connect(self.on_paper)
        self._pages.addWidget(self.importing)
        self._other: QWidget | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 20)
        box.addWidget(self._pages)
        self.setAcceptDrops(True)
        self.choose(Bak.NIEUW)

    # --- the trays ----------------------------------------------------------------------------------------

    def _tray_page(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(self._head())
        box.addSpacing(8)
        box.addLayout(self._tray_buttons())
        box.addSpacing(8)
        box.addLayout(self._actions())
        box.addSpacing(8)
        box.addLayout(self._list(), 1)
        return holder

    def _head(self) -> QHBoxLayout:
        self._summary = label("", "zacht", wrap=True)
        self._summary.setObjectName("signalen_samenvatting")
        read = KeyButton(self.tr("Bestand &inlezen…"), "bestand_inlezen", "Ctrl I", shortcut="Ctrl+I")
        read.setMinimumWidth(200)
        read.clicked.connect(self.on_choose_file)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self.tr("Signalen"), "titel"))
        words.addWidget(self._summary)
        self._pairs = button("", "samen_vragen")
        self._pairs.clicked.connect(self.on_pairs)
        self._pairs.hide()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addLayout(words, 1)
        head.addWidget(self._pairs)
        head.addWidget(read)
        return head

    def _tray_buttons(self) -> QGridLayout:
        self._chips: dict[Bak, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        group = QButtonGroup(self)
        for bak in BAKKEN:
            made = QPushButton(model.titel(bak))
            made.setObjectName(f"bak_{bak.value}")
            made.setProperty("filter", "ja")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(partial(self.choose, bak))
            group.addButton(made)
            self._chips[bak] = made
            self._grid.addWidget(made, 0, len(self._chips))  # here, or Tab would come to them last
        self._columns = 0
        return self._grid

    def _list(self) -> QHBoxLayout:
        self._model = RowsModel((self.tr("Inwoner"), self.tr("Bedrag"), self.tr("Controle")), self)
        self.table = ZaakTable(self._model, "nieuwe_signalen", self.tr("Signalen"))
        self.table.choose_many()
        self.table.set_widths(0, _AMOUNT, _CHECK)
        self.table.opened.connect(self.on_opened)
        self.table.selectionModel().selectionChanged.connect(self.on_selection)
        self.table.selectionModel().currentRowChanged.connect(self.on_row)
        self._empty = label("", "zacht", wrap=True)
        self._empty.setObjectName("bak_leeg")
        self._empty.setContentsMargins(10, 10, 10, 10)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.hide()
        card = Card(margin=8)
        card.box.addWidget(self.table, 1)
        card.box.addWidget(self._empty, 1)
        self.detail = SignaalDetail(self.session)
        self.detail.setFixedWidth(_SIDE)
        self.detail.mend_asked.connect(self.on_mend)
        self.detail.choice_asked.connect(self.on_choice)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(card, 1)
        row.addWidget(self.detail)
        return row

    def _actions(self) -> QHBoxLayout:
        self._all = button(self.tr("&Alles oppakken"), "alles_oppakken", main=True)
        self._all.clicked.connect(self.on_take_all)
        self._one = button(self.tr("&Oppakken"), "oppakken")
        self._one.clicked.connect(self.on_take_chosen)
        self._refuse = button(self.tr("W&eigeren…"), "weigeren")
        self._refuse.clicked.connect(self.on_refuse)
        self._fill = button(self.tr("Aanvullen tot het va&ste aantal"), "wacht_aanvullen")
        self._fill.clicked.connect(self.on_fill)
        self._chosen = label("", "zacht")
        self._chosen.setObjectName("signalen_gekozen")
        self._row = row = QHBoxLayout()
        row.setSpacing(10)
        self._strut = QSpacerItem(0, 0)  # the list stays where it is when there is nothing to press
        row.addSpacerItem(self._strut)
        for made in (self._all, self._one, self._refuse, self._fill, self._chosen):
            row.addWidget(made)
        row.addStretch(1)
        return row

    def choose(self, bak: Bak) -> None:
        """Show another tray."""
        self._bak = bak
        self._chips[bak].setChecked(True)
        self._summary.setText(model.doel(bak))
        self._show_actions(rows=0)
        self.refresh()

    def refresh(self) -> None:
        """Ask the counts and the tray again."""
        bak = self._bak
        self.session.ask(self, lambda connection: model.read(connection, bak), self._show)

    def _show(self, found: Bakstand) -> None:
        self._counts = found.aantallen
        for bak, made in self._chips.items():
            made.setText(f"{model.titel(bak)} {texts.count(found.aantallen.get(bak, 0))}")
        self._arrange()
        self._pairs.setText(self.tr("&Zelfde persoon? {n}").format(n=texts.count(found.paren)))
        self._pairs.setVisible(found.paren > 0)
        if found.bak is not self._bak:
            return
        current = self.table.currentIndex().row()
        self._model.show_rows(model.rows(found))
        some = bool(found.regels)
        self.table.show_or(self._empty, some=some)
        self.detail.setVisible(some)
        self._empty.setText(model.leeg(self._bak))
        self._show_actions(rows=len(found.regels))
        if some and not self.table.currentIndex().isValid():
            self.table.selectRow(min(max(current, 0), len(found.regels) - 1))
        self.on_selection()
        self.detail.show_row(self.table.current_zaak(), self._bak)

    def _show_actions(self, *, rows: int) -> None:
        takes = self._bak in OP_TE_PAKKEN
        self._all.setVisible(self._bak is Bak.NIEUW)
        self._one.setVisible(takes)
        self._refuse.setVisible(takes)
        self._fill.setVisible(self._bak is Bak.WACHT)
        for made in (self._all, self._one, self._refuse, self._fill):
            made.setEnabled(rows > 0 and not self._busy)

    def _arrange(self) -> None:
        """The trays on one line when they fit, else on two; the actions as high as a button, when there is none too."""
        self._strut.changeSize(0, self._all.sizeHint().height())
        self._row.invalidate()
        together = sum(made.sizeHint().width() for made in self._chips.values())
        room = self._pages.width() - self._grid.spacing() * (len(BAKKEN) - 1)
        columns = len(BAKKEN) if together <= room else _PER_ROW
        if columns == self._columns:
            return
        self._columns = columns
        for number, made in enumerate(self._chips.values()):
            self._grid.addWidget(made, number // columns, number % columns)
        for column in range(len(BAKKEN) + 1):
            self._grid.setColumnStretch(column, int(column == columns))

    @Slot(QModelIndex, QModelIndex)
    def on_row(self, _: QModelIndex, __: QModelIndex) -> None:
        self.detail.show_row(self.table.current_zaak(), self._bak)

    @Slot()
    def on_selection(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        total = self._counts.get(self._bak, 0)
        shown = self.tr("de eerste {n} van {alle}").format(n=texts.count(GETOOND), alle=texts.count(total))
        chosen = self.tr("{n} gekozen").format(n=texts.count(count)) if count > 1 else ""
        self._chosen.setText(" · ".join(part for part in (chosen, shown if total > GETOOND else "") if part))

    @Slot(object, str)
    def on_opened(self, _: UUID, __: str) -> None:
        self.detail.open()

    # --- taking up and refusing ---------------------------------------------------------------------------

    def _take(self, ids: tuple[UUID, ...] | None) -> None:
        if self._busy or ids == ():
            return
        action = signalen.accept_all if ids is None else partial(signalen.accept, signalen=ids)

        def done(taken: tuple[signalen.Opgepakt, ...]) -> None:
            self._busy = False
            zaken = len({one.zaak for one in taken})
            self.said.emit(
                texts.plural(zaken, self.tr("{n} zaak gemaakt of aangevuld"), self.tr("{n} zaken gemaakt of aangevuld"))
            )

        self._busy = True
        self.session.act(self, action, done, self._failed)

    def _failed(self, error: VoordeurError) -> None:
        self._busy = False
        self.session.show_error(error)
        self.refresh()

    @Slot()
    def on_take_chosen(self) -> None:
        self._take(self.table.selected_zaken())

    @Slot()
    def on_take_all(self) -> None:
        self._take(None)

    @Slot()
    def on_refuse(self) -> None:
        from desktop.ui.dialogs.weigeren import RefuseDialog

        if chosen := self.table.selected_zaken():
            dialog = RefuseDialog(self.session, chosen, self)
            dialog.said.connect(self.said)
            dialog.open()

    @Slot(object)
    def on_paper(self, report: ImportReport) -> None:
        """Show the report of an import as it will be on paper."""
        from desktop.ui.dialogs.verslag import ReportDialog

        dialog = ReportDialog(self.session, report, self)
        dialog.said.connect(self.said)
        dialog.open()

    @Slot()
    def on_fill(self) -> None:
        if self._busy:
            return

        def done(count: int) -> None:
            self._busy = False
            self.said.emit(
                texts.plural(
                    count, self.tr("{n} signaal staat nu bij Nieuw"), self.tr("{n} signalen staan nu bij Nieuw")
                )
                if count
                else self.tr("Deze maand is er geen plek meer binnen het vaste aantal")
            )

        self._busy = True
        self.session.act(self, quotum.fill, done, self._failed)

    # --- mending and choosing -----------------------------------------------------------------------------

    def turn_to(self, part: str) -> None:
        if part == PAREN and not self.importing.busy:
            self.on_pairs()

    @Slot()
    def on_pairs(self) -> None:
        """Ask about the residents who may be one person."""
        from desktop.ui.forms.samenvoegen import SamePersonPanel

        self._turn_to(SamePersonPanel(self.session))

    @Slot(object)
    def on_mend(self, found: Detail) -> None:
        from desktop.ui.forms.herstellen import MendPanel

        panel = MendPanel(self.session)
        panel.show_detail(found)
        self._turn_to(panel)

    @Slot(object)
    def on_choice(self, found: Detail) -> None:
        from desktop.ui.forms.correctie import CorrectionPanel

        panel = CorrectionPanel(self.session)
        panel.show_detail(found)
        self._turn_to(panel)

    def _turn_to(self, panel: Any) -> None:  # noqa: ANN401  # a panel, which loads when needed
        self._drop_other()
        self._other = panel
        panel.left.connect(self.on_left)
        panel.said.connect(self.said)
        self._pages.addWidget(panel)
        self._pages.setCurrentWidget(panel)
        panel.take_focus()

    def _drop_other(self) -> None:
        from desktop.ui.forms.herstellen import MendPanel

        panel, self._other = self._other, None
        if isinstance(panel, MendPanel):
            panel.keep()
        if panel is not None:
            self._pages.removeWidget(panel)
            panel.deleteLater()

    @Slot()
    def on_left(self) -> None:
        self._pages.setCurrentWidget(self._trays)
        self._drop_other()
        self.refresh()
        if self.isVisible():
            self.take_focus()

    # --- reading in ---------------------------------------------------------------------------------------

    @Slot()
    def on_choose_file(self) -> None:
        if not self._may_read():
            return
        chooser = file_chooser(self, self.tr("Welk bestand wil je inlezen?"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([self.tr("Signaalbestanden (*.json *.csv *.txt *.xlsx)"), self.tr("Alle bestanden (*)")])
        chooser.fileSelected.connect(self.on_file)
        chooser.open()

    def _may_read(self) -> bool:
        """One file at a time, and no file before somebody put the recovery sheet away."""
        if self.importing.busy:
            self._pages.setCurrentWidget(self.importing)
            self.importing.take_focus()
            return False
        try:
            require_recovery_sheet(self.session.instellingen)
        except KnownError as error:
            self.session.show_error(error)
            return False
        return True

    @Slot(str)
    def on_file(self, path: str) -> None:
        self.read_in(Path(path))

    def read_in(self, path: Path) -> None:
        """Begin with a file; its page comes in the place of the trays."""
        if self._may_read():
            self._pages.setCurrentWidget(self.importing)
            self.importing.take(path)
            self.importing.take_focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, partial(self.read_in, path))

    # --- as any screen ------------------------------------------------------------------------------------

    def drafts(self) -> tuple[tuple[str, str], ...]:
        from desktop.ui.forms.herstellen import MendPanel

        mending = self._other.drafts() if isinstance(self._other, MendPanel) else ()
        return (*self.importing.drafts(), *mending)

    def back(self) -> bool:
        page = self._pages.currentWidget()
        if page is self.importing:
            return self.importing.back()
        if page is self._other:
            self.on_left()
            return True
        return False

    def take_focus(self) -> None:
        """The list, or the screen when it is empty."""
        page = self._pages.currentWidget()
        if page is self.importing:
            self.importing.take_focus()
        elif page is self._trays:
            (self._empty if self.table.isHidden() else self.table).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one file that is dragged here, or None."""
    urls = event.mimeData().urls()
    local = urls[0].toLocalFile() if len(urls) == 1 else ""
    return Path(local) if local else None
