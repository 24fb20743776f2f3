"""The key slots: what opens them, what does not, and what happens to files that decayed or were changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import keys
from db.errors import KnownError, RegelOvertreding
from db.keys.derivation import KDF_FLOOR, choose_kdf

ROOT = Path(__file__).parents[2]
VAULT_ID = bytes(range(16))
PASSPHRASE = "paarse fiets onder de brug"
NEW_PASSPHRASE = "drie gele tulpen bij de sluis"
KEYRING_SECRET = bytes(range(100, 132))

Content = dict[str, Any]
Change = Callable[[Content], object]


class Made(NamedTuple):
    directory: Path
    dek: bytes
    recovery_key: str


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A vault's slots with keyring; Argon2id runs once for the whole module."""
    directory = tmp_path_factory.mktemp("kluis")
    created = keys.create(directory, VAULT_ID, PASSPHRASE, KEYRING_SECRET, trial=True)
    return Made(directory, bytes(created.dek), created.recovery_key)


@pytest.fixture
def made(pristine: Made, tmp_path: Path) -> Made:
    directory = tmp_path / "kluis"
    shutil.copytree(pristine.directory, directory)
    return pristine._replace(directory=directory)


def secret_for(vault_id: bytes) -> bytes | None:
    return KEYRING_SECRET if vault_id == VAULT_ID else None


def never_asked(_: bytes) -> NoReturn:
    pytest.fail("the keyring was asked: the files were believed")


def no_keyring(_: bytes) -> None:
    return None


def read(directory: Path, name: str = "sleutels.a") -> Content:
    content: Content = json.loads((directory / name).read_bytes().partition(b"\n")[0])
    return content


def forge(directory: Path, change: Change) -> None:
    """Change the content of both copies, with a fresh digest, as someone would who knows the format."""
    for name in keys.COPIES:
        content = read(directory, name)
        change(content)
        line = json.dumps(content, separators=(",", ":")).encode()
        digest = hashlib.blake2b(line, digest_size=32).hexdigest().encode()
        (directory / name).write_bytes(line + b"\n" + digest)


def flip(text: str) -> str:
    """Base64 with one bit of its middle changed."""
    middle = len(text) // 2
    return text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :]


# ------------------------------------------------------------------------------------------ what opens


def test_passphrase_with_keyring_secret_opens(made: Made) -> None:
    assert keys.unlock(made.directory, PASSPHRASE, secret_for) == made.dek


def test_recovery_key_opens_however_it_is_typed(made: Made) -> None:
    typed = made.recovery_key.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert keys.unlock_with_recovery_key(made.directory, f"  {typed}\n") == made.dek


def test_passphrase_opens_in_composed_and_decomposed_form(tmp_path: Path) -> None:
    created = keys.create(tmp_path, VAULT_ID, "één reünie in België", None, trial=True)
    decomposed = "e\u0301e\u0301n reu\u0308nie in Belgie\u0308"
    assert keys.unlock(tmp_path, decomposed, never_asked) == created.dek


def test_slot_without_keyring_never_asks_for_one(tmp_path: Path) -> None:
    created = keys.create(tmp_path, VAULT_ID, PASSPHRASE, None, trial=True)
    assert keys.read_header(tmp_path).needs_keyring is False
    assert keys.unlock(tmp_path, PASSPHRASE, never_asked) == created.dek


def test_every_vault_has_its_own_key_and_recovery_key(made: Made, tmp_path: Path) -> None:
    other = keys.create(tmp_path, VAULT_ID, PASSPHRASE, KEYRING_SECRET, trial=True)
    assert other.dek != made.dek
    assert other.recovery_key != made.recovery_key


def test_header_tells_what_a_locked_vault_may_tell(made: Made) -> None:
    header = keys.read_header(made.directory)
    assert header == keys.Header(vault_id=VAULT_ID, trial=True, needs_keyring=True, kdf=KDF_FLOOR)


