"""Data flows one way: who may import whom (DESIGN.md), read from the code itself."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "extract": {"extract"},
    "ledger": {"ledger", "extract"},
    "parts": {"parts", "ledger", "extract"},
    "pages": {"parts"},
    "app": {"parts"},
}
MODULES = {
    str(path.relative_to(ROOT).with_suffix("")).replace("/", "."): path
    for pattern in ("extract/*.py", "ledger/*.py", "pages/*.py", "pages/parts/*.py", "app.py")
    for path in ROOT.glob(pattern)
}


def layer(module: str) -> str | None:
    """The layer of a module by its dotted name; None for what is not ours."""
    if module == "pages.parts" or module.startswith("pages.parts."):
        return "parts"
    top = module.split(".", maxsplit=1)[0]
    return top if top in {*ALLOWED, "tests", "data"} else None


def imports(path: Path) -> set[str]:
    """The modules that a file imports, ``from a import b`` as both ``a`` and ``a.b``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports relative to itself"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            if node.module != "pages":
                found.add(str(node.module))
    return found


@pytest.mark.parametrize("module", MODULES)
def test_imports_keep_to_the_layers(module: str) -> None:
    own = layer(module)
    assert own is not None
    ours = {other: layer(other) for other in imports(MODULES[module]) if layer(other)}
    assert {other for other, found in ours.items() if found not in ALLOWED[own]} == set()


def test_every_layer_is_looked_at() -> None:
    assert {layer(module) for module in MODULES} == set(ALLOWED)


def test_no_module_leads_back_to_itself() -> None:
    names = {name.removesuffix(".__init__"): path for name, path in MODULES.items()}
    # A package's own __init__ is imported with each of its modules; what it imports itself counts.
    graph = {name: (imports(path) & names.keys()) - {name} for name, path in names.items()}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(names)
