"""The one-way street: who may import what, and what never lies in this repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pages._shared.catalogue import SECTIONS

ROOT = Path(__file__).parents[1]
FOLDERS = ("app.py", "pages", "dl_core", "tests", "benchmarks")
WITHOUT_TORCH = [e for entries in SECTIONS.values() for e in entries if not e.with_network]
# Its later scenes train scikit-learn's models on the reader's choice: only its first screen does without.
TRAINS_LIVE = {"interpretability"}
# Imported here, installed by something else we ask for: the framework's own server, the plumbing of arrays.
BROUGHT_BY = {
    "filelock": "torch",
    "pydantic_core": "pydantic",
    "scipy": "scikit-learn",
    "starlette": "streamlit",
    "uvicorn": "streamlit",
    "websockets": "streamlit",
}
OWN = {"app", "pages", "dl_core", "tests", "benchmarks", "conftest"}


def python_files(*tops: str) -> list[Path]:
    found = [ROOT / top for top in tops if top.endswith(".py")]
    return found + [file for top in tops for file in sorted((ROOT / top).rglob("*.py"))]


def product() -> list[Path]:
    """What a server runs; the offline commands run once, on somebody's machine."""
    return [f for f in python_files("app.py", "pages", "dl_core") if "offline" not in f.parts]


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imported(file: Path) -> set[str]:
    """Full names of the modules a file imports, wherever in the file it does."""
    names: set[str] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide who uses whom"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def offences(files: list[Path], forbidden: tuple[str, ...]) -> list[str]:
    """Each import in ``files`` of a ``forbidden`` module or of something inside it."""
    return [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files for name in sorted(imported(file))
        if any(name == module or name.startswith(module + ".") for module in forbidden)
    ]  # fmt: skip


def test_an_offence_is_noticed():
    here = Path(__file__)
    expected = "tests/test_architecture.py imports pages._shared.catalogue.SECTIONS"
    assert offences([here], ("pages._shared",)) == [expected]
    assert offences([here], ("page", "pages._words")) == []


def test_the_core_knows_no_page_and_no_framework():
    assert offences(python_files("dl_core"), ("streamlit", "pages", "app", "benchmarks", "tests")) == []


def test_computation_knows_no_charts():
    computation = [f for f in python_files("dl_core") if not {"figures", "documents"} & set(f.parts)]
    assert offences(computation, ("plotly", "dl_core.figures", "dl_core.documents")) == []


def test_charts_know_no_documents():
    assert offences(python_files("dl_core/figures"), ("dl_core.documents",)) == []


def test_figures_do_not_compute_with_the_heavy_libraries():
    assert offences(python_files("dl_core/figures"), ("torch", "sklearn", "scipy", "captum")) == []


def test_pages_compute_nothing_themselves():
    computing = ("torch", "sklearn", "scipy", "captum", "numpy.random", "plotly")
    pages = [
        f for f in python_files("pages") if f.name != "plotly_script.py"
    ]  # asks only where plotly's script lies
    assert offences(pages, computing) == []
    assert offences(python_files("pages"), computing[:-1]) == []


def test_pages_do_not_import_one_another():
    for file in python_files("pages"):
        shared = "pages._shared."
        own = tuple(f"pages.{folder}.{file.stem}" for folder in ("_words", "_controls"))
        inside = {name for name in imported(file) if name.startswith("pages.")}
        foreign = {name for name in inside if not name.startswith((shared, *own))}
        assert foreign == set(), f"{file.relative_to(ROOT)}: what two pages need belongs in pages/_shared"


def test_the_running_product_never_imports_what_runs_once():
    assert offences(product(), ("dl_core.offline",)) == []


