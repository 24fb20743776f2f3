"""Dialogs; opened with `open()`, never in a loop of their own."""
