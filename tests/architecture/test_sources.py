"""What no source may hold, and no linter of ours can see."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from itertools import chain, pairwise

from tests.architecture.house import (
    ALL_PYTHON,
    PRODUCT,
    ROOT,
    called,
    imported,
    module_name,
    place,
    python_files,
    tree,
)

NO_NAMES = {"manager", "helper", "helpers", "utils", "util", "misc", "common", "data", "info", "handler"}


def test_the_model_knows_only_the_standard_library_and_msgspec() -> None:
    strangers = [
        f"{place(path, node)} imports {name}"
        for path in python_files("db/model")
        for name, node in imported(path).items()
        if name.split(".")[0] not in {*sys.stdlib_module_names, "msgspec"} and not f"{name}.".startswith("db.model.")
    ]
    assert strangers == []


@cache
def constant_names(module: ast.Module) -> frozenset[str]:
    """Return NAMED_CONSTANTS, and what a comprehension draws from one of those."""
    names = {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and node.id.isupper()}
    loops = [node for node in ast.walk(module) if isinstance(node, ast.comprehension)]
    return frozenset(names) | {
        loop.target.id
        for loop in loops
        if isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name) and loop.iter.id in names
    }


def embeds_only(constants: frozenset[str], text: ast.JoinedStr) -> bool:
    """Return whether an f-string puts in nothing but these names and whole numbers (`:d`)."""
    return all(
        (isinstance(part.value, ast.Name) and part.value.id in constants)
        or (part.format_spec is not None and ast.unparse(part.format_spec) == "f'd'")
        for part in text.values
        if isinstance(part, ast.FormattedValue)
    )


def test_statements_take_values_as_bound_parameters_only() -> None:
    # PRAGMA key takes no parameter; so the vault, which alone knows the key, is the one exception.
    statement = re.compile(r"\s*(select|insert|update|delete|with|create|drop|alter|attach|pragma)\b", re.IGNORECASE)
    built = [
        place(path, text)
        for path in python_files(*PRODUCT)
        if module_name(path) != "db.vault"
        for text in ast.walk(tree(path))
        if isinstance(text, ast.JoinedStr)
        and isinstance(text.values[0], ast.Constant)
        and statement.match(str(text.values[0].value))
        and not embeds_only(constant_names(tree(path)), text)
    ]
    built += [
        place(path, call)
        for path in python_files(*PRODUCT)
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and called(call) in {"execute", "executemany", "executescript"}
        and call.args
        and (
            isinstance(call.args[0], ast.BinOp)
            or (isinstance(call.args[0], ast.Call) and called(call.args[0]) in {"format", "join", "replace"})
        )
    ]
    assert built == []


def test_no_statement_is_run_above_the_vault() -> None:
    # The bench is the one exception: it measures against the bare library.
    run = [
        place(path, call)
        for path in python_files("desktop", "resources")
        if not module_name(path).startswith("desktop.bench")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and called(call) in {"execute", "executemany", "executescript"}
    ]
    assert run == []


def test_only_the_vault_sets_what_guards_the_file() -> None:
    guarded = re.compile(
        r"pragma\s+(hex)?(re)?key|pragma\s+(temp_store|cipher_memory_security|cipher_plaintext)"
        r"|enable_load_extension|load_extension|setlimit",
        re.IGNORECASE,
    )
    elsewhere = [
        place(path)
        for path in chain(python_files(*PRODUCT), (ROOT / "db").rglob("*.sql"))
        if path.suffix == ".sql" or module_name(path) != "db.vault"
        if guarded.search(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


def test_the_window_uses_none_of_qts_calls_that_freeze_or_reenter_it() -> None:
    forbidden = {"processEvents", "resizeColumnsToContents", "resizeRowsToContents", "QSortFilterProxyModel"}
    forbidden |= {"QTableWidget", "QTreeWidget", "QListWidget", "terminate", "setHtml"}
    found = [
        f"{place(path, call)} {called(call)}"
        for path in python_files("desktop/ui")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and called(call) in forbidden
    ]
    assert found == []


SHOWS = {
    "label": (0,), "button": (0,), "tag": (0,), "captioned": (0,), "KeyButton": (0,), "QLabel": (0,), "QAction": (0,),
    "QPushButton": (0,), "QCheckBox": (0,), "QRadioButton": (0,), "setText": (0,), "setWindowTitle": (0,),
    "setToolTip": (0,), "setPlaceholderText": (0,), "setAccessibleName": (0,), "setAccessibleDescription": (0,),
    "addItem": (0,), "addTab": (0, 1), "addButton": (0,), "addAction": (0,), "say": (0,), "setNameFilter": (0,),
    "Cell": (0, 1), "plural": (1, 2), "send": (1,), "emit": (1,), "translate": (), "tr": (), "_tr": (),
}  # fmt: skip
"""Calls in the window that show a text, with the places of the arguments that hold it."""
KEYS = {"Ctrl K"}
WORD = re.compile(r"[^\W\d_]{3,}")
PHRASE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
DATES = re.compile(r"(ddd )?d MMMM? yyyy( HH:mm)?")
WORDS_ELSEWHERE = {"desktop/ui/models/tijdlijn.py", "desktop/ui/states.py"}
"""A table from the words of the inzage to those for the worker, and a made-up name."""


def untranslated(node: ast.AST) -> list[str]:
    """The words within an expression that no call translates."""
    if isinstance(node, ast.Call | ast.Compare | ast.Subscript):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and WORD.search(node.value) else []
    inner = [node.body, node.orelse] if isinstance(node, ast.IfExp) else list(ast.iter_child_nodes(node))
    return [text for child in inner for text in untranslated(child)]


def test_every_text_that_the_window_shows_can_be_translated() -> None:
    found = [
        f"{place(path, call)} {text}"
        for path in python_files("desktop/ui")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        for number in SHOWS.get(called(call), ())
        if number < len(call.args)
        for text in untranslated(call.args[number])
        if text not in KEYS
    ]
    assert found == []


def test_no_sentence_in_the_window_stands_outside_a_translated_text() -> None:
    found = []
    for path in python_files("desktop/ui"):
        known = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and (called(call) in {"tr", "_tr", "translate"} or "Error" in called(call)):
                known |= {id(part) for argument in call.args for part in ast.walk(argument)}
        found += [
            f"{place(path, node)} {node.value}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in known
            and PHRASE.search(node.value)
            and not DATES.fullmatch(node.value)
            and place(path) not in WORDS_ELSEWHERE
        ]
    assert found == []


def test_tests_use_real_parts_and_never_wait_a_fixed_time() -> None:
    found = [
        f"{place(path, node)} imports {name}"
        for path in python_files("tests")
        for name, node in imported(path).items()
        if name.split(".")[:2] in (["unittest", "mock"], ["mock"]) or name == "pytest_mock"
    ]
    found += [
        f"{place(path, call)} {ast.unparse(call.func)}"
        for path in python_files("tests")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait"}
    ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [place(path) for path in python_files(*ALL_PYTHON) if path.stem.strip("_") in NO_NAMES] == []


def test_identifiers_are_plain_ascii() -> None:
    found = [
        f"{place(path, node)} {name}"
        for path in python_files(*ALL_PYTHON)
        for node in ast.walk(tree(path))
        for name in (getattr(node, "name", None), getattr(node, "id", None), getattr(node, "arg", None))
        if isinstance(name, str) and not name.isascii()
    ]
    assert found == []


def test_every_exemption_from_a_check_names_the_rule_and_the_reason() -> None:
    # The reason stands behind the rule, or in a comment on the line above.
    exemption = re.compile(r"#\s*(noqa|type: ignore|pragma: no (cover|branch))(?P<rest>.*)")
    rule = re.compile(r"(: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*|\[[a-z, -]+\]|)(?P<reason>.*)")
    found = []
    for path in python_files(*ALL_PYTHON):
        lines = ["", *path.read_text(encoding="utf-8").splitlines()]
        for number, (above, line) in enumerate(pairwise(lines), start=1):
            match = exemption.search(line)
            if match is None or path.name == "test_sources.py":
                continue
            parts = rule.fullmatch(match["rest"])
            named = parts is not None and (parts[1] or match[1].startswith("pragma"))
            explained = parts is not None and re.search(r"\w{3}", parts["reason"])
            if not named or not (explained or above.strip().startswith("#")):
                found.append(f"{place(path)}:{number}")
    assert found == []


def test_nothing_is_left_for_later_or_points_outside_the_project() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|lorem ipsum")
    outside = re.compile(r"(?<![\w.])/work/|pythonhosted|pypi\.org", re.IGNORECASE)
    texts = [
        path
        for folder in (*PRODUCT, "installer", "tests", ".github", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {"", ".py", ".sql", ".md", ".toml", ".txt", ".yaml", ".json", ".qss"}
    ]
    texts += [ROOT / "pyproject.toml", ROOT / "CHANGELOG.md"]
    found = [
        place(path)
        for path in texts
        if path.name != "test_sources.py"
        for text in (path.read_text(encoding="utf-8"),)
        if unfinished.search(text) or outside.search(text)
    ]
    assert found == []
