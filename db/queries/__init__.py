"""The read side: one module per screen or product, each returning frozen views."""
