"""Bad files made by rule, and files changed at random: what must never come in, for each of the readers.

A file is named by its reader, its rule and a number, so that whoever sees one fail can make it again. In every file
stands `MERK` where somebody's name would be.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tests.factories import csv_bestand, document, rij, signaalbestand
from tests.intake.werkmappen import packed, parts, sheet, table, xlsx

MERK = "Kwel7geest"
"""Stands for a name; no message and no log may repeat it."""

BSN = "111222333"

PROFIEL = f"""
bron = "Stichting {MERK}"
scheidingsteken = "|"
datum = "dd/mm/jjjj"
kopregel = 1

[kolommen]
id = "Meldingsnr. {MERK}"
soort = "Regeling"
bedrag = "Openstaand"
achternaam = "Naam"

[vast]
signaalpartner = "CAK Eigen bijdrage"
plaatsnaam = "{MERK}"

[waarden.soort]
"WMO {MERK}" = "wmo-abonnementstarief"

[bedrag]
decimaal = ","
duizendtal = "."
""".encode()

PLAN: dict[str, Any] = {
    "schulden": [{"schuldeiser": f"CAK {MERK}", "bedrag": 213.40, "regeling": "20 per maand"}],
    "inkomen_per_maand": 1400,
    "vaste_lasten_per_maand": 900.5,
    "afspraken": [{"wie": MERK, "wat": "Belt het CAK", "uiterlijk": "2026-06-01", "gedaan": False}],
    "evaluatiedatum": "2026-07-01",
    "toelichting": f"Met {MERK} besproken.",
}
LIJST = f"achternaam;voorletters;geboortedatum;postcode;huisnummer\r\n{MERK};J.;1950-02-01;9711NS;4\r\n".encode()


def _rows(**changes: object) -> list[dict[str, Any]]:
    """Three signals, of which the second has these values."""
    return [rij(1, achternaam=MERK), rij(2, achternaam=MERK) | changes, rij(3, achternaam=MERK)]


GOED: Mapping[str, tuple[bytes, ...]] = {
    "csv": (
        csv_bestand(rows=_rows()),
        csv_bestand(rows=_rows(), separator=","),
        csv_bestand(rows=_rows(), encoding="utf-16"),
    ),
    "json": (signaalbestand(rows=_rows()), signaalbestand(rows=_rows(), intrekkingen=[{"id": "CM-000009"}])),
    "xlsx": (xlsx(_rows()),),
    "profiel": (PROFIEL,),
    "plan": (json.dumps(PLAN).encode(),),
    "lijst": (LIJST, LIJST.replace(b";", b",")),
}
"""Per reader the files that are as they should be."""


class Bestand(NamedTuple):
    """A bad file; `rijen` is how many rows went into it, when it is to be read row by row."""

    naam: str
    inhoud: bytes
    rijen: int | None = None


def corpus(lezer: str) -> list[Bestand]:
    """The bad files for one reader, always the same."""
    found = [Bestand(f"{lezer}-{rule}-{number}", *made) for rule, number, *made in _made(lezer)]
    assert len({one.naam for one in found}) == len(found)
    return found


def _made(lezer: str) -> Iterator[tuple[Any, ...]]:
    for number, good in enumerate(GOED[lezer]):
        yield from (("afgebroken", f"{number}-{at}", good[:at]) for at in _places(good, 24))
        for name, wrong in _WRONG_BYTES.items():
            yield from ((name, f"{number}-{at}", good[:at] + wrong + good[at:]) for at in _places(good, 4))
        yield from (("omgekeerd", number, good[::-1]), ("dubbel", number, good + good))
        yield "merkteken", number, b"\xef\xbb\xbf" * 2 + good
        yield "verkeerd-merkteken", number, b"\xff\xfe" + good
        for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"):
            if lezer != "xlsx" and number == 0:
                yield encoding, number, good.decode().encode(encoding)
    yield from _RULES[lezer]()


def _places(content: bytes, count: int) -> list[int]:
    """So many places spread over a file, the begin among them."""
    return sorted({len(content) * step // count for step in range(count)})


_WRONG_BYTES = {
    "nul": b"\0",
    "geen-utf8": b"\xff",
    "aanhalingsteken": b'"',
    "regeleinde": b"\n",
    "accolade": b"{",
    "lang": b"9" * 400,
}

_VALUES: tuple[object, ...] = (
    "",
    " ",
    "\0",
    f"{MERK}\n{MERK}",
    f"{MERK} {BSN}",
    MERK * 60,
    f"\u202e{MERK}\u2066",
    "e" + "\u0301" * 400,
    "NaN",
    "-1",
    "1e999999999",
    "31-02-1950",
    "01/02/50",
    f'=HYPERLINK("http://{MERK}.example")',
    f"..\\..\\{MERK}",
    "9" * 200,
)
"""What somebody may have typed where something else belongs."""
_JSON_VALUES: tuple[object, ...] = (None, True, -1, 10**29, 1.5, [MERK], {"naam": MERK}, [[[]]])


def _wrong_values(make: Callable[[list[dict[str, Any]]], bytes], values: tuple[object, ...]) -> Iterator[Any]:
    """Per field a file of three rows of which the second has a wrong value there."""
    for field in rij():
        for number, value in enumerate(values):
            yield f"waarde-{field}", number, make(_rows(**{field: value})), 3


def _bad_csv() -> Iterator[Any]:
    yield from _wrong_values(lambda rows: csv_bestand(rows=rows), _VALUES)
    good = csv_bestand(rows=_rows())
    head, _, body = good.partition(b"\r\n")
    for at, name in enumerate(head.split(b";")):
        yield "kolom-weg", at, good.replace(name, b"x", 1)
        yield "kolom-dubbel", at, head + b";" + name + b"\r\n" + body
    yield "geen-kop", 0, body
    yield "kop-alleen", 0, head
    for number, separator in enumerate((b";;", b"\t", b"|", b" ", b"\0", b"\r")):
        yield "scheiding", number, good.replace(b";", separator)
    for number, end in enumerate((b"\r", b"\n\r", b"\x85", b"\x1e", "\u2028".encode())):
        yield "einde", number, good.replace(b"\r\n", end)
    yield "breed", 0, b";".join([head] * 40) + b"\r\n" + body
    yield "cellen", 0, head + b"\r\n" + body.replace(b"\r\n", b";" * 400 + MERK.encode() + b"\r\n"), 3
    yield "cel", 0, good.replace(MERK.encode(), MERK.encode() * 20_000, 1)
    yield "open", 0, good.replace(MERK.encode(), b'"' + MERK.encode(), 1)
    yield "gemengd", 0, good + "Yıldız".encode() + "Müller".encode("cp1252")


def _bad_json() -> Iterator[Any]:
    yield from _wrong_values(lambda rows: signaalbestand(rows=rows), (*_VALUES, *_JSON_VALUES))
    whole = document(_rows())
    for path in (("formaat",), ("levering",), ("signalen",), ("levering", "id"), ("levering", "gemeentecode"),
                 ("levering", "aangemaakt"), ("levering", "bron"), ("intrekkingen",)):  # fmt: skip
        for number, value in enumerate((*_JSON_VALUES, MERK, MERK * 40)):
            copy = json.loads(json.dumps(whole))
            place = copy if len(path) == 1 else copy[path[0]]
            place[path[-1]] = value
            yield "-".join(path), number, json.dumps(copy).encode()
    for number, item in enumerate((*_JSON_VALUES, MERK, {}, {"inwoner": MERK}, {"id": {}})):
        yield "signaal", number, json.dumps(whole | {"signalen": [item, *whole["signalen"]]}).encode(), 4
        yield "intrekking", number, json.dumps(whole | {"intrekkingen": [item]}).encode(), 3
    text = json.dumps(whole).encode()
    yield from (("diep", depth, b"[" * depth + text) for depth in (1, 16, 17, 1000, 100_000))
    yield from (("diep-binnen", d, text.replace(b'"B"', b"[" * d + b"]" * d)) for d in (1, 20, 5000))
    for number, word in enumerate((b"NaN", b"-Infinity", b"1" * 5000, b"0x10", b"01", b"1.", b"'x'", b"\\ud800")):
        yield "getal", number, text.replace(b'"' + MERK.encode() + b'"', word, 1)
    yield "sleutel-dubbel", 0, text.replace(b'"achternaam"', b'"achternaam": "x", "achternaam"', 1)
    yield "regels", 0, b"\n".join(json.dumps(one).encode() for one in whole["signalen"])
    yield "surrogaat", 0, text.replace(MERK.encode(), MERK.encode() + b"\\ud800", 1), 3


def _bad_xlsx() -> Iterator[Any]:
    yield from _wrong_values(xlsx, (MERK * 60, "31-02-1950", -1.5, 1e300, f"{MERK} {BSN}"))
    good = parts({"Blad1": sheet(table(_rows()))})
    for number, name in enumerate(good):
        yield "deel-weg", number, packed({key: text for key, text in good.items() if key != name})
        yield "deel-leeg", number, packed(good | {name: ""})
        yield "deel-half", number, packed(good | {name: good[name][: len(good[name]) // 2]})
        yield "deel-nul", number, packed(good | {name: "\0" * 200})
        for kind, doctype in enumerate(
            (
                "<!DOCTYPE x>",
                f'<!DOCTYPE x [<!ENTITY a "{MERK}"><!ENTITY b "&a;&a;&a;&a;">]>',
                '<!DOCTYPE x SYSTEM "file:///etc/hostname">',
                '<!DOCTYPE x [<!ENTITY % d SYSTEM "http://voorbeeld.example/x">%d;]>',
            )
        ):
            yield f"definities-{number}", kind, packed(good | {name: doctype + good[name]})
    for number, extra in enumerate(
        (f"../../{MERK}", f"/{MERK}", f"C:\\{MERK}", "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml",
         "xl/embeddings/x.zip", "xl/connections.xml", "xl/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml",
         "xl/worksheets/SHEET1.xml", f"xl/{MERK}.exe")
    ):  # fmt: skip
        yield "vreemd-deel", number, packed(good | {extra: MERK})
    page = good["xl/worksheets/sheet1.xml"]
    for number, (old, new) in enumerate(
        (
            ('r="A1"', 'r="XFD1048576"'), ('r="A1"', 'r="AAAA1"'), ('r="A1"', f'r="{MERK}"'), ('r="A1"', 'r="A0"'),
            ('row r="2"', 'row r="1048577"'), ('row r="2"', 'row r="-1"'), ('row r="2"', f'row r="{MERK}"'),
            ('row r="2"', 'row r="99999999999999999999"'), ('t="inlineStr"', 't="s"'), ('t="inlineStr"', 't="b"'),
            ('t="inlineStr"', 't="e"'), ('t="inlineStr"', 't="n"'), ('t="inlineStr"', f't="{MERK}"'),
            ("<is>", "<f>1+1</f><is>"), ("<is>", "<v>9999999</v><is>"), ("</row>", "</row></row>"),
            ("<sheetData>", "<sheetData>" + "<x>" * 50), ("worksheet", "chartsheet"), ("<t ", "<t y='&z;' "),
        )
    ):  # fmt: skip
        yield "cel", number, packed(good | {"xl/worksheets/sheet1.xml": page.replace(old, new)})
    yield "bom", 0, packed(good | {"docProps/app.xml": "0" * 5_000_000})
    yield "delen", 0, packed(good | {f"x/{n}": "" for n in range(600)})
    yield "leeg-archief", 0, packed({})
    yield "alleen-tekst", 0, packed({f"{MERK}.csv": csv_bestand(rows=_rows())})
    for number, method in enumerate((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)):
        yield "inpakken", number, packed(good, method)
    whole = packed(good)
    at = whole.rindex(b"PK\x05\x06")
    for number in range(4, 20):
        yield "eindblok", number, whole[: at + number] + b"\xff" + whole[at + number + 1 :]
    entry = whole.index(b"PK\x01\x02")
    for number in range(4, 46):
        yield "inhoudsopgave", number, whole[: entry + number] + b"\xff" + whole[entry + number + 1 :]


def _bad_profile() -> Iterator[Any]:
    text = PROFIEL.decode()
    for number, (old, new) in enumerate(
        (
            ("kopregel = 1", "kopregel = -1"), ("kopregel = 1", "kopregel = 9999"), ("kopregel = 1", "kopregel = 1.5"),
            ("kopregel = 1", "kopregel = 1979-02-30"), ("kopregel = 1", f"kopregel = '{MERK}'"),
            ("kopregel = 1", f"{MERK} = 1"), ("kopregel = 1", f'"{MERK} x" = 1'), ("kopregel = 1", "kopregel = inf"),
            ("kopregel = 1", "kopregel = " + "9" * 5000), ("kopregel = 1", "kopregel = 0x" + "f" * 5000),
            ('"|"', '"||"'), ('"|"', f'"{MERK}"'), ('"dd/mm/jjjj"', f'"{MERK}"'), ('"dd/mm/jjjj"', '"dd/mm"'),
            ('"dd/mm/jjjj"', '"dd/dd/jjjj"'), ('"dd/mm/jjjj"', '"(.*)*"'), ("[vast]", f"[{MERK}]"),
            ("[vast]", "[vast"), ("[vast]", "[[vast]]"), ("[vast]", "[kolommen]"), ('"Naam"', '""'), ('"Naam"', "7"),
            ('"Naam"', '"BSN"'), ('"Naam"', '"Regeling"'), ('"Naam"', f'"{MERK * 60}"'), ('"Naam"', '"\\ud800"'),
            ('"Naam"', '"\\u0000"'), ('"Naam"', '["a"]'), ('"Naam"', '"""'), ("achternaam", f'"{MERK}"'),
            ("achternaam", MERK), ("achternaam", "a.b.c"), ("achternaam", "plaatsnaam"), ('","', '"."'),
            ('","', f'"{MERK}"'), ("[bedrag]", f"[bedrag]\n{MERK} = 1"), ("[waarden.soort]", f"[waarden.{MERK}]"),
            ("[waarden.soort]", "[waarden]"), ('"wmo-abonnementstarief"', "[]"),
        )
    ):  # fmt: skip
        assert old in text
        yield "onderdeel", number, text.replace(old, new, 1).encode()
    yield from (("diep", depth, b"a = " + b"[" * depth + b"]" * depth) for depth in (10, 500, 9000))
    yield from (("diep-tabel", depth, b"a = " + b"{a=" * depth + b"1" + b"}" * depth) for depth in (10, 500, 4000))
    for number, part in enumerate((b"a", b'"b"', b"'c'", b"\ta ")):
        key = b".".join([part] * 4000)
        yield "diep-sleutel", number, key + b" = 1"
        yield "diep-kop", number, b"[" + key + b"]"
        yield "diep-binnen", number, b"a = {" + key + b" = 1}"
    yield "lang", 0, PROFIEL + b"#" * 30_000
    yield "woorden", 0, PROFIEL + b"[waarden.bedrag]\n" + b"".join(b"w%d = 'x'\n" % n for n in range(600))


