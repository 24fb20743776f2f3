"""The keyring against a real GNOME Keyring on a private bus: kept, locked, absent, empty, and not to be fooled."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db import keys
from db.errors import KnownError
from desktop.platform import keyring

if TYPE_CHECKING:
    from tests.system.conftest import Bus

ROOT = Path(__file__).parents[2]
VAULT, OTHER_VAULT = b"v" * 16, b"o" * 16
SECRET, OTHER_SECRET = bytes(range(32)), bytes(range(32, 64))
PASSPHRASE = "paarse fiets onder de brug"


@contextmanager
def collection() -> Iterator[Any]:
    """The default collection, by way of the library underneath."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as connection:
        yield secretstorage.get_default_collection(connection)


def put(service: str, vault_id: bytes, content: str) -> None:
    """Keep any text where an entry of ours would stand, as another program or a person could."""
    with collection() as entries:
        entries.create_item("test", {"service": service, "username": vault_id.hex()}, content.encode())


def lock_collection() -> None:
    with collection() as entries:
        entries.lock()


@pytest.fixture
def _keyring(bus: Bus) -> None:
    bus.start_keyring()


@pytest.mark.usefixtures("_keyring")
def test_secret_is_kept_per_vault() -> None:
    keyring.set_secret(VAULT, SECRET)
    keyring.set_secret(OTHER_VAULT, OTHER_SECRET)
    assert keyring.get_secret(VAULT) == SECRET
    assert keyring.get_secret(OTHER_VAULT) == OTHER_SECRET


@pytest.mark.usefixtures("_keyring")
def test_entry_names_neither_municipality_nor_person() -> None:
    keyring.set_secret(VAULT, SECRET)
    with collection() as entries:
        (entry,) = entries.search_items({"service": "voordeur"})
        assert entry.get_label() == f"Password for '{VAULT.hex()}' on 'voordeur'"
        assert entry.get_secret() == SECRET.hex().encode()


@pytest.mark.usefixtures("_keyring")
def test_new_secret_replaces_the_old_one() -> None:
    keyring.set_secret(VAULT, SECRET)
    keyring.set_secret(VAULT, OTHER_SECRET)
    assert keyring.get_secret(VAULT) == OTHER_SECRET
    with collection() as entries:
        assert len(list(entries.search_items({"service": "voordeur"}))) == 1


@pytest.mark.usefixtures("_keyring")
def test_deleting_forgets_one_vault_and_is_no_error_twice() -> None:
    keyring.set_secret(VAULT, SECRET)
    keyring.set_secret(OTHER_VAULT, OTHER_SECRET)
    keyring.delete_secret(VAULT)
    keyring.delete_secret(VAULT)
    assert keyring.get_secret(VAULT) is None
    assert keyring.get_secret(OTHER_VAULT) == OTHER_SECRET


@pytest.mark.usefixtures("_keyring")
def test_missing_entry_is_none_also_when_another_vault_has_one() -> None:
    assert keyring.get_secret(VAULT) is None
    keyring.set_secret(OTHER_VAULT, OTHER_SECRET)
    assert keyring.get_secret(VAULT) is None


@pytest.mark.usefixtures("_keyring")
@pytest.mark.parametrize("content", ["", "niets", "ab" * 31, "ab" * 33, "zz" * 32, "é" * 64])
def test_entry_that_is_no_secret_of_ours_is_told(content: str) -> None:
    put("voordeur", VAULT, content)
    with pytest.raises(KnownError, match="SLEUTELBOS_ANDERS"):
        keyring.get_secret(VAULT)


Action = Callable[[], object]
ACTIONS: dict[str, Action] = {
    "get": lambda: keyring.get_secret(VAULT),
    "set": lambda: keyring.set_secret(VAULT, OTHER_SECRET),
    "delete": lambda: keyring.delete_secret(VAULT),
    "passphrase": lambda: keyring.get_passphrase(VAULT),
}


@pytest.mark.usefixtures("_keyring")
@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS.keys())
def test_locked_keyring_is_told_and_left_as_it_is(action: Action) -> None:
    keyring.set_secret(VAULT, SECRET)
    lock_collection()
    with pytest.raises(KnownError, match="SLEUTELBOS_VERGRENDELD"):
        action()
    with collection() as entries:
        assert entries.is_locked()


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS.keys())
def test_keyring_in_which_nobody_makes_a_collection_counts_as_locked(bus: Bus, action: Action) -> None:
    """The system asks for a password for the new collection, and nobody gives one."""
    bus.start_keyring(with_collection=False)
    with pytest.raises(KnownError, match="SLEUTELBOS_VERGRENDELD"):
        action()


@pytest.mark.parametrize("action", ["get", "set", "delete"])
def test_bus_without_keyring_is_told(bus: Bus, action: str) -> None:
    with pytest.raises(KnownError, match="SLEUTELBOS_ONTBREEKT"):
        ACTIONS[action]()


