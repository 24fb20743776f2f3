"""Every kind of event, every field of it and every code has words; the inzage tells all of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum, IntFlag, StrEnum
from typing import Any
from uuid import UUID

import msgspec
import pytest

from db.model import codes
from db.model import gebeurtenis as g
from desktop.documents.blocks import Heading, plain
from desktop.documents.gebeurtenissen import ZONDER_PLAATS, beschrijf, beschrijf_inhoud
from desktop.documents.inzage import BETREFT_NIEMAND, HOOFDSTUKKEN, as_json, as_pdf, blocks
from desktop.documents.woorden import afloop, dagdelen, woord
from tests.db.voorbeelden import VOORBEELDEN
from tests.documents import paper
from tests.documents.pages import composed


def other(value: object) -> object:
    """Another value of the same kind; None when a value has parts, which vary by themselves."""
    match value:
        case bool():
            return not value
        case UUID():
            return UUID(int=value.int ^ 1)
        case datetime():
            return value + timedelta(days=400, minutes=3)
        case date():
            return value + timedelta(days=400)
        case IntFlag():
            return next(member for member in type(value) if member != value)
        case Enum():
            return next(member for member in type(value) if member is not value)
        case int():
            return value + 1
        case str():
            return f"{value} anders"
    return None


def variations(value: object, name: str) -> Iterator[tuple[str, Any]]:
    """Every way to change one leaf of a value: the name `Struct.field` of the leaf, and the changed whole."""
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            whole = f"{type(value).__name__}.{field.name}"
            for leaf, changed in variations(getattr(value, field.name), whole):
                yield leaf, msgspec.structs.replace(value, **{field.name: changed})
    elif isinstance(value, tuple):
        assert value, f"the example fills {name}"
        for leaf, changed in variations(value[0], name):
            yield leaf, (changed, *value[1:])
    elif isinstance(value, dict):
        key, first = next(iter(value.items()))
        for leaf, changed in variations(first, name):
            yield leaf, value | {key: changed}
    else:
        assert value is not None, f"the example fills {name}"
        yield name, other(value)


def told(inhoud: g.AnyInhoud) -> str:
    described = beschrijf_inhoud(inhoud)
    return "\n".join([described.titel, *(f"{label}: {value}" for label, value in described.velden)])


def test_there_is_an_example_of_every_kind() -> None:
    assert {type(example) for example in VOORBEELDEN} == set(g.SOORTEN)


@pytest.mark.parametrize("example", VOORBEELDEN, ids=lambda example: type(example).__name__)
def test_every_field_of_every_kind_is_told_or_named_with_a_reason(example: g.AnyInhoud) -> None:
    untold = [
        leaf
        for leaf, changed in variations(example, "")
        if told(changed) == told(example) and leaf not in ZONDER_PLAATS
    ]
    assert untold == []


def test_no_reason_is_kept_for_a_field_that_is_told_or_gone() -> None:
    leaves: dict[str, bool] = {}
    for example in VOORBEELDEN:
        for leaf, changed in variations(example, ""):
            leaves[leaf] = leaves.get(leaf, False) or told(changed) != told(example)
    superfluous = [leaf for leaf in ZONDER_PLAATS if leaves.get(leaf, True)]
    assert superfluous == []


@pytest.mark.parametrize("example", VOORBEELDEN, ids=lambda example: type(example).__name__)
def test_every_kind_stands_in_the_inzage_in_words_and_as_it_is_stored(example: g.AnyInhoud) -> None:
    inzage = composed([example])
    if type(example) in BETREFT_NIEMAND:
        assert type(example) not in HOOFDSTUKKEN
        return
    said = "\n".join(plain(block) for block in blocks(inzage, dict.fromkeys(FIELDS, "x")))
    printed = paper.words(as_pdf(inzage, paper.AFZENDER))
    for label, value in beschrijf_inhoud(example).velden:
        assert label in said or label == "Waar"
        for line in value.splitlines():
            assert line in said
            assert " ".join(line.split()) in printed
    stored = msgspec.json.decode(as_json(inzage))["dossiers"][0]["gebeurtenissen"][0]["inhoud"]
    whole = msgspec.to_builtins(example)
    assert {name for name in whole if name not in stored} <= {
        "soort",
        "behandelaar",
        "met",
        "door_wie",
        "ander",
        "persoon",
    }


FIELDS = ("gemeente", "nummer", "zaak", "vandaag", "identiteit", "teamnummer", "fg", "onleesbaar", "weggelaten")


def test_every_code_has_words() -> None:
    lists = [
        kind
        for kind in vars(codes).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum and kind is not codes.Handeling
    ]
    assert len(lists) > 15
    for kind in lists:
        words = [woord(member) for member in kind]
        assert all(words), kind
        assert len(set(words)) == len(words), kind
    assert all(afloop(result) for result in codes.Eindresultaat)
    assert len({dagdelen(cell) for cell in codes.Dagdelen}) == len(codes.Dagdelen)
    assert woord(None) == ""


@pytest.mark.parametrize("example", VOORBEELDEN, ids=lambda example: type(example).__name__)
def test_a_title_addresses_neither_resident_nor_worker(example: g.AnyInhoud) -> None:
    titles = [beschrijf_inhoud(changed).titel for _, changed in variations(example, "")]
    assert not {"u", "uw", "uzelf", "je", "jouw"} & set(" ".join(titles).lower().split())


def test_an_erased_event_and_one_of_a_newer_program_say_so() -> None:
    event = paper.event(VOORBEELDEN[0])
    assert beschrijf(msgspec.structs.replace(event, inhoud=None)).titel == "Gewist"
    assert beschrijf(msgspec.structs.replace(event, inhoud=None, soort="Iets/7")).titel == "Nog niet te lezen"


def test_the_words_need_no_pdf_library() -> None:
    modules = "desktop.documents.gebeurtenissen, desktop.documents.briefsoorten, desktop.documents.woorden"
    code = f"import sys, {modules}; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_chapters_stand_in_the_order_in_which_one_reads_them() -> None:
    inzage = composed(VOORBEELDEN)
    titles = [
        block.text
        for block in blocks(inzage, dict.fromkeys(FIELDS, "x"))
        if isinstance(block, Heading) and block.level == 1
    ]
    assert titles == [
        "Wat wij weten",
        "Van wie wij dat weten",
        "Waarom wij dat hebben",
        "Wat wij deden",
        "Wat wij aan het CAK zeiden",
        "Wie keek",
        "Hoe lang wij het bewaren",
        "Wat u kunt doen",
    ]
