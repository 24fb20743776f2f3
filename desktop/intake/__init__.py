"""A file becomes checked signals: readers, field parsers and the report of what was refused and why."""

from desktop.intake.importing import import_file
from desktop.intake.rapport import ImportReport, Regel

__all__ = ["ImportReport", "Regel", "import_file"]
