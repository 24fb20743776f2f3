"""What a screen reader says of each document: exactly what was meant, in that order, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from desktop.documents import templates
from desktop.documents.blocks import Block, Cells, Gap, Heading, Item, Prose, Row, SignLine, plain
from desktop.documents.briefsoorten import kind_of
from desktop.documents.inzage import _fields as inzage_fields
from desktop.documents.inzage import blocks
from desktop.documents.letters import _address, _fields, _inserts, vertegenwoordiger
from desktop.documents.making import make_combined, make_document
from desktop.documents.text import visible
from tests.db.voorbeelden import VOORBEELDEN
from tests.documents import paper
from tests.documents.pages import composed
from tests.documents.structure import Said, aloud, drawn_in, nodes, numbered, opened
from tests.documents.test_archief import DOCUMENTS, made
from tests.documents.test_letters import ACTING, INVULLING
from tests.documents.test_stapel import opdracht


def meant(found: Iterable[Block]) -> Iterator[Said]:
    """Nodes and texts that these blocks should have; the level of headings is compared by itself."""
    for block in found:
        match block:
            case Heading(text):
                yield "H", text
            case Prose():
                yield "P", plain(block)
            case Item():
                yield from (("Lbl", "•"), ("LBody", plain(block)))
            case Row(label, value):
                yield from (("TH", label), ("TD", value))
            case Cells(texts, _, kop):
                yield from (("TH" if kop else "TD", text) for text in texts)
            case SignLine(labels):
                yield from (("P", label) for label in labels)
            case Gap():
                pass


def level_less(said: Iterable[Said]) -> list[Said]:
    """With `H` for every heading, text as it can be printed, and without what has no text."""
    flat = ((kind[0] if kind[0] == "H" else kind, " ".join(visible(text, lines=True).split())) for kind, text in said)
    return [(kind, text) for kind, text in flat if text]


@pytest.mark.parametrize("soort", paper.READY)
@pytest.mark.parametrize("acting", [False, True])
def test_a_letter_is_read_aloud_as_it_was_meant(soort: str, *, acting: bool) -> None:
    about = paper.dossier(inhouden=(paper.PLAN, paper.CLOSED, *([ACTING] if acting else [])))
    card = soort == "kaartje"
    acts = None if card else vertegenwoordiger(about)
    template = templates.load(soort, variant="vertegenwoordiger" if acts else "")
    fields = _fields(about, paper.AFZENDER, INVULLING, acts, vandaag=paper.VANDAAG) | {
        "achterkant": "" if card else "ja"
    }
    body = list(meant(templates.fill(template, fields, _inserts(about, kind_of(soort)))))
    if card:
        ends = (fields["medewerker"], fields["telefoon"], f"Ik werk op {fields['werkdagen']}")
        expected = [*body, *(("P", line) for line in (*ends, f"{fields['vandaag']} · Uw kenmerk: {fields['zaak']}"))]
    else:
        reference = {
            "Datum": fields["vandaag"], "Uw kenmerk": fields["zaak"], "Uw contactpersoon": fields["medewerker"],
            "Telefoon": f"{fields['telefoon']} of {fields['teamnummer']}",
        }  # fmt: skip
        name = f"Gemeente {fields['gemeente']}"
        signed = ("Met vriendelijke groet,", fields["medewerker"], name) if template.greeting else ()
        privacy = templates.load("privacy")
        expected = [
            *(("P", line) for line in _address(about, acts)),
            *(cell for label, value in reference.items() for cell in (("TH", label), ("TD", value))),
            ("H", templates.subject(template, fields)),
            *body,
            *(("P", line) for line in signed),
            ("H", privacy.subject),
            *meant(templates.fill(privacy, fields)),
        ]
    assert level_less(aloud(paper.letter(soort, about))) == level_less(expected)


def test_an_inzage_is_read_aloud_as_it_was_meant() -> None:
    inzage = composed(VOORBEELDEN)
    fields = inzage_fields(
        paper.AFZENDER, zaak=inzage.zaak, nummer=inzage.nummer, identiteit=inzage.identiteit, opgemaakt=inzage.opgemaakt
    )
    expected = [("H", templates.load("inzage").subject), *meant(blocks(inzage, fields))]
    assert len(expected) > 400
    said = [(kind, re.sub(r": bladzijde \d+$", ": bladzijde …", text)) for kind, text in aloud(made("inzage"))]
    assert level_less(said) == level_less(expected)


def test_the_list_of_chapters_says_on_which_page_each_begins() -> None:
    pdf = made("inzage")
    listed = [text.split(": bladzijde ") for kind, text in aloud(pdf) if kind == "LBody" and ": bladzijde " in text]
    with opened(pdf) as found:
        pages = numbered(found)
        begins = [pages[node.Pg.objgen] + 1 for node in nodes(found.Root.StructTreeRoot.K) if node.S == "/H2"]
    chapters = [text for kind, text in aloud(pdf) if kind == "H2"]
    assert listed == [[chapter, str(page)] for chapter, page in zip(chapters, begins, strict=True)]
    assert len(set(begins)) == 3


FOR_THE_WORKER = {
    "lijst": """
        H1 Lijst bij de brieven van 7 mei 2024
        P Deze lijst is voor jou. Doe hem bij geen enkele brief, en vernietig hem als alles weg is.
        TH Nr. TH Zaak TH Inwoner TH Brief
        TD 1 TD 2024-A0001 TD Van der Nummer1x, A.B. TD Eerste brief
        TD 2 TD 2024-A0002 TD Van der Nummer2x, A.B. TD Afsluitbrief
        TD 3 TD 2024-A0003 TD Van der Nummer3x, A.B. TD Kaartje: wij waren bij u
        H2 Geen brief TH Zaak TH Waarom niet TD 2024-A0009 TD Geheim adres""",
    "verslag": """
        H1 Verslag van een ingelezen bestand P signalen.json, ingelezen op 7 mei 2024 om 14.05 uur.
        TH Opgenomen TD 140 TH Niet toegelaten TD 3
        H2 Rijen die iets vragen
        TH Rij 7 TD bedrag te laag TH Rij 7 TD bedrag te laag TH Rij 7 TD bedrag te laag""",
    "bezoekmap": """
        H1 Bezoeken op 7 mei 2024
        P Laat dit papier niet liggen. Schrijf op wat er gebeurde, leg het vast in Voordeur en versnipper het.
        H2 1 · Oosterstraat 9 TH Plaats TD 9711 NS Groningen TH Wie TD K. Łukaszewicz
        TH Wanneer TD middag, met T. Visser TH Let op TD niet alleen P Uitslag P Kaartje
        H2 2 · Korreweg 88-A TH Plaats TD 9714 AG Groningen TH Wie TD F. Yıldız
        TH Wanneer TD 15:30, aangekondigd P Uitslag P Kaartje
        H2 Terug en vernietigd P Op P Door""",
}


@pytest.mark.parametrize("soort", FOR_THE_WORKER)
def test_what_a_worker_gets_is_read_aloud_as_it_was_meant(soort: str) -> None:
    said = " ".join(f"{kind} {text}" for kind, text in aloud(made(soort)))
    assert said == " ".join(FOR_THE_WORKER[soort].split())


def test_a_pile_is_read_aloud_letter_by_letter() -> None:
    orders = [opdracht(1, "eerste-brief"), opdracht(3, "kaartje")]
    pile = make_combined(orders)
    assert pile is not None
    assert aloud(pile.pdf) == [said for order in orders for said in aloud(make_document(order).pdf)]


@pytest.mark.parametrize("soort", DOCUMENTS)
def test_another_program_takes_the_same_text_out_in_the_same_order(soort: str) -> None:
    pdf = made(soort)
    with opened(pdf) as found:
        drawn = list(drawn_in(found))
    for number, pieces in enumerate(drawn):
        assert "".join(paper.words(pdf, number).split()) == "".join("".join(text for _, text in pieces).split())
    marked = [text for pieces in drawn for mark, text in pieces if mark is not None]
    assert " ".join(" ".join(marked).split()) == " ".join(text for _, text in aloud(pdf))
