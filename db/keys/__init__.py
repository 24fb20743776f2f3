"""The vault's key: sealed once for the passphrase and once for the recovery key, in two equal files.

    PK   = Argon2id(NFC passphrase, salt)                      RFC 9106
    KEK  = HKDF-SHA256(PK || keyring secret, salt=vault id)    RFC 5869; for a slot without keyring PK alone
    KEK  = HKDF-SHA256(recovery key, salt=vault id)            160 random bits need no Argon2id
    slot = AES-256-GCM(KEK, vault key, AAD=header)             vault id, trial, slot id, kind, KDF, salt

`opening` holds what the vault calls, `slots` the files, `derivation` the cryptography, `attempts` the
waiting.
"""

from db.keys.attempts import OFFER_RECOVERY_AFTER, missed_attempts, wait_before_attempt
from db.keys.derivation import KEY_LENGTH, Kdf, wipe
from db.keys.opening import (
    Created,
    Header,
    change_passphrase,
    create,
    read_header,
    replace_recovery_key,
    unlock,
    unlock_with_recovery_key,
)
from db.keys.passphrase import check_passphrase
from db.keys.slots import COPIES, VAULT_ID_LENGTH

__all__ = [
    "COPIES",
    "KEY_LENGTH",
    "OFFER_RECOVERY_AFTER",
    "VAULT_ID_LENGTH",
    "Created",
    "Header",
    "Kdf",
    "change_passphrase",
    "check_passphrase",
    "create",
    "missed_attempts",
    "read_header",
    "replace_recovery_key",
    "unlock",
    "unlock_with_recovery_key",
    "wait_before_attempt",
    "wipe",
]
