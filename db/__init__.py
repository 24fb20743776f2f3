"""The vault: what a dossier consists of, and its safe keeping."""
