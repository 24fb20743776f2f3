"""The secret that the system keeps for this person: one entry per vault in the system's own keyring.

Never `keyring.get_password` and its like: those choose a back end by environment variables and by a
`keyringrc.cfg` that may name any module to load. Here each system has exactly one class, made directly, and
deaf to `KEYRING_PROPERTY_…` variables (keyring 25, `core.load_env` and `backend.set_properties_from_env`).
"""

from __future__ import annotations

import binascii
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Final

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError

from db.errors import KnownError

SERVICE: Final = "voordeur"
UNATTENDED_SERVICE: Final = "voordeur-wachtwoord"
SECRET_LENGTH: Final = 32  # bytes; kept as 64 hex digits, well within the 1280 characters of Windows


def get_secret(vault_id: bytes) -> bytes | None:
    """The 32-byte secret of a vault, or None when the keyring has no entry for it.

    May show the system's own window to open the keyring. Raises KnownError SLEUTELBOS_VERGRENDELD (the
    keyring stays locked), SLEUTELBOS_ONTBREEKT (no keyring on this system), SLEUTELBOS_ANDERS (an entry that
    is no secret of ours) or SLEUTELBOS_FOUT (it answers with an error).
    """
    with _backend() as backend:
        text = backend.get_password(SERVICE, vault_id.hex())
    if text is None:
        return None
    try:
        secret = binascii.unhexlify(text)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_LENGTH:
        raise KnownError("SLEUTELBOS_ANDERS")
    return secret


def set_secret(vault_id: bytes, secret: bytes) -> None:
    """Keep the 32-byte `secret` of a vault, replacing an older one, and read it back.

    Raises KnownError as `get_secret`, and SLEUTELBOS_FOUT when the keyring gives back something else.
    """
    if len(secret) != SECRET_LENGTH:
        raise ValueError("a keyring secret has 32 bytes")
    with _backend() as backend:
        backend.set_password(SERVICE, vault_id.hex(), secret.hex())
    if get_secret(vault_id) != secret:
        raise KnownError("SLEUTELBOS_FOUT")


def delete_secret(vault_id: bytes) -> None:
    """Forget the secret of a vault; no error when there was none. Raises KnownError as `get_secret`."""
    with _backend() as backend:
        if backend.get_password(SERVICE, vault_id.hex()) is not None:
            backend.delete_password(SERVICE, vault_id.hex())


def get_passphrase(vault_id: bytes) -> str | None:
    """The passphrase that the owner put in the keyring for scheduled tasks, or None. Never written here.

    Service `voordeur-wachtwoord`, user name the vault id in hex. A system without keyring has no such entry
    either, and that is None too; otherwise raises KnownError as `get_secret`.
    """
    try:
        with _backend() as backend:
            return backend.get_password(UNATTENDED_SERVICE, vault_id.hex())
    except KnownError as error:
        if error.code == "SLEUTELBOS_ONTBREEKT":
            return None
        raise


@contextmanager
def _backend() -> Iterator[KeyringBackend]:
    """This system's keyring; its errors come out as KnownError."""
    try:
        yield _keyring_class()()
    except (KeyringLocked, InitError) as error:
        # InitError: no collection could be made or opened, because the person dismissed the prompt.
        raise KnownError("SLEUTELBOS_VERGRENDELD") from error
    except NoKeyringError as error:
        raise KnownError("SLEUTELBOS_ONTBREEKT") from error
    except _other_errors() as error:
        raise KnownError("SLEUTELBOS_FOUT") from error


if sys.platform == "win32":

    @cache
    def _keyring_class() -> type[KeyringBackend]:
        from keyring.backends.Windows import WinVaultKeyring

        class CredentialManager(WinVaultKeyring):
            """The Credential Manager of Windows, on this machine only: its default may roam to others."""

            def set_properties_from_env(self) -> None:
                """Listen to no environment variable."""
                self.persist = "local machine"

        return CredentialManager

    def _other_errors() -> tuple[type[Exception], ...]:
        from win32ctypes.pywin32 import pywintypes

        return (KeyringError, UnicodeDecodeError, OSError, pywintypes.error)

elif sys.platform == "darwin":

    @cache
    def _keyring_class() -> type[KeyringBackend]:
        from keyring.backends import macOS

        class LoginKeychain(macOS.Keyring):
            """The login keychain of macOS, whatever KEYCHAIN_PATH says."""

            keychain = None

            def set_properties_from_env(self) -> None:
                """Listen to no environment variable."""

        return LoginKeychain

    def _other_errors() -> tuple[type[Exception], ...]:
        return (KeyringError, UnicodeDecodeError, OSError)

else:

    @cache
    def _keyring_class() -> type[KeyringBackend]:
        import secretstorage
        from keyring.backends import SecretService

        class DefaultCollection(SecretService.Keyring):
            """The default collection of the Secret Service: GNOME Keyring, KWallet or KeePassXC."""

            def set_properties_from_env(self) -> None:
                """Listen to no environment variable."""

            def get_preferred_collection(self) -> secretstorage.Collection:
                """The opened default collection; unlike its parent, it lets go of the bus when that fails."""
                with ExitStack() as on_failure:
                    try:
                        bus = secretstorage.dbus_init()
                        on_failure.callback(bus.close)
                        if not secretstorage.check_service_availability(bus):
                            raise NoKeyringError
                        collection = secretstorage.get_default_collection(bus)
                        # unlock() tells whether the person dismissed the prompt.
                        if collection.is_locked() and collection.unlock():
                            raise KeyringLocked
                    except (secretstorage.SecretServiceNotAvailableException, OSError, RuntimeError) as error:
                        raise NoKeyringError from error  # no bus, or nobody behind the name
                    except secretstorage.SecretStorageException as error:
                        raise InitError from error
                    on_failure.pop_all()
                return collection

        return DefaultCollection

    def _other_errors() -> tuple[type[Exception], ...]:
        import secretstorage
        from jeepney import DBusErrorResponse

        return (
            KeyringError,
            UnicodeDecodeError,
            OSError,
            secretstorage.SecretStorageException,
            DBusErrorResponse,
        )