def heavy_modules(page: str, *, first_screen: bool) -> str:
    """Which of the large libraries a new process has loaded when it has shown a page, or its first screen."""
    open_page = (
        "import sys\n"
        "from pages._shared import later\n"
        "later.in_a_browser = lambda: sys.argv[2] == 'first'\n"  # a browser is sent the rest afterwards
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('pages/_navigation.py', default_timeout=120).run()\n"
        "app = app.switch_page(sys.argv[1]).run()\n"
        "assert not app.exception, app.exception\n"
        "assert len(app.title) == 1, 'the page was not shown'\n"
        "print('HEAVY', sorted({'torch', 'captum', 'sklearn'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", open_page, page, "first" if first_screen else "whole"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.strip().rpartition("HEAVY ")[2]


@pytest.mark.parametrize("listed", WITHOUT_TORCH, ids=lambda entry: "/" + entry.path)
def test_a_page_that_needs_no_torch_does_not_import_it(listed):
    expected = "['sklearn']" if listed.path in TRAINS_LIVE else "[]"
    assert heavy_modules(listed.file, first_screen=False) == expected


@pytest.mark.parametrize("path", sorted(TRAINS_LIVE))
def test_a_first_screen_never_waits_for_the_models_of_later_scenes(path):
    (listed,) = [entry for entry in WITHOUT_TORCH if entry.path == path]
    assert heavy_modules(listed.file, first_screen=True) == "[]"


def required(name: str) -> set[str]:
    """Names of the packages a requirements file asks for, as the package index spells them."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    entries = [line.partition("#")[0].strip() for line in lines]
    return {re.split(r"[\[=<>~!; ]", entry)[0].lower() for entry in entries if entry}


def packages_imported(files: list[Path]) -> set[str]:
    """Packages that bring the modules these files import, without the standard library and ourselves."""
    modules = {name.partition(".")[0] for file in files for name in imported(file)}
    beside = {file.stem for file in files if file.parent.name == "browser"}  # tests/browser/reader.py
    outside = modules - set(sys.stdlib_module_names) - OWN - beside
    brought = packages_distributions()
    return {BROUGHT_BY.get(module) or brought[module][0].lower().replace("_", "-") for module in outside}


def test_what_the_product_imports_is_required_and_nothing_else_is():
    assert packages_imported(product()) - required("requirements.txt") == set()
    assert required("requirements.txt") - packages_imported(python_files(*FOLDERS)) == set()


def test_what_tests_and_offline_commands_import_is_required_for_development():
    asked = required("requirements.txt") | required("requirements-dev.txt")
    assert packages_imported(python_files(*FOLDERS)) - asked == set()


def test_the_readme_says_what_each_dependency_is_for():
    rows = re.findall(r"^\| ([a-z-]+) \| \S", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M)
    assert set(rows) >= required("requirements.txt")


def written_files() -> list[Path]:
    """Text that people wrote: sources, documents, settings."""
    kinds = {".py", ".md", ".toml", ".txt", ".js", ".css", ".yaml", ".yml", ".conf", ".sh"}
    top = [file for file in ROOT.iterdir() if file.is_file() and file.suffix in kinds]
    folders = ("pages", "dl_core", "tests", "benchmarks", "assets", "deploy", ".streamlit")
    inner = [f for folder in folders for f in (ROOT / folder).rglob("*") if f.suffix in kinds]
    return sorted(top + inner + [ROOT / ".ci" / "run"])


ELSEWHERE = re.compile(
    r"(?<![\w.~-])/(?:work|root|home|Users|mnt|srv)/\w"  # a place that only one machine has
    r"|https?://\S*(?:pypi|pythonhosted|pytorch\.org/whl|artifactory|huggingface)"  # a host to install from
    r"|https?://(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\."  # a private network
)


def test_elsewhere_is_noticed():
    for line in ("open('/" + "home/ada/x')", "https://" + "pypi.org/simple", "http://" + "10.1.2.3:8080"):
        assert ELSEWHERE.search(line)
    for line in ("pages/home/x", "https://arxiv.org/abs/1706.04599", "http://127.0.0.1:8501", "/tmp/shots"):
        assert not ELSEWHERE.search(line)


def test_no_file_names_one_machine_or_one_registry():
    found = [
        f"{file.relative_to(ROOT)}:{number} {line.strip()[:100]}"
        for file in written_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if ELSEWHERE.search(line)
    ]
    assert found == []


def test_tests_read_nothing_outside_the_repository():
    outside = "../" + "shared"
    assert [f for f in python_files("tests") if outside in f.read_text(encoding="utf-8")] == []


def unsafe_reads(source: str) -> list[str]:
    """Calls that can run code hidden in the data they read."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called, given = ast.unparse(node.func), {k.arg: ast.unparse(k.value) for k in node.keywords}
            last = called.rpartition(".")[2]
            if (
                called in {"eval", "exec"}
                or last in {"read_pickle", "Unpickler"}
                or (last in {"load", "loads"} and called.startswith(("pickle", "marshal", "joblib", "dill")))
                or (called == "torch.load" and given.get("weights_only") != "True")
                or given.get("allow_pickle", "False") != "False"
            ):
                found.append(ast.unparse(node))
    return found


def test_an_unsafe_read_is_noticed():
    by_name = ("torch.load(p)", "pickle.load(f)", "pd.read_pickle(p)", "eval(x)")
    for line in (*by_name, "np.load(p, allow_pickle=True)"):
        assert unsafe_reads(line) == [line]
    safe = "torch.load(p, weights_only=True); np.load(p, allow_pickle=False); json.load(f)"
    assert unsafe_reads(safe) == []


def test_nothing_is_unpickled_or_evaluated():
    everything = python_files("app.py", "pages", "dl_core")
    found = {str(f): unsafe_reads(f.read_text(encoding="utf-8")) for f in everything}
    assert {file: calls for file, calls in found.items() if calls} == {}
    pickles = {".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".joblib"}
    assert [f for f in (ROOT / "assets").rglob("*") if f.suffix in pickles] == []


def test_the_pages_of_the_menu_are_the_pages_in_the_folder():
    listed = {entry.file for entries in SECTIONS.values() for entry in entries}
    assert listed == {file.name for file in (ROOT / "pages").glob("[!_]*.py")}