def _bad_plan() -> Iterator[Any]:
    values: tuple[object, ...] = (*_JSON_VALUES, MERK, "2026-02-30", "-1", "1e9", BSN)
    for field in PLAN:
        yield from (("veld-" + field, n, json.dumps(PLAN | {field: value}).encode()) for n, value in enumerate(values))
    for part in ("schulden", "afspraken"):
        one = PLAN[part][0]
        for field in one:
            for number, value in enumerate(values):
                yield f"{part}-{field}", number, json.dumps(PLAN | {part: [one, one | {field: value}]}).encode()
            without = {name: value for name, value in one.items() if name != field}
            yield f"{part}-zonder-{field}", 0, json.dumps(PLAN | {part: [without]}).encode()
        yield f"{part}-meer", 0, json.dumps(PLAN | {part: [one | {MERK: MERK}]}).encode()
    yield "meer", 0, json.dumps(PLAN | {MERK: MERK}).encode()
    text = json.dumps(PLAN).encode()
    for number, word in enumerate((b"NaN", b"1e999999999", b"1e-999999999", b"-0", b"1" * 5000, b"0.001", b"0x1")):
        yield "getal", number, text.replace(b"213.4", word)
    yield from (("diep", depth, b"[" * depth + text) for depth in (1, 1000, 100_000))
    yield "groot", 0, text + b" " * 1_000_000


