"""The forms of a zaak: one per step, each sending one action."""
