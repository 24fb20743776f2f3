"""The recovery key on paper: read back whatever way it is typed, and a slip is placed where it can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import KnownError
from db.keys.recovery_key import SECRET_LENGTH, format_recovery_key, parse_recovery_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(7, 7 + SECRET_LENGTH))
KEY = format_recovery_key(SECRET)
secrets = st.binary(min_size=SECRET_LENGTH, max_size=SECRET_LENGTH)


def group_blamed(text: str) -> object:
    with pytest.raises(KnownError, match=r"HERSTELSLEUTEL_(TYPEFOUT|ONLEESBAAR)") as error:
        parse_recovery_key(text)
    assert (error.value.code == "HERSTELSLEUTEL_TYPEFOUT") == ("groep" in error.value.facts)
    return error.value.facts.get("groep")


@given(secrets)
def test_key_reads_back(secret: bytes) -> None:
    key = format_recovery_key(secret)
    assert [len(group) for group in key.split("-")] == [4] * 9
    assert set(key) <= set(ALPHABET) | {"-"}
    assert parse_recovery_key(key) == secret


@given(secrets, st.sampled_from(["", " ", "  ", "-", "–", " - ", ".", "\n"]))
def test_case_separators_and_lookalikes_do_not_matter(secret: bytes, separator: str) -> None:
    key = format_recovery_key(secret).replace("0", "O").replace("1", "i").lower()
    assert parse_recovery_key(f" {key.replace('-', separator)} ") == secret


def test_fixed_key_stays_readable_for_later_versions() -> None:
    assert parse_recovery_key("0W40-J2GB-1G6G-W3RG-2491-650N-2RBH-G68T-9P4H") == SECRET


@given(secrets, st.integers(0, 35), st.sampled_from(ALPHABET))
def test_one_wrong_character_names_its_group_or_none(secret: bytes, place: int, wrong: str) -> None:
    joined = format_recovery_key(secret).replace("-", "")
    if joined[place] == wrong:
        return
    slipped = joined[:place] + wrong + joined[place + 1 :]
    assert group_blamed(slipped) in {place // 4 + 1, None}


@pytest.mark.parametrize("group", range(9))
def test_one_wrong_character_is_placed_in_each_group(group: int) -> None:
    groups = KEY.split("-")
    groups[group] = groups[group][:-1] + ("Z" if groups[group][-1] != "Z" else "Y")
    assert group_blamed("-".join(groups)) == group + 1


def test_two_neighbours_swapped_are_placed() -> None:
    groups = KEY.split("-")
    groups[4] = groups[4][0] + groups[4][2] + groups[4][1] + groups[4][3]
    assert group_blamed("-".join(groups)) == 5


@pytest.mark.parametrize(("group", "text"), [(1, "0W4U"), (3, "É234"), (9, "12")])
def test_impossible_character_or_length_names_the_group(group: int, text: str) -> None:
    groups = KEY.split("-")
    groups[group - 1] = text
    assert group_blamed("-".join(groups)) == group


@pytest.mark.parametrize("text", ["", "   ", KEY[:-1].replace("-", ""), KEY + "-0000", "x" * 100_000])
def test_key_of_another_length_blames_no_group(text: str) -> None:
    assert group_blamed(text) is None


def test_many_slips_blame_no_group() -> None:
    assert group_blamed("-".join(["ABCD"] * 9)) is None


@given(st.text(max_size=80))
def test_any_other_text_gives_an_error_without_the_text(text: str) -> None:
    assert group_blamed(text) in {None, *range(1, 10)}
