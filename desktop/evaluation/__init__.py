"""The half-year's figures, counted from what happened."""