def test_files_hold_neither_key_nor_secret(made: Made) -> None:
    written = b"".join(path.read_bytes() for path in made.directory.iterdir())
    assert made.dek.hex().encode() not in written
    assert made.recovery_key[:9].encode() not in written
    assert KEYRING_SECRET.hex().encode() not in written


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_files_are_readable_by_their_owner_only(made: Made) -> None:
    assert {path.stat().st_mode & 0o777 for path in made.directory.iterdir()} == {0o600}


def test_secrets_stay_out_of_the_repr(tmp_path: Path) -> None:
    created = keys.create(tmp_path, VAULT_ID, PASSPHRASE, None, trial=True)
    assert created.recovery_key not in repr(created)
    assert repr(created.dek) not in repr(created)


def test_wiping_overwrites_the_very_buffer() -> None:
    dek = bytearray(b"x" * 32)
    held_elsewhere = dek
    keys.wipe(dek)
    assert held_elsewhere == bytes(32)


# ------------------------------------------------------------------------------------- what does not open


def test_wrong_passphrase_gives_the_one_error_there_is(made: Made) -> None:
    with pytest.raises(KnownError, match="SLEUTEL_ONJUIST") as error:
        keys.unlock(made.directory, PASSPHRASE + "!", secret_for)
    assert error.value.facts == {"gemist": 1}


def test_missing_keyring_secret_is_told_and_not_counted(made: Made) -> None:
    with pytest.raises(KnownError, match="SLEUTELBOS_LEEG"):
        keys.unlock(made.directory, PASSPHRASE, no_keyring)
    assert keys.missed_attempts(made.directory) == 0


@pytest.mark.parametrize("secret", [b"k" * 32, b"", KEYRING_SECRET[:-1]], ids=["other", "empty", "short"])
def test_keyring_secret_of_another_vault_is_told_and_not_counted(made: Made, secret: bytes) -> None:
    with pytest.raises(KnownError, match="SLEUTELBOS_ANDERS"):
        keys.unlock(made.directory, PASSPHRASE, lambda _: secret)
    assert keys.missed_attempts(made.directory) == 0


def test_recovery_key_of_another_vault_changes_nothing(made: Made, tmp_path: Path) -> None:
    other_directory = tmp_path / "ander"
    other_directory.mkdir()
    other = keys.create(other_directory, VAULT_ID, PASSPHRASE, None, trial=True)
    before = {path.name: path.read_bytes() for path in made.directory.iterdir()}
    with pytest.raises(KnownError, match="HERSTELSLEUTEL_ONJUIST"):
        keys.unlock_with_recovery_key(made.directory, other.recovery_key)
    assert {path.name: path.read_bytes() for path in made.directory.iterdir()} == before


def test_second_vault_in_the_same_folder_is_refused(made: Made) -> None:
    with pytest.raises(KnownError, match="KLUIS_BESTAAT"):
        keys.create(made.directory, VAULT_ID, PASSPHRASE, None, trial=True)
    assert keys.unlock(made.directory, PASSPHRASE, secret_for) == made.dek


def test_weak_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(RegelOvertreding, match="WACHTZIN_TE_KORT"):
        keys.create(tmp_path, VAULT_ID, "te kort", None, trial=True)
    assert list(tmp_path.iterdir()) == []


def test_wrong_sizes_from_the_program_itself_are_bugs(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="vault id"):
        keys.create(tmp_path, VAULT_ID[1:], PASSPHRASE, None, trial=True)
    with pytest.raises(ValueError, match="keyring secret"):
        keys.create(tmp_path, VAULT_ID, PASSPHRASE, b"short", trial=True)


# ---------------------------------------------------------------------------------------------- waiting


def test_waiting_grows_after_the_third_miss_and_ends_at_thirty_seconds(made: Made) -> None:
    now = 1_000_000.0
    waits = []
    for _ in range(11):
        waits.append(keys.wait_before_attempt(made.directory, clock=lambda: now))
        # A real count without eleven derivations: the attempt fails on purpose after it was counted.
        _miss(made.directory, lambda: now)
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]
    assert keys.missed_attempts(made.directory) >= keys.OFFER_RECOVERY_AFTER


