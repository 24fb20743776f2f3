"""Reading JSON strictly: any bytes become rows or a code, and nesting is measured without recursion."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import KnownError
from desktop.intake import json_reader
from tests.factories import document, rij, signaalbestand

LEAVES = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, width=32) | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)
CODES = {
    "",
    "CODERING", "TE_DIEP", "TE_VEEL_RIJEN", "ONBEKEND_FORMAAT", "KOLOM_DUBBEL", "KOLOM_ONTBREEKT", "ANDERE_GEMEENTE",
}  # fmt: skip


def code_of(content: bytes) -> str:
    """The code with which a file is refused, or nothing when it is read."""
    try:
        json_reader.read(content, "0014")
    except KnownError as error:
        return error.code
    return ""


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


@given(JSON, st.booleans())
def test_nesting_is_measured_as_a_parser_would(value: object, ensure_ascii: bool) -> None:
    content = json.dumps([value] * 2, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")
    try:
        json_reader._check_depth(json_reader._structure(content).replace(b":", b""))
        deep = False
    except KnownError:
        deep = True
    assert deep is (depth(value) + 1 > json_reader._MAX_DEPTH)


@given(JSON)
def test_keys_are_counted_as_a_parser_would(value: object) -> None:
    content = json.dumps([value, "a:b\\", {'":': ':"{'}]).encode()
    assert json_reader._structure(content).count(b":") == json_reader._pairs(json.loads(content))


@given(value=JSON)
def test_whatever_stands_where_is_read_or_refused_with_a_code(value: object) -> None:
    row = rij(1)
    for file in (
        value,
        document([row]) | {"levering": value},
        document([row]) | {"signalen": value},
        document([row]) | {"intrekkingen": value},
        document([row]) | {"extra": value},
        document([]) | {"signalen": [value]},
        document([]) | {"signalen": [{"id": "x", "inwoner": value}]},
    ):
        assert code_of(json.dumps(file).encode()) in CODES


@given(st.binary(max_size=200), st.integers(0, 400))
def test_damage_anywhere_is_refused_or_read(damage: bytes, place: int) -> None:
    content = signaalbestand(1)
    assert code_of(content[:place] + damage + content[place:]) in CODES


def test_a_mark_at_the_start_is_no_harm() -> None:
    assert len(json_reader.read(b"\xef\xbb\xbf" + signaalbestand(2), "0014").rijen) == 2


@pytest.mark.parametrize(
    ("text", "hour"), [("2024-05-02T08:00:00+02:00", 8), ("2024-05-02T08:00:00", 8), ("2024-05-02T08:00:00Z", 8)]
)
def test_when_a_file_was_made_is_an_instant(text: str, hour: int) -> None:
    made = json_reader.read(signaalbestand(1, aangemaakt=text), "0014").levering.aangemaakt
    assert made is not None
    assert made.tzinfo is not None
    assert made.hour == hour


@pytest.mark.parametrize("value", ["gisteren", None, 5, []])
def test_a_time_that_is_none_is_left_out(value: object) -> None:
    assert json_reader.read(signaalbestand(1, aangemaakt=value), "0014").levering.aangemaakt is None
