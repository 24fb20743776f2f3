"""What may happen in a case and what comes next: pure decisions, then one append."""