def test_waiting_counts_the_time_gone_and_is_safe_for_a_clock_set_back(made: Made) -> None:
    for _ in range(6):
        _miss(made.directory, lambda: 5_000.0)
    assert keys.wait_before_attempt(made.directory, clock=lambda: 5_003.0) == 5.0
    assert keys.wait_before_attempt(made.directory, clock=lambda: 5_100.0) == 0.0
    assert keys.wait_before_attempt(made.directory, clock=lambda: 10.0) == 8.0


def test_opening_forgets_the_misses(made: Made) -> None:
    for _ in range(4):
        _miss(made.directory, lambda: 5_000.0)
    keys.unlock(made.directory, PASSPHRASE, secret_for)
    assert keys.missed_attempts(made.directory) == 0


@pytest.mark.parametrize("content", [b"", b"{", b'{"missed":-4,"last":0}', b"[" * 200, b"0" * 5_000])
def test_damaged_count_of_misses_keeps_nobody_out(made: Made, content: bytes) -> None:
    (made.directory / "pogingen").write_bytes(content)
    assert keys.wait_before_attempt(made.directory) == 0.0
    assert keys.unlock(made.directory, PASSPHRASE, secret_for) == made.dek


def _miss(directory: Path, clock: Callable[[], float]) -> None:
    from db.keys.attempts import count_attempt

    count_attempt(directory, clock)


# --------------------------------------------------------------------------------------- change and replace


def test_new_passphrase_replaces_the_old_one_in_both_files(made: Made) -> None:
    keys.change_passphrase(made.directory, bytearray(made.dek), NEW_PASSPHRASE, KEYRING_SECRET)
    assert keys.unlock(made.directory, NEW_PASSPHRASE, secret_for) == made.dek
    with pytest.raises(KnownError, match="SLEUTEL_ONJUIST"):
        keys.unlock(made.directory, PASSPHRASE, secret_for)
    for name in keys.COPIES:
        assert [slot["kind"] for slot in read(made.directory, name)["slots"]] == ["recovery-key", "phrase+keyring"]
    assert keys.unlock_with_recovery_key(made.directory, made.recovery_key) == made.dek


def test_change_can_leave_the_keyring_behind(made: Made) -> None:
    keys.change_passphrase(made.directory, bytearray(made.dek), NEW_PASSPHRASE, None)
    assert keys.unlock(made.directory, NEW_PASSPHRASE, never_asked) == made.dek


def test_forgotten_passphrase_and_lost_keyring_are_mended_with_the_recovery_key(made: Made) -> None:
    dek = keys.unlock_with_recovery_key(made.directory, made.recovery_key)
    fresh = b"n" * 32
    keys.change_passphrase(made.directory, dek, NEW_PASSPHRASE, fresh)
    assert keys.unlock(made.directory, NEW_PASSPHRASE, lambda _: fresh) == made.dek


def test_new_recovery_key_replaces_the_old_one(made: Made) -> None:
    fresh = keys.replace_recovery_key(made.directory, bytearray(made.dek))
    assert keys.unlock_with_recovery_key(made.directory, fresh) == made.dek
    with pytest.raises(KnownError, match="HERSTELSLEUTEL_ONJUIST"):
        keys.unlock_with_recovery_key(made.directory, made.recovery_key)


def test_change_with_the_key_of_another_vault_is_refused(made: Made) -> None:
    before = (made.directory / "sleutels.a").read_bytes()
    with pytest.raises(KnownError, match="SLEUTELS_GEWIJZIGD"):
        keys.change_passphrase(made.directory, bytearray(32), NEW_PASSPHRASE, KEYRING_SECRET)
    assert (made.directory / "sleutels.a").read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
left = int(sys.argv[2])
def stop(event, arguments):
    global left
    if event == "os.rename" and str(arguments[0]).endswith(".tmp"):
        if left == 0:
            os._exit(9)
        left -= 1
