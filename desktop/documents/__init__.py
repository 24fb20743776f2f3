"""Letters, card and inzage: PDF out of text templates."""
