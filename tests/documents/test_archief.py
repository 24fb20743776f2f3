"""What every PDF is inside: PDF/A-2b, fonts embedded, and a structure that a screen reader can follow.

PDF/A is judged by the validator of pikepdf, which follows the rules of veraPDF. Nothing here judges PDF/UA as a whole:
the structure is checked for what the documents promise (language, title, headings, lists, tables, artifacts).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import msgspec
import pikepdf
import pytest
from pikepdf import pdfa

from db.model import gebeurtenis as g
from desktop.documents.inzage import as_pdf
from desktop.documents.making import make_combined
from tests.db.voorbeelden import VOORBEELDEN
from tests.documents import paper
from tests.documents.pages import composed
from tests.documents.test_stapel import opdracht

DOCUMENTS = (*paper.READY, "inzage", "stapel")


@pytest.fixture(scope="module", params=DOCUMENTS)
def soort(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def document(soort: str) -> bytes:
    if soort == "inzage":
        return as_pdf(composed(VOORBEELDEN), paper.AFZENDER)
    if soort == "stapel":
        made = make_combined([opdracht(1, "eerste-brief"), opdracht(2), opdracht(3, "kaartje")])
        assert made is not None
        return made.pdf
    return paper.letter(soort)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def kids_of(node: pikepdf.Object) -> list[Any]:
    kids: Any = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def nodes(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every node below a node of the structure tree, in reading order."""
    for kid in kids_of(node):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from nodes(kid)


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
    report = pdfa.validate_written(io.BytesIO(document), "2b")
    assert report.findings == []
    assert report.passed


def test_a_logo_with_transparency_is_archivable_too() -> None:
    sender = msgspec.structs.replace(paper.AFZENDER, logo=paper.LOGO)
    report = pdfa.validate_written(io.BytesIO(paper.letter("eerste-brief", afzender=sender)), "2b")
    assert report.findings == []


def test_it_has_a_language_and_shows_its_title(document: bytes) -> None:
    with opened(document) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) in {"Brief", "Kaart", "Brieven", "Inzage"}


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
        order = [mark for node in nodes(pdf.Root.StructTreeRoot.K) for mark in own_marks(pdf, node)]
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
            node for node in nodes(found.Root.StructTreeRoot.K) if len({page for page, _ in own_marks(found, node)}) > 1
        ]
        assert [str(node.S) for node in spread] == ["/TD"]


def test_the_same_input_gives_the_same_bytes_and_another_another_identity() -> None:
    first, again, other = (paper.letter("toestemming", aan=aan) for aan in ("Humanitas", "Humanitas", "Een ander"))
    assert first == again
    assert paper.reader(first).trailer["/ID"] != paper.reader(other).trailer["/ID"]


def pairs(flat: Iterable[pikepdf.Object]) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    items = iter(flat)
    return zip(items, items, strict=True)


def own_marks(pdf: pikepdf.Pdf, node: pikepdf.Object) -> list[tuple[int, int]]:
    """What a node holds itself, as (page, number)."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found = list[tuple[int, int]]()
    for kid in kids_of(node):
        if isinstance(kid, int):
            found.append((pages[node.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            found.append((pages[kid.Pg.objgen], int(kid.MCID)))
    return found
