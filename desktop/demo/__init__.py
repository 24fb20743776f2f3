"""Invented residents and what becomes of them: a trial vault full of work, the same for the same seed."""
