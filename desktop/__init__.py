"""The application: what the worker sees and does, standing on the vault."""
