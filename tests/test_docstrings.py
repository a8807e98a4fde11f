"""What a docstring of the core must say: numbers and shapes of arrays, errors, the meaning of fields."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(f for f in (ROOT / "dl_core").rglob("*.py") if f.name != "__init__.py")
CORE = [f for f in MODULES if "offline" not in f.parts]
SHAPE = re.compile(r"\bshape\b|\(\s*(?:[A-Za-z_]\w*|\d+)\s*(?:,\s*(?:[A-Za-z_0-9]\w*|…|\.\.\.)?\s*)*\)")
ARRAY = re.compile(r"NDArray|Tensor|ndarray")
NUMBER_OR_ARRAY = re.compile(r"\b(?:int|float|Fraction)\b|NDArray|Tensor|ndarray")


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def public(source: str) -> list[ast.FunctionDef]:
    """Public functions, and public methods of public classes."""
    tree = ast.parse(source)
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    inside = [node for scope in (tree, *classes) for node in scope.body]
    functions = [n for n in inside if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    return [f for f in functions if f.name != "forward"]  # torch's own name; the class says the shapes


def arguments(function: ast.FunctionDef) -> list[ast.arg]:
    given = function.args
    return [a for a in (*given.posonlyargs, *given.args, *given.kwonlyargs) if a.arg not in ("self", "cls")]


def decorators(node: ast.ClassDef) -> str:
    return " ".join(ast.unparse(decorator) for decorator in node.decorator_list)


def gaps(function: ast.FunctionDef) -> list[str]:
    """What this function's docstring fails to say."""
    text = ast.get_docstring(function) or ""
    missing = [] if text else ["a docstring"]
    types = {a.arg: ast.unparse(a.annotation) for a in arguments(function) if a.annotation}
    # one of our own classes explains itself; a number or an array needs its unit, range or shape
    unclear = [name for name, kind in types.items() if NUMBER_OR_ARRAY.search(kind)]
    if len(types) == 1 and ">>> " in text and not ARRAY.search("".join(types.values())):
        unclear = []  # a single number, and an example that shows it
    missing += [f"parameter {name}" for name in unclear if text and not re.search(rf"\b{name}\b", text)]
    annotations = [*types.values(), ast.unparse(function.returns) if function.returns else ""]
    if any(ARRAY.search(a) and "dict[" not in a for a in annotations) and not SHAPE.search(text):
        missing.append("the shape of its arrays")
    own_raises = [n for n in ast.walk(function) if isinstance(n, ast.Raise) and isinstance(n.exc, ast.Call)]
    if own_raises and "Raises\n---" not in text:
        missing.append("Raises")
    return missing


def test_a_gap_is_noticed():
    (bare,) = public("def area(side: NDArray[float]) -> float:\n    raise ValueError('x')")
    assert gaps(bare) == ["a docstring", "the shape of its arrays", "Raises"]
    (silent,) = public('def area(side: float, edge: float) -> float:\n    """The area; side in metres."""')
    assert gaps(silent) == ["parameter edge"]


@pytest.mark.parametrize("file", CORE, ids=named)
def test_public_functions_say_numbers_shapes_and_errors(file):
    told = {f.name: gaps(f) for f in public(file.read_text(encoding="utf-8"))}
    assert {name: missing for name, missing in told.items() if missing} == {}


@pytest.mark.parametrize("file", CORE, ids=named)
def test_every_number_and_array_of_a_dataclass_says_its_meaning(file):
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    silent = []
    for node in ast.walk(ast.parse(source)):
        is_class = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        if is_class and "dataclass" in decorators(node):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and NUMBER_OR_ARRAY.search(ast.unparse(field.annotation)):
                    around = lines[field.lineno - 1 : field.end_lineno]
                    if not any("#" in line for line in around) and "#" not in lines[field.lineno - 2]:
                        silent.append(f"{node.name}.{ast.unparse(field.target)}")
    assert silent == []


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_a_module_begins_with_what_it_is(file):
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    assert len(text.split()) >= 4


@pytest.mark.parametrize("file", [f for f in CORE if f.parent.name == "dl_core"], ids=named)
def test_a_lessons_core_shows_a_worked_example(file):
    source = file.read_text(encoding="utf-8")
    assert not public(source) or ">>> " in source


def test_modules_and_functions_stay_short():
    """The hard limits of the house; the medians lie far below."""
    long = []
    for file in MODULES:
        source = file.read_text(encoding="utf-8")
        if source.count("\n") > 320:
            long.append(named(file))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60:
                long.append(f"{named(file)}: {node.name}")
    assert long == []