def _bad_list() -> Iterator[Any]:
    head, _, body = LIJST.partition(b"\r\n")
    for number, column in enumerate(head.split(b";")):
        yield "kolom-weg", number, LIJST.replace(column, b"x", 1)
        yield "kolom-dubbel", number, head + b";" + column + b"\r\n" + body
        for kind, value in enumerate(_VALUES):
            cells = body.rstrip(b"\r\n").split(b";")
            cells[number] = b'"' + str(value).replace('"', '""').encode() + b'"'
            yield f"waarde-{number}", kind, LIJST + b";".join(cells) + b"\r\n" + body, 3
    yield "cellen", 0, head + b"\r\n" + body.replace(b"\r\n", b";x;y\r\n"), 1
    yield "json", 0, signaalbestand(rows=_rows())
    yield "xlsx", 0, xlsx(_rows())
    yield "cel", 0, LIJST.replace(MERK.encode(), MERK.encode() * 20_000)


_RULES: Mapping[str, Callable[[], Iterator[Any]]] = {
    "csv": _bad_csv,
    "json": _bad_json,
    "xlsx": _bad_xlsx,
    "profiel": _bad_profile,
    "plan": _bad_plan,
    "lijst": _bad_list,
}

# ------------------------------------------------------------------------------------------- at random

