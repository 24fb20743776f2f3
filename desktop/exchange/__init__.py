"""Outcomes leave: the outbox and the files that carry it."""
