"""Every stored kind keeps its bytes: what was written years ago is read as it was meant."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from db import journal
from db.model import gebeurtenis as g
from tests.db.voorbeelden import VOORBEELDEN

GOLDEN = Path(__file__).with_name("golden")
BY_KIND = {g.SOORTEN[type(voorbeeld)]: voorbeeld for voorbeeld in VOORBEELDEN}


def stored(soort: str) -> bytes:
    """The golden bytes of a kind, without the line end that a text file has."""
    return (GOLDEN / f"{soort.replace('/', '-')}.json").read_bytes().removesuffix(b"\n")


def test_every_kind_has_a_golden_file_and_every_golden_file_a_kind() -> None:
    files = {path.stem.replace("-", "/") for path in GOLDEN.glob("*.json")}
    assert files == set(g.SOORTEN.values()) == set(BY_KIND)


@pytest.mark.parametrize("soort", sorted(g.SOORTEN.values()))
def test_golden_bytes_decode_to_the_example(soort: str) -> None:
    assert g.decode(soort, stored(soort)) == BY_KIND[soort]


@pytest.mark.parametrize("soort", sorted(g.SOORTEN.values()))
def test_the_example_encodes_to_the_golden_bytes(soort: str) -> None:
    assert g.encode(BY_KIND[soort]) == stored(soort)


@pytest.mark.parametrize("soort", sorted(g.SOORTEN.values()))
def test_a_golden_file_holds_every_field_of_its_kind(soort: str) -> None:
    kind = type(BY_KIND[soort])
    assert set(json.loads(stored(soort))) == {"soort", *kind.__struct_encode_fields__}


def test_bytes_that_are_not_of_their_kind_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        g.decode("DossierIngezien/1", b'{"soort":"DossierIngezien/1","scherm":7}')


def test_a_kind_newer_than_the_program_is_not_read() -> None:
    assert g.decode("DossierIngezien/9", b"\xff not even JSON") is None


def test_a_header_hashes_as_it_always_did() -> None:
    # Pins the layout: another order or width of the fields would break every log there is.
    digest = journal.header_hash(
        bytes(32), b"e" * 16, b"a" * 16, 1, 2, b"d" * 16, "DossierIngezien/1", 3, 4, b"m" * 16, b"i" * 32
    )
    assert digest.hex() == "73b5031ddba7d3d812e171a8128b7bdbcb259b2f738138bc70fe851e4f42466e"
