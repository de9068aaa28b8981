"""What holds for the checkout as a whole: what is committed, documented and declared."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.cli.main import cli

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "models", "search", "integrations", "resources")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md")))
TOP_LEVEL = {
    *(".ci", ".gitignore", ".pre-commit-config.yaml", "CHANGELOG.md", "CONTRIBUTING.md"),
    *("LICENSE", "Makefile", "README.md", "app", "docs", "integrations", "models"),
    *("pyproject.toml", "requirements-dev.lock", "requirements.lock", "resources", "search"),
    "tests",
}

# Needed without an import: the time zones that `zoneinfo` reads on Windows.
NOT_IMPORTED = {"tzdata"}


def committed() -> list[Path]:
    """The files that git tracks and that are still there."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git the developer uses
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    """The committed text files with their content."""
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8", "replace")


def declared(group: str | None = None) -> dict[str, Requirement]:
    """Requirements of the project, or of one optional group, by canonical name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["optional-dependencies"][group] if group else project["dependencies"]
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def pinned(lock: str) -> dict[str, str]:
    """Versions in a lock file by canonical name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(n): v for n, v in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)}


def test_the_top_level_is_fixed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in committed()} <= TOP_LEVEL


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    registry = re.compile(r"pypi\.org|pythonhosted\.org|artifactory|npmjs\.org|index-url=?\s*http")
    machine = re.compile(r"(?<![\w./~])/(?:work|root|home|Users)/\w")
    this = Path(__file__).relative_to(ROOT)
    found = [
        f"{path}: {match.group()}"
        for path, text in texts()
        if path != this
        for match in (*registry.finditer(text), *machine.finditer(text))
    ]
    assert not found


def test_lock_files_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        for entry in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip()):
            assert "--hash=sha256:" in entry, entry


def test_lock_files_match_what_is_declared() -> None:
    run, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert run.items() <= dev.items()
    for names, lock in ((declared() | declared("build"), run), (declared("dev"), dev)):
        for name, requirement in names.items():
            assert requirement.specifier.contains(lock[name]), requirement


def test_dependencies_are_those_the_code_imports() -> None:
    distributions = packages_distributions()
    imported: set[str] = set()
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    used = {
        canonicalize_name(distribution)
        for name in imported - set(sys.stdlib_module_names) - set(ROOMS)
        for distribution in distributions.get(name, [name])[:1]
    }
    assert used == set(declared()) - NOT_IMPORTED


def test_module_names_say_something() -> None:
    empty = {"utils", "helpers", "manager", "misc", "common"}
    assert not [path for path in committed() if path.suffix == ".py" and path.stem in empty]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documented_targets_and_links_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M)) <= targets
    links = re.findall(r"\]\(([^)#\s]+)", text)
    local = [link for link in links if "://" not in link]
    assert not [link for link in local if not (ROOT / document).parent.joinpath(link).exists()]


def real_commands(group: click.Group, before: str = "") -> dict[str, set[str]]:
    """The options of each command, by the words that call it."""
    found: dict[str, set[str]] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= real_commands(command, f"{before}{name} ")
        elif command:
            options = {
                o
                for p in command.params
                for o in (*p.opts, *p.secondary_opts)
                if o.startswith("--")
            }
            found[before + name] = options - {"--json"}
    return found


def test_the_guide_describes_every_command() -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    section = guide.partition("## Commands")[2].partition("## ")[0]
    real = real_commands(cli)
    described = {}
    for usage in re.findall(r"^\| `([a-z][^`]*)`", section, re.M):
        words = usage.split()
        name = " ".join(words[:2]) if " ".join(words[:2]) in real else words[0]
        described[name] = set(re.findall(r"--[a-z-]+", usage))
    assert described == real


def test_every_target_for_people_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    parts = {"format-check", "lint", "types", "layers", "setup", "setup-dev"}
    for line in re.findall(r"^[a-z-]+:.*$", makefile, re.M):
        assert "## " in line or line.partition(":")[0] in parts, line


def test_contributing_fits_two_pages() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split()) < 1000