def test_system_without_keyring_has_no_passphrase_for_scheduled_tasks(bus: Bus) -> None:
    assert keyring.get_passphrase(VAULT) is None


@pytest.mark.parametrize("address", [None, "", "unix:path=/nergens", "tcp:host=localhost", "autolaunch:", "=;:,"])
@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is of Linux")
def test_no_bus_at_all_is_told(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(KnownError, match="SLEUTELBOS_ONTBREEKT"):
        keyring.get_secret(VAULT)


@pytest.mark.usefixtures("_keyring")
@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "evil.Keyring"},
        {"KEYRING_PROPERTY_GET_PASSWORD": "x", "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/elsewhere"},
        {"KEYRING_PROPERTY_SCHEME": "KeePassXC", "KEYRING_PROPERTY_APPID": "x"},
    ],
    ids=["null", "fail", "module", "properties", "scheme"],
)
def test_environment_cannot_put_another_back_end_in_place(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    keyring.set_secret(VAULT, SECRET)
    assert keyring.get_secret(VAULT) == SECRET


@pytest.mark.usefixtures("_keyring")
def test_configuration_file_is_not_read_and_its_path_never_imported(bus: Bus, tmp_path: Path) -> None:
    """A keyringrc.cfg can name a folder to import from; the trap there would end the program."""
    (tmp_path / "trap.py").write_text("raise SystemExit(7)", "ascii")
    configuration = Path(bus.environment["XDG_CONFIG_HOME"]) / "python_keyring"
    configuration.mkdir()
    (configuration / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=trap.Keyring\nkeyring-path={tmp_path}\n", "ascii"
    )
    program = (
        "import sys; from desktop.platform import keyring; keyring.set_secret(b'v' * 16, bytes(32))\n"
        "assert keyring.get_secret(b'v' * 16) == bytes(32); sys.exit(str(" + repr(str(tmp_path)) + ") in sys.path)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.usefixtures("_keyring")
def test_passphrase_for_scheduled_tasks_is_only_read() -> None:
    assert keyring.get_passphrase(VAULT) is None
    put("voordeur-wachtwoord", VAULT, "één lange zin voor de taak")
    assert keyring.get_passphrase(VAULT) == "één lange zin voor de taak"
    assert not hasattr(keyring, "set_passphrase")


def test_secret_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        keyring.set_secret(VAULT, b"short")


# --------------------------------------------------------- together with the slots (security design, 3.6)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, keys.Created]:
    directory = tmp_path_factory.mktemp("kluis")
    return directory, keys.create(directory, VAULT, PASSPHRASE, SECRET, trial=True)


@pytest.fixture
def vault(pristine: tuple[Path, keys.Created], tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine[0], tmp_path / "kluis"))


@pytest.mark.usefixtures("_keyring")
def test_vault_opens_with_what_the_keyring_holds(vault: Path, pristine: tuple[Path, keys.Created]) -> None:
    keyring.set_secret(VAULT, SECRET)
    assert keys.unlock(vault, PASSPHRASE, keyring.get_secret) == pristine[1].dek


@pytest.mark.usefixtures("_keyring")
def test_lost_entry_is_mended_with_the_recovery_key(vault: Path, pristine: tuple[Path, keys.Created]) -> None:
    """What happens when IT resets the password of the account: the keyring is empty afterwards."""
    with pytest.raises(KnownError, match="SLEUTELBOS_LEEG"):
        keys.unlock(vault, PASSPHRASE, keyring.get_secret)
    dek = keys.unlock_with_recovery_key(vault, pristine[1].recovery_key)
    keyring.set_secret(VAULT, OTHER_SECRET)
    keys.change_passphrase(vault, dek, PASSPHRASE, OTHER_SECRET)
    assert keys.unlock(vault, PASSPHRASE, keyring.get_secret) == pristine[1].dek


@pytest.mark.usefixtures("_keyring")
def test_entry_with_another_secret_is_told_and_not_overwritten(vault: Path) -> None:
    keyring.set_secret(VAULT, OTHER_SECRET)
    with pytest.raises(KnownError, match="SLEUTELBOS_ANDERS"):
        keys.unlock(vault, PASSPHRASE, keyring.get_secret)
    assert keyring.get_secret(VAULT) == OTHER_SECRET


@pytest.mark.usefixtures("_keyring")
def test_locked_keyring_keeps_the_vault_shut_and_counts_no_attempt(vault: Path) -> None:
    keyring.set_secret(VAULT, SECRET)
    lock_collection()
    with pytest.raises(KnownError, match="SLEUTELBOS_VERGRENDELD"):
        keys.unlock(vault, PASSPHRASE, keyring.get_secret)
    assert keys.missed_attempts(vault) == 0
    assert {path.name for path in vault.iterdir()} == set(keys.COPIES)
