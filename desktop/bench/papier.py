"""Paper: letters and an inzage, beside a bare canvas that draws the same words and beside another typesetter."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from db.model import gebeurtenis as g
from db.model.codes import Bak, Contactsoort, Dagdelen, Identiteitsbewijs
from db.model.ids import NAMESPACE, uuid5
from db.model.signaal import inwoner_id, zaak_id
from db.queries.dossier import Dossier
from db.queries.zaken import Stand
from db.vault import Vault
from desktop.bench.measuring import Meting, against, alternately, at_least, at_most, seconds
from desktop.bench.residents import signaal
from desktop.bench.vaults import Workshop
from desktop.documents.layout import Sheet
from desktop.documents.letters import Afzender
from desktop.documents.making import Opdracht, Wens, draw, make_combined, make_document
from desktop.documents.pdf import Element, Pdf, Span
from desktop.documents.text import BOLD, FONT, INK, fonts
from desktop.documents.verstrekken import inzage

_ROUNDS = 60
_BATCH = 1_000
_LETTER_LIMIT = 1.7
_BATCH_LIMIT = 2.0
_READY_LIMIT = 150
_INZAGE_LIMIT = 2.0
_SIGNALEN, _EVENTS = 60, 2_000

_TODAY = date(2024, 5, 7)
_NOW = datetime(2024, 5, 7, 12, tzinfo=UTC)
_SENDER = Afzender(
    gemeente="Groningen",
    medewerker="M. Meting",
    teamnummer="14 050",
    direct_nummer="050-5550142",
    werkdagen="maandag tot en met donderdag",
    adres="Postbus 123, 9700 AA Groningen",
)


class Words(NamedTuple):
    """Words that a letter draws: which font, how large, and where."""

    font: str
    size: float
    x: float
    y: float
    text: str


class Noted(Pdf):
    """A file that keeps what is written on each of its pages."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.written: list[list[Words]] = []

    def begin_page(self, width: float, height: float) -> None:
        """As for any file; and a new page of notes."""
        super().begin_page(width, height)
        self.written.append([])

    def write(self, spans: list[Span], size: float, *, color: Color = INK, within: Element | None = None) -> None:
        """As for any file; and noted."""
        super().write(spans, size, color=color, within=within)
        self.written[-1] += [Words(BOLD if bold else FONT, size, x, y, text) for x, y, text, bold in spans]


def measure_letter() -> Iterator[Meting]:
    """`brief`: a first letter with its reverse as a file of its own; and how soon the first of a session is ready."""
    letters = [_letter(number) for number in range(_ROUNDS)]
    pages = [_words_of(letter) for letter in letters]
    mine, other = iter(letters), iter(pages)
    ready = max(seconds(partial(make_document, letter)) for letter in letters[:10])
    ours, bare = alternately(
        _ROUNDS, lambda: seconds(lambda: make_document(next(mine))), lambda: seconds(lambda: _bare(next(other)))
    )
    yield against("brief", 1000 * ours, 1000 * bare, eenheid="ms", grens=_LETTER_LIMIT)
    yield at_most("brief klaar", 1000 * ready, eenheid="ms", grens=_READY_LIMIT)


def measure_batch(shop: Workshop) -> Iterator[Meting]:
    """`brieven`: a thousand letters as one file, beside as many bare files, and beside typst with one compiler."""
    letters = [_letter(number) for number in range(_BATCH)]
    pages = [_words_of(letter) for letter in letters]
    typeset = _typst(letters, shop.folder)
    ours, bare = alternately(
        2, lambda: seconds(lambda: make_combined(letters)), lambda: seconds(lambda: [_bare(page) for page in pages])
    )
    yield at_least("brieven los", bare / ours, eenheid="keer sneller dan losse kale bestanden", grens=_BATCH_LIMIT)
    if typeset is None:
        return
    again, other = alternately(1, lambda: seconds(lambda: make_combined(letters)), lambda: seconds(typeset))
    yield against("brieven typst", min(ours, again), other, eenheid="s", grens=1.0)


def measure_inzage(shop: Workshop) -> Iterator[Meting]:
    """`inzage`: of a resident with sixty signals and two thousand events, from asking until both files are written."""
    with shop.empty() as vault:
        zaak = _long_dossier(vault)

        def work() -> None:
            inzage(vault, zaak, Identiteitsbewijs.PASPOORT, shop.folder / "inzage", event_id=vault.new_id())

        yield at_most("inzage", min(seconds(work) for _ in range(3)), eenheid="s", grens=_INZAGE_LIMIT)


