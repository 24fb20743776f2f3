"""What differs per system: the keyring, idle detection, process hardening, per-user folders."""