_TOKENS = (
    b'"', b"'", b";", b",", b"\t", b"\r\n", b"\n", b"\r", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"{", b"}",
    b"[", b"]", b":", b"\\", b"\\ud800", b"\\u0000", b"NaN", b"null", b"true", b"-", b"1e999999999", b"9" * 40,
    b"0", b"A" * 300, b"=", b"<", b"&a;", b"<!DOCTYPE x>", b"<c>", b"<v>", b"</row>", b'r="XFD1048576"', b't="s"',
    b"2024-02-30", b"31-02-1950", b"PK\x03\x04", b"PK\x01\x02", "\u202e".encode(), "e\u0301".encode(), b"\x85",
    b"GM0599", b"achternaam", b"signalen", b"id", b"kolommen", b"[vast]", b'"""', b"#", MERK.encode(),
)  # fmt: skip
_LONGEST = 64 * 1024
_MOST_CHANGES = 5
_KEPT = 0.9
"""Part of the files from which something is taken that keep their end."""
_RAW = 0.2
"""Part of the spreadsheets that is changed as an archive, and not within a part of it."""


def changed(lezer: str, seed: int, number: int) -> bytes:
    """A good file of this reader with up to five changes at random; the same numbers give the same file."""
    chance = random.Random(f"{lezer} {seed} {number}")  # chance for a test, no secret
    good = chance.choice(GOED[lezer])
    if lezer != "xlsx" or chance.random() < _RAW:
        return _changed(good, chance)
    names = list(_SPREADSHEET)
    name = chance.choice((*names, *names[-2:], names[-2], names[-2]))  # the sheet more often than the rest
    return packed(_SPREADSHEET | {name: _changed(_SPREADSHEET[name], chance)}, zipfile.ZIP_STORED)


def _changed(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice((1, 1, 2, 8, 40, 400)))
        piece = content[at:end]
        match chance.randrange(7):
            case 0:
                content = (
                    content[:at] + bytes(byte ^ (1 << chance.randrange(8)) for byte in piece[:1]) + content[at + 1 :]
                )
            case 1:
                content = content[:at] + content[end:] if chance.random() < _KEPT else content[:at]
            case 2:
                content = content[:at] + piece * chance.choice((2, 3, 50)) + content[end:]
            case 3 | 4:
                content = content[:at] + chance.choice(_TOKENS) + content[at:]
            case 5:
                other = chance.randrange(len(content) + 1)
                content = content[:other] + piece + content[other:]
            case _:
                content = content[:at] + chance.choice((b"", *_TOKENS)) + content[end:]
        content = content[:_LONGEST]
    return content


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_SPREADSHEET = _unpacked(GOED["xlsx"][0])