def _letter(number: int) -> Opdracht:
    inwoner = signaal(number).inwoner
    key = uuid5(NAMESPACE, f"brief {number}")
    about = Dossier(
        zaak=key,
        nummer=f"2024-A{number:04d}",
        inwoner=inwoner,
        inwoner_id=key,
        behandelaar=key,
        debtsoort="wmo-abonnementstarief",
        stand=Stand(geopend_op=_NOW, ontvangen_op=_NOW, contact_voor=_TODAY, telefoon=True, pogingen=2),
        signalen=(),
        eerdere=(),
        gebeurtenissen=(),
        logboek=(),
        berichten=(),
        alleen_lezen=False,
    )
    wens = Wens(zaak=key, soort="eerste-brief", event_id=key)
    return Opdracht(wens=wens, dossier=about, afzender=_SENDER, vandaag=_TODAY, proef=True)


def _words_of(letter: Opdracht) -> list[list[Words]]:
    noted = Noted("Brief")
    draw(Sheet(title="Brief", pdf=noted), letter)
    return noted.written


def _bare(pages: list[list[Words]]) -> bytes:
    """The same words at the same places with the same fonts, by a canvas that does nothing else."""
    for font in fonts().values():
        pdfmetrics.registerFont(font)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    for page in pages:
        for font_name, size, x, y, text in page:
            canvas.setFont(font_name, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _typst(letters: list[Opdracht], folder: Path) -> Callable[[], list[object]] | None:
    """Each letter's words on two pages by typst: one compiler, one text, the words as its input; tagged PDF/A-2b.

    None where typst is not installed: only who develops needs it.
    """
    if find_spec("typst") is None:
        return None
    import typst
    from font_source_sans_pro import font_directory

    source, folders = folder / "brief.typ", list[str]([font_directory])
    source.write_text(_TYPST, encoding="utf-8")
    compiler = typst.Compiler(source, root=folder, font_paths=folders, ignore_system_fonts=True)  # type: ignore[misc]  # its stubs ask for a type that nothing gives
    inputs = [{"pages": json.dumps(_paragraphs(letter))} for letter in letters]
    stamp = datetime(2000, 1, 1, tzinfo=UTC)
    return lambda: [
        compiler.compile(format="pdf", sys_inputs=given, pdf_standards="a-2b", timestamp=stamp) for given in inputs
    ]


_TYPST = """
#set document(title: "Brief", date: datetime(year: 2000, month: 1, day: 1))
#set page(paper: "a4", margin: (left: 25mm, right: 25mm, top: 20mm, bottom: 18mm))
#set text(font: "Source Sans Pro", size: 10pt, lang: "nl")
#for (number, page) in json(bytes(sys.inputs.pages)).enumerate() {
  if number > 0 { pagebreak() }
  for (kind, words) in page {
    if kind == "h" { heading(words) } else { par(words) }
  }
}
"""


def _paragraphs(letter: Opdracht) -> list[list[tuple[str, str]]]:
    """The words of a letter as (heading or paragraph, text), page by page; lines below each other are one paragraph."""
    return [
        [
            ("h" if font == BOLD else "p", " ".join(words.text for words in lines))
            for font, lines in groupby(page, key=lambda words: words.font)
        ]
        for page in _words_of(letter)
    ]


def _long_dossier(vault: Vault) -> UUID:
    """Sixty signals of one resident and a zaak; two thousand events in all."""
    now, first = vault.clock(), signaal(0)
    signals = [msgspec.structs.replace(first, id=signaal(number).id) for number in range(_SIGNALEN)]
    zaak = zaak_id(first.dossier)
    opened = g.ZaakGeopend(
        nummer="2024-A0001", signaal=first.dossier, inwoner=first.inwoner, debtsoort=first.soort, ontvangen_op=now,
        inwoner_id=inwoner_id(first.bron, first.klantnummer, first.inwoner.geboortedatum), contact_voor=_TODAY,
        behandelaar=vault.door,
    )  # fmt: skip
    called = g.ContactpogingGedaan(
        contactsoort=Contactsoort.TELEFOON, bereikt=False, dagdeel=Dagdelen.WEEK_AVOND,
        notitie="Niemand nam op. Later in de week op een ander moment nog eens proberen.",
    )  # fmt: skip
    seen = g.DossierIngezien(scherm="zaak")
    happened: list[tuple[UUID, g.AnyInhoud]] = [
        (
            found.dossier,
            g.SignaalOntvangen(
                signaal=found, levering=zaak, rij=number, artikel="2.4 lid 1a", maanden=6, minimum_maanden=5,
                drempel=found.bedrag, bak=Bak.NIEUW,
            ),
        )
        for number, found in enumerate(signals)
    ]  # fmt: skip
    happened.append((zaak, opened))
    happened += [(zaak, seen if number % 2 else called) for number in range(_EVENTS - len(happened))]
    entries = [g.Entry(id=vault.new_id(), dossier=dossier, op=now, inhoud=inhoud) for dossier, inhoud in happened]
    vault.journal.append(entries, door=vault.door)
    return zaak