sys.addaudithook(stop)
from db import keys
directory = Path(sys.argv[1])
dek = keys.unlock_with_recovery_key(directory, sys.argv[3])
keys.change_passphrase(directory, dek, sys.argv[4], bytes.fromhex(sys.argv[5]))
"""


@pytest.mark.slow
@pytest.mark.log_expected("WARNING")
@pytest.mark.parametrize("renames", range(5))
def test_killed_change_leaves_a_passphrase_that_opens_and_then_no_other(made: Made, renames: int) -> None:
    """Four renames make a change: both copies with two slots, both copies with the new one."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
            made.directory,
            str(renames),
            made.recovery_key,
            NEW_PASSPHRASE,
            KEYRING_SECRET.hex(),
        ],
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == (0 if renames == 4 else 9)
    opened = [phrase for phrase in (PASSPHRASE, NEW_PASSPHRASE) if _opens(made, phrase)]
    assert len(opened) == 1  # both may open before; the first that did has settled it
    assert opened == ([PASSPHRASE] if renames < 3 else [NEW_PASSPHRASE])
    assert (made.directory / "sleutels.a").read_bytes() == (made.directory / "sleutels.b").read_bytes()
    assert len(read(made.directory)["slots"]) == 2


def _opens(made: Made, passphrase: str) -> bool:
    try:
        return keys.unlock(made.directory, passphrase, secret_for) == made.dek
    except KnownError as error:
        if error.code == "SLEUTEL_ONJUIST":
            return False
        raise


# -------------------------------------------------------------------------------------------- two copies


