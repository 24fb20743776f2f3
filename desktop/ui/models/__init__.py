"""Models between the frozen views of the vault and what Qt shows."""
