"""The session in which `installer/dev.py test` runs the tests is what it promises."""

from __future__ import annotations

import os
import stat
import uuid
from pathlib import Path

import pytest
from keyring.core import load_keyring


@pytest.mark.usefixtures("private_keyring")
def test_the_keyring_is_a_real_secret_service_that_keeps_what_it_gets() -> None:
    service = load_keyring("keyring.backends.SecretService.Keyring")
    name = f"test-{uuid.uuid4()}"
    service.set_password(name, "kluis", "geheim")
    try:
        assert service.get_password(name, "kluis") == "geheim"
    finally:
        service.delete_password(name, "kluis")
    assert service.get_password(name, "kluis") is None


@pytest.mark.usefixtures("private_keyring")
def test_the_folders_for_settings_and_vaults_are_empty_ones_for_this_user_only() -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        folder = Path(os.environ[variable])
        assert not folder.is_relative_to(Path.home())
        assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU
