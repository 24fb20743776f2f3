"""A tagged PDF/A-2b and PDF/UA-1 file, page by page: text with its place in the structure, lines and one picture.

All measures in points from the bottom left corner of the page. The same calls give the same bytes. What reportlab
does not do by itself stands here: the structure tree (ISO 32000-1, 14.8), XMP and the output intent (ISO 19005-2),
and what says that the file is meant for screen readers (ISO 14289-1).
"""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc

from desktop.documents.logo import opened
from desktop.documents.text import BOLD, FONT, INK, fonts
from resources import read_bytes

# Nothing is ever fetched. An empty list of hosts would mean "any host" there, so it names one that cannot exist.
rl_config.trustedSchemes = []
rl_config.trustedHosts = ["nergens.invalid"]
# Streams as bytes: a quarter smaller, and quicker, than as text for mail of the previous century.
rl_config.useA85 = 0

_format = pdfdoc.PDFStream.format


def _with_line_end(stream: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
    # reportlab writes `endstream` right behind the last byte; ISO 19005-2, 6.1.7.1 wants a line end between them.
    return _format(stream, document).removesuffix(b"endstream\n") + b"\nendstream\n"


pdfdoc.PDFStream.format = _with_line_end  # type: ignore[assignment]  # fonts, pictures and profile all pass here

_MAKER = "Voordeur"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Gemeente</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>nl-NL</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{maker}</pdf:Producer><xmp:CreatorTool>Gemeente</xmp:CreatorTool>
<xmp:CreateDate>2000-01-01T00:00:00+00:00</xmp:CreateDate><xmp:ModifyDate>2000-01-01T00:00:00+00:00</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 with which the file complies</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


_INTENT = "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile {number} 0 R>>"


class Span(NamedTuple):
    """Text in one weight with its baseline at y."""

    x: float
    y: float
    text: str
    bold: bool = False


class Element(pdfdoc.PDFObject):
    """A node of the structure tree; its kids are nodes, or marked content as (page object, number on that page)."""

    def __init__(self, kind: str, parent: int, attributes: str) -> None:
        self.kind, self.parent, self.attributes = kind, parent, attributes
        self.number = 0
        self.kids: list[int | tuple[int, int]] = []

    def format(self, _: pdfdoc.PDFDocument) -> bytes:
        """The dictionary of the node."""
        kids = " ".join(
            f"{kid} 0 R" if isinstance(kid, int) else f"<</Type/MCR/Pg {kid[0]} 0 R/MCID {kid[1]}>>"
            for kid in self.kids
        )
        if len(self.kids) == 1 and isinstance(self.kids[0], tuple):
            page, mark = self.kids[0]
            inside = f"/Pg {page} 0 R/K {mark}"
        else:
            inside = f"/K[{kids}]"
        attributes = f"/A<<{self.attributes}>>" if self.attributes else ""
        return f"<</Type/StructElem/S/{self.kind}/P {self.parent} 0 R{attributes}{inside}>>".encode()


class _Raw(pdfdoc.PDFObject):
    """An object that is written as it stands."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, _: pdfdoc.PDFDocument) -> bytes:
        return self.content


class _Catalog(pdfdoc.PDFCatalog):
    """The root of the file, which also says what the colours mean."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012  # reportlab's own way
    OutputIntents: pdfdoc.PDFArray
    Pages: pdfdoc.PDFPages
    Lang: pdfdoc.PDFString
    Metadata: pdfdoc.PDFStream
    MarkInfo: pdfdoc.PDFObject
    StructTreeRoot: pdfdoc.PDFObject
    ViewerPreferences: pdfdoc.PDFObject


class Pdf:
    """A file under construction, with one page that is being written."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._document = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), lang="nl-NL")
        self._fonts = self._document.objectcounter  # the dictionary of fonts is its first object
        self._holder = self._register(self._document.Pages)  # type: ignore[attr-defined]  # the stubs leave it out
        self._root = _Raw(b"")
        self._root_number = self._register(self._root)
        self.top = self._node("Document", self._root_number, "")
        self._shown: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._parents: list[list[int]] = []
        self._code: list[str] = []
        self._images: set[str] = set()
        self._page: _Raw | None = None
        self._page_number = 0
        self._size = 0.0, 0.0

    @property
    def pages(self) -> int:
        """How many pages were begun."""
        return len(self._parents)

    def node(self, kind: str, parent: Element, attributes: str = "") -> Element:
        """A new node of the structure tree, below what is there: `Table`, `TR`, `P`."""
        made = self._node(kind, parent.number, attributes)
        parent.kids.append(made.number)
        return made

    def begin_page(self, width: float, height: float) -> None:
        """End the page that is being written, and begin one of that size."""
        self._end_page()
        self._page, self._size = _Raw(b""), (width, height)
        self._page_number = self._register(self._page, self._document.thisPageName())
        self._parents.append([])

    def write(self, spans: list[Span], size: float, *, color: Color = INK, within: Element | None = None) -> None:
        """Text, as content of a node; without one it is an artifact, which a screen reader passes over."""
        code = self._code
        if within is None:
            code.append("/Artifact BMC BT")
        else:
            marks = self._parents[-1]
            code.append(f"/{within.kind} <</MCID {len(marks)}>> BDC BT")
            within.kids.append((self._page_number, len(marks)))
            marks.append(within.number)
        code.append(f"{_rgb(color)} rg")
        current = ""
        for x, y, text, bold in spans:
            code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for font, shown in self._encoded(BOLD if bold else FONT, text):
                if font != current:
                    code.append(f"{font} {size:g} Tf")
                    current = font
                code.append(f"<{shown}> Tj")
        code.append("ET EMC")

    def rule(self, x: float, y: float, right: float, *, color: Color) -> None:
        """A thin horizontal line, as an artifact."""
        line = f"{x:.2f} {y:.2f} m {right:.2f} {y:.2f} l S"
        self._code.append(f"/Artifact BMC {_rgb(color)} RG 0.6 w {line} EMC")

    def block(self, x: float, y: float, width: float, height: float, *, color: Color) -> None:
        """A filled rectangle, as an artifact."""
        self._code.append(f"/Artifact BMC {_rgb(color)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f EMC")

    def image(self, content: bytes, x: float, y: float, width: float, height: float) -> bool:
        """A PNG or JPEG, as an artifact, as large as fits in the box and at the left of it; False when it is none."""
        picture = opened(content)
        if picture is None:
            return False
        name = pdfdoc.xObjectName(hashlib.sha256(content).hexdigest()[:16])
        known = self._document.idToObject.get(name)
        if known is None:
            known = pdfdoc.PDFImageXObject(name, picture, mask="auto")
            self._register(known, name)
        scale = min(width / known.width, height / known.height)  # type: ignore[attr-defined]  # an image has both
        wide, high = known.width * scale, known.height * scale  # type: ignore[attr-defined]  # the same
        self._images.add(name)
        place = f"{wide:.2f} 0 0 {high:.2f} {x:.2f} {y + height - high:.2f} cm"
        self._code.append(f"/Artifact BMC q {place} /{name} Do Q EMC")
        return True

    def finish(self) -> bytes:
        """The bytes of the file."""
        self._end_page()
        document, title = self._document, self._title
        catalog = _Catalog()
        catalog.Pages = document.Pages  # type: ignore[attr-defined]  # the stubs leave it out
        catalog.Lang = pdfdoc.PDFString("nl-NL")
        catalog.ViewerPreferences = _Raw(b"<</DisplayDocTitle true>>")
        catalog.MarkInfo = _Raw(b"<</Marked true>>")
        catalog.StructTreeRoot = self._root
        catalog.Metadata = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}),
            _XMP.format(title=escape(title), maker=_MAKER).encode(),
        )
        profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), _srgb(), [pdfdoc.PDFZCompress])
        number = self._register(profile)
        catalog.OutputIntents = pdfdoc.PDFArray([_INTENT.format(number=number)])
        document.Catalog = catalog  # type: ignore[attr-defined]  # the stubs leave it out
        info = document.info
        info.title = info.subject = title
        info.author = info.creator = "Gemeente"
        info.producer = _MAKER
        nums = " ".join(
            f"{page}[{' '.join(f'{number} 0 R' for number in marks)}]" for page, marks in enumerate(self._parents)
        )
        self._root.content = (
            f"<</Type/StructTreeRoot/K {self.top.number} 0 R/ParentTree<</Nums[{nums}]>>"
            f"/ParentTreeNextKey {len(self._parents)}>>"
        ).encode()
        return document.GetPDFData(None)

    def _end_page(self) -> None:
        page = self._page
        if page is None:
            return
        written = "\n".join(self._code).encode()
        self._document.updateSignature(written)
        packed = zlib.compress(written)
        stream = b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)
        content = self._register(_Raw(stream))
        pictures = " ".join(
            f"/{name} {self._document.idToObjectNumberAndVersion[name][0]} 0 R" for name in sorted(self._images)
        )
        resources = f"/Font {self._fonts} 0 R" + (f"/XObject<<{pictures}>>" if pictures else "")
        width, height = self._size
        page.content = (
            f"<</Type/Page/Parent {self._holder} 0 R/MediaBox[0 0 {width:.3f} {height:.3f}]"
            f"/Resources<<{resources}>>/Contents {content} 0 R/StructParents {len(self._parents) - 1}/Tabs/S>>"
        ).encode()
        self._document.addPage(page)
        self._code, self._images, self._page = [], set(), None

    def _register(self, thing: pdfdoc.PDFObject, name: str | None = None) -> int:
        """Give an object its number."""
        self._document.Reference(thing, name)  # type: ignore[no-untyped-call]  # the stubs say nothing about it
        return self._document.objectcounter

    def _node(self, kind: str, parent: int, attributes: str) -> Element:
        made = Element(kind, parent, attributes)
        made.number = self._register(made)
        return made

    def _encoded(self, font: str, text: str) -> list[tuple[str, str]]:
        """The text as (font resource, hexadecimal codes); lines that many letters share are encoded once."""
        known = self._shown.get((font, text))
        if known is None:
            face, document = fonts()[font], self._document
            known = [
                (face.getSubsetInternalName(subset, document), codes.hex())
                for subset, codes in face.splitString(text, document)
            ]
            self._shown[font, text] = known
        return known


@cache
def _rgb(color: Color) -> str:
    return f"{color.red:.3f} {color.green:.3f} {color.blue:.3f}"


@cache
def _srgb() -> bytes:
    return read_bytes("icc/srgb.icc")
