"""Paper onto a printer: which there are, and a PDF page by page without a file of our own in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from db.errors import KnownError
from desktop.platform import cups

_DPI = 300
_POINTS = 72


def printers() -> tuple[str, ...]:
    """The names of the printers that the system knows and we can reach, its own choice first."""
    if cups.SERVES and not cups.can_print():
        return ()
    own = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != own, name.lower())))


def chosen_printer(name: str) -> QPrinter:
    """The printer with that name.

    Raises:
        KnownError: PRINTER_WEG when the system does not know it any more.
    """
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise KnownError("PRINTER_WEG")
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def send(
    pdf: bytes,
    name: str,
    *,
    two_sided: bool,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Print a PDF on the printer with that name, for any thread; False when it was cancelled, and nothing comes out.

    Raises:
        KnownError: PRINTER_WEG when the printer is gone, takes nothing or stops half-way.
    """
    if not cups.SERVES:
        return paint(pdf, chosen_printer(name), two_sided=two_sided, progress=progress, cancelled=cancelled)
    if cancelled():
        return False
    cups.hand_over(pdf, name, two_sided=two_sided)
    return True


def paint(
    pdf: bytes,
    printer: QPrinter,
    *,
    two_sided: bool,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Paint every page in its own size; as `send`, where the system has no better way.

    The name of the job, which others see in the queue, tells nothing about anybody.

    Raises:
        KnownError: PRINTER_WEG when the printer takes nothing or stops half-way.
    """
    document, source = QPdfDocument(), QBuffer()
    source.setData(QByteArray(pdf))
    source.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(source)
    printer.setDocName("Voordeur")
    printer.setResolution(_DPI)
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if two_sided else QPrinter.DuplexMode.DuplexNone)
    painter = QPainter()
    try:
        for number in range(document.pageCount()):
            progress(number, document.pageCount())
            if cancelled():
                printer.abort()
                return False
            printer.setPageLayout(_layout(document.pagePointSize(number)))
            ready = printer.newPage() if number else painter.begin(printer)
            if not ready or printer.printerState() is QPrinter.PrinterState.Error:
                raise KnownError("PRINTER_WEG")
            page = QRect(0, 0, printer.width(), printer.height())
            painter.drawImage(page, _image(document, number))
        progress(document.pageCount(), document.pageCount())
        if painter.isActive() and not painter.end():
            raise KnownError("PRINTER_WEG")
    finally:
        if painter.isActive():
            painter.end()
        document.close()
    return True


def _layout(points: QSizeF) -> QPageLayout:
    wide = points.width() > points.height()
    upright = points.transposed() if wide else points
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0))


def _image(document: QPdfDocument, number: int) -> QImage:
    points = document.pagePointSize(number)
    size = QSize(round(points.width() * _DPI / _POINTS), round(points.height() * _DPI / _POINTS))
    # What is not printed is transparent there, which some printers take for black.
    return document.render(number, size).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
