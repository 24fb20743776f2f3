"""The sources as the structural tests see them: files, parsed modules, and where in them something stands."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("desktop", "db", "resources")
ALL_PYTHON = (*PRODUCT, "installer", "tests")


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Return every Python file below these folders of the project, in order."""
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Return `db/vault.py:12`, to name a finding."""
    line = getattr(node, "lineno", None)
    return str(path.relative_to(ROOT)) + (f":{line}" if line else "")


def module_name(path: Path) -> str:
    """Return the dotted name under which this file is imported."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> dict[str, ast.AST]:
    """Return the absolute dotted names that a module imports, each with one place where it does."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    found: dict[str, ast.AST] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update({alias.name: node for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found[base] = node
    return found


def called(node: ast.Call) -> str:
    """Return the last part of the name of what is called: `execute` for `connection.execute(...)`."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