@pytest.mark.log_expected("WARNING")
@pytest.mark.parametrize("name", keys.COPIES)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut off", "bit", "link", "folder"])
def test_damaged_copy_is_rewritten_from_the_other(made: Made, name: str, damage: str) -> None:
    path, good = made.directory / name, (made.directory / name).read_bytes()
    path.unlink()
    if damage == "empty":
        path.touch()
    elif damage == "cut off":
        path.write_bytes(good[: len(good) // 2])
    elif damage == "bit":
        path.write_bytes(good[:300] + bytes([good[300] ^ 4]) + good[301:])
    elif damage == "link":
        path.symlink_to("/dev/zero")
    elif damage == "folder":
        path.mkdir()
    assert keys.unlock_with_recovery_key(made.directory, made.recovery_key) == made.dek
    if damage != "folder":  # a folder in the way cannot be replaced; the vault opens all the same
        assert path.read_bytes() == good


@pytest.mark.log_expected("WARNING")
def test_highest_generation_wins_and_the_other_follows(made: Made) -> None:
    old = (made.directory / "sleutels.b").read_bytes()
    fresh = keys.replace_recovery_key(made.directory, bytearray(made.dek))
    (made.directory / "sleutels.a").write_bytes(old)  # as if the crash came after the other copy
    assert keys.unlock_with_recovery_key(made.directory, fresh) == made.dek
    assert (made.directory / "sleutels.a").read_bytes() == (made.directory / "sleutels.b").read_bytes()


def test_no_copies_is_not_the_same_as_two_damaged_ones(made: Made) -> None:
    for name in keys.COPIES:
        (made.directory / name).write_bytes(b"niets")
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.read_header(made.directory)
    for name in keys.COPIES:
        (made.directory / name).unlink()
    with pytest.raises(KnownError, match="SLEUTELS_ONTBREKEN"):
        keys.read_header(made.directory)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_pipe_in_place_of_a_file_does_not_hang(made: Made) -> None:
    for name in keys.COPIES:
        (made.directory / name).unlink()
        os.mkfifo(made.directory / name)
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.read_header(made.directory)


# ------------------------------------------------------------------------- bad input: refused before deriving


def _slot(content: Content) -> Content:
    slot: Content = content["slots"][0]
    return slot


IMPOSSIBLE: dict[str, Change] = {
    "memory 2^31 KiB": lambda c: _slot(c)["kdf"].update(memory=2**31),
    "memory above 1 GiB": lambda c: _slot(c)["kdf"].update(memory=1024 * 1024 + 1),
    "memory below the floor": lambda c: _slot(c)["kdf"].update(memory=64 * 1024 - 1),
    "memory 2^70": lambda c: _slot(c)["kdf"].update(memory=2**70),
    "memory negative": lambda c: _slot(c)["kdf"].update(memory=-1),
    "no passes": lambda c: _slot(c)["kdf"].update(passes=0),
    "eleven passes": lambda c: _slot(c)["kdf"].update(passes=11),
    "too few passes": lambda c: _slot(c)["kdf"].update(passes=2),
    "seventeen lanes": lambda c: _slot(c)["kdf"].update(lanes=17),
    "no lanes": lambda c: _slot(c)["kdf"].update(lanes=0),
    "no kdf": lambda c: _slot(c).update(kdf=None),
    "kdf at the recovery slot": lambda c: c["slots"][1].update(kdf=_slot(c)["kdf"]),
    "duplicate slot ids": lambda c: c["slots"][1].update(id=1),
    "slot id 0": lambda c: _slot(c).update(id=0),
    "no slots": lambda c: c.update(slots=[]),
    "only a recovery slot": lambda c: c["slots"].pop(0),
    "nine slots": lambda c: c.update(slots=[{**_slot(c), "id": number} for number in range(1, 10)]),
    "unknown kind": lambda c: _slot(c).update(kind="fingerprint"),
    "version 0": lambda c: c.update(version=0),
    "version as text": lambda c: c.update(version="1"),
    "unknown field": lambda c: c.update(comment="hello"),
    "short salt": lambda c: _slot(c).update(salt="AAAA"),
    "short nonce": lambda c: _slot(c).update(nonce="AAAA"),
    "short tag": lambda c: _slot(c).update(sealed=_slot(c)["sealed"][:-4]),
    "no keyring check": lambda c: _slot(c).update(keyring_check=""),
    "short vault id": lambda c: c.update(vault_id="AAAA"),
    "short mac": lambda c: c.update(mac="AAAA"),
    "generation 0": lambda c: c.update(generation=0),
    "not base64": lambda c: _slot(c).update(salt="*" * 24),
}


@pytest.mark.parametrize("change", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_impossible_slots_are_refused_before_any_derivation(made: Made, change: Change) -> None:
    """Security design, section 8 row 56; the keyring is asked before the first derivation, so it comes sooner."""
    forge(made.directory, change)
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.unlock(made.directory, PASSPHRASE, never_asked)
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.unlock_with_recovery_key(made.directory, made.recovery_key)
    assert keys.missed_attempts(made.directory) == 0


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed", "keyring_check"])
def test_decayed_slot_is_refused_before_any_derivation(made: Made, part: str) -> None:
    for name in keys.COPIES:
        text = (made.directory / name).read_text("ascii")
        value = _slot(read(made.directory, name))[part]
        (made.directory / name).write_text(text.replace(value, flip(value)), "ascii")
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.unlock(made.directory, PASSPHRASE, never_asked)


NESTED = b'{"version":' + b"[" * 15_000


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"null", b"[]", b'{"version":1}', NESTED, b"{" + b" " * 20_000, b"\xff\xfe"]
)
def test_anything_else_in_the_files_is_refused(made: Made, line: bytes) -> None:
    for name in keys.COPIES:
        digest = hashlib.blake2b(line, digest_size=32).hexdigest().encode()
        (made.directory / name).write_bytes(line + b"\n" + digest)
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.read_header(made.directory)


def test_another_spelling_of_the_same_content_is_refused(made: Made) -> None:
    """Double names, spaces and the like: only the bytes this program writes are accepted."""
    for name in keys.COPIES:
        line = (made.directory / name).read_bytes().partition(b"\n")[0].replace(b'"trial":', b'"trial":false,"trial":')
        digest = hashlib.blake2b(line, digest_size=32).hexdigest().encode()
        (made.directory / name).write_bytes(line + b"\n" + digest)
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.read_header(made.directory)


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_reading_fail_in_another_way(tmp_path: Path, content: bytes) -> None:
    for name in keys.COPIES:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(KnownError, match="SLEUTELS_BESCHADIGD"):
        keys.read_header(tmp_path)


@pytest.mark.parametrize("copies", [keys.COPIES, keys.COPIES[:1], keys.COPIES[1:]])
def test_slots_of_a_newer_program_are_left_alone(made: Made, copies: tuple[str, ...]) -> None:
    line = b'{"version":2,"something":{"new":[1,2,3]}}'
    newer = line + b"\n" + hashlib.blake2b(line, digest_size=32).hexdigest().encode()
    for name in copies:
        (made.directory / name).write_bytes(newer)
    with pytest.raises(KnownError, match="SLEUTELS_NIEUWER"):
        keys.unlock(made.directory, PASSPHRASE, never_asked)
    assert all((made.directory / name).read_bytes() == newer for name in copies)


# ------------------------------------------------------------------- changed on purpose, with a fresh digest


FORGED: dict[str, Change] = {
    "swapped salt": lambda c: _slot(c).update(salt=c["slots"][1]["salt"]),
    "flipped tag": lambda c: _slot(c).update(sealed=flip(_slot(c)["sealed"])),
    "real vault made a trial vault": lambda c: c.update(trial=not c["trial"]),
    "weaker slot number": lambda c: _slot(c).update(id=7),
    "cheaper derivation": lambda c: _slot(c)["kdf"].update(passes=4),
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED.keys())
def test_forged_slot_does_not_open(made: Made, change: Change) -> None:
    forge(made.directory, change)
    with pytest.raises(KnownError, match="SLEUTEL_ONJUIST"):
        keys.unlock(made.directory, PASSPHRASE, secret_for)


FORGED_BESIDE: dict[str, Change] = {
    "recovery slot removed": lambda c: c["slots"].pop(1),
    "recovery slot spoiled": lambda c: c["slots"][1].update(sealed=flip(c["slots"][1]["sealed"])),
    "generation raised": lambda c: c.update(generation=9),
    "mac replaced": lambda c: c.update(mac=flip(c["mac"])),
}


@pytest.mark.parametrize("change", FORGED_BESIDE.values(), ids=FORGED_BESIDE.keys())
def test_change_beside_the_slot_that_opens_is_noticed(made: Made, change: Change) -> None:
    forge(made.directory, change)
    with pytest.raises(KnownError, match="SLEUTELS_GEWIJZIGD"):
        keys.unlock(made.directory, PASSPHRASE, secret_for)


# ------------------------------------------------------------------------------------ choosing the parameters


@pytest.mark.parametrize(
    ("seconds_per_64_mib", "mebibytes"),
    [(5.0, 64), (0.6, 64), (0.5, 128), (0.3, 128), (0.25, 256), (0.13, 256), (0.12, 512), (0.001, 512)],
)
def test_memory_is_the_most_that_stays_within_a_second(seconds_per_64_mib: float, mebibytes: int) -> None:
    chosen = choose_kdf(lambda kdf: seconds_per_64_mib * kdf.memory / (64 * 1024))
    assert (chosen.memory, chosen.passes, chosen.lanes) == (mebibytes * 1024, 3, 4)


def test_memory_that_the_machine_does_not_have_is_not_chosen() -> None:
    def seconds_for(kdf: keys.Kdf) -> float:
        if kdf.memory > 128 * 1024:
            raise KnownError("TE_WEINIG_GEHEUGEN", mib=kdf.memory // 1024)
        return 0.01

    assert choose_kdf(seconds_for).memory == 128 * 1024


POOR = """
import resource, sys; from pathlib import Path; from db import keys; from db.errors import KnownError
in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (in_use + 2**25, -1))
try:
    keys.unlock(Path(sys.argv[1]), sys.argv[2], lambda _: bytes.fromhex(sys.argv[3]))
except KnownError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits address space as Linux does")
def test_too_little_memory_is_told(made: Made) -> None:
    done = subprocess.run(
        [sys.executable, "-c", POOR, made.directory, PASSPHRASE, KEYRING_SECRET.hex()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("TE_WEINIG_GEHEUGEN (mib=64)\n", "")


@pytest.mark.slow
def test_real_vault_gets_measured_parameters_at_or_above_the_floor(tmp_path: Path) -> None:
    created = keys.create(tmp_path, VAULT_ID, PASSPHRASE, None, trial=False)
    header = keys.read_header(tmp_path)
    assert header.trial is False
    assert header.kdf.acceptable()
    assert keys.unlock(tmp_path, PASSPHRASE, never_asked) == created.dek
