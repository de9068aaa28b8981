"""A team's own frameworks and templates: a fault in a file is named, the rest goes on."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import frameworks, templates
from models.errors import InvalidInputError, KnownError
from tests.strategies import hostile_text

FRAMEWORK = """\
id = "own"
name = "OWN"
update_minutes = 30

[[steps]]
id = "first"
letter = "F"
title = "First"
goal = "Begin."
done_when = "Begun."
prompts = [
    "What was first?",
]
record = [
    { id = "pool", label = "Pool", kind = "telemetry", unit = "%" },
    { id = "way", label = "Way", kind = "choice", options = ["back", "on"] },
    { id = "build", label = "Build", when = { way = "back" } },
]

[[steps]]
id = "second"
letter = "S"
title = "Second"
goal = "Go on."
done_when = "Over."
"""
TEMPLATE = """\
id = "own"
name = "Own"
order = 1

[[sections]]
place = "summary"
heading = "What happened"
owner = "Everyone"
questions = ["What?"]
example = "It rained."

[[sections]]
place = "custom"
heading = "Weather"
"""
Load = Callable[..., Mapping[str, object]]
KINDS: dict[str, tuple[str, Load]] = {
    "frameworks": (FRAMEWORK, frameworks.load),
    "templates": (TEMPLATE, templates.load),
}


def faults_of(folder: Path, kind: str, text: str | bytes) -> tuple[list[InvalidInputError], bool]:
    """What is said of a file, and whether it was taken; the product's are there either way."""
    (folder / kind).mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    (folder / kind / "own.toml").write_bytes(data)
    load = KINDS[kind][1]
    found: list[InvalidInputError] = []
    items = load(folder, found)
    assert set(load()) <= set(items)
    return found, "own" in items


def line_of(fault: KnownError) -> int:
    found = re.search(r"own\.toml, line (\d+): ", str(fault))
    assert found, str(fault)
    return int(found[1])


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_file_is_taken(kind: str, tmp_path: Path) -> None:
    assert faults_of(tmp_path, kind, KINDS[kind][0]) == ([], True)


@pytest.mark.parametrize(
    ("kind", "line", "new", "said"),
    [
        ("frameworks", 3, "update_minute = 30", "this field is not known"),
        ("frameworks", 3, 'update_minutes = "30"', "a whole number is expected"),
        ("frameworks", 3, "update_minutes = -1", "above 0"),
        ("frameworks", 3, "update_minutes 30", "Expected '='"),
        ("frameworks", 3, 'name = "Twice"', "Cannot overwrite a value"),
        ("frameworks", 9, "goal = 7", "text is expected"),
        ("frameworks", 9, 'gaol = "Begin."', "this field is not known"),
        ("frameworks", 15, "    { id = 'pool', label = 'P', kind = 'graph' },", "not one of"),
        ("frameworks", 15, "    { id = 'pool', lable = 'P' },", "this field is not known"),
        ("frameworks", 15, "    { id = 'pool' },", "this field is missing"),
        ("frameworks", 16, "    { id = 'pool', label = 'Again' },", "stands here already"),
        ("frameworks", 16, "    { id = 'way', label = 'W', kind = 'choice' },", "needs options"),
        ("frameworks", 16, "    { id = 'pool now', label = 'N' },", "names another value"),
        ("frameworks", 17, "    { id = 'b', label = 'B', when = { way = 'up' } },", "no choice"),
        ("frameworks", 21, 'id = "first"', "'first' stands here already"),
        ("templates", 3, 'order = "first"', "a whole number is expected"),
        ("templates", 6, 'place = "sumary"', "is not one of"),
        ("templates", 9, 'questions = "What?"', "a list is expected"),
        ("templates", 10, 'exmaple = "It rained."', "this field is not known"),
    ],
)
def test_one_fault_in_one_line_is_named_by_that_line(
    kind: str, line: int, new: str, said: str, tmp_path: Path
) -> None:
    lines = KINDS[kind][0].splitlines()
    lines[line - 1] = new
    (fault,), taken = faults_of(tmp_path, kind, "\n".join(lines))
    assert not taken
    assert said in str(fault)
    assert line_of(fault) == line
    assert fault.advice


@pytest.mark.parametrize(
    ("kind", "line", "head"),
    [
        ("frameworks", 1, 1),  # id of the framework: the file has no better line
        ("frameworks", 8, 5),  # a field of a step: the step
        ("frameworks", 24, 20),
        ("templates", 7, 5),
        ("templates", 13, 12),
    ],
)
def test_a_missing_field_is_named_by_the_line_of_its_table(
    kind: str, line: int, head: int, tmp_path: Path
) -> None:
    lines = KINDS[kind][0].splitlines()
    lines[line - 1] = ""
    (fault,), _ = faults_of(tmp_path, kind, "\n".join(lines))
    assert "this field is missing" in str(fault)
    assert line_of(fault) == head


def test_each_file_is_judged_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "frameworks"
    folder.mkdir()
    (folder / "a.toml").write_text(FRAMEWORK)
    (folder / "b.toml").write_text(FRAMEWORK)
    (folder / "c.toml").write_text(FRAMEWORK.replace('"own"', '"third"'))
    (folder / "d.toml").write_bytes(b"\xff\xfe")
    (folder / "e.toml").mkdir()
    found: list[InvalidInputError] = []
    items = frameworks.load(tmp_path, found)
    assert set(items) == {"roll-back", "triage-scale", "own", "third"}
    assert [re.findall(r"[a-e]\.toml", str(fault)) for fault in found] == [
        ["b.toml"],
        ["d.toml"],
        ["e.toml"],
    ]
    with pytest.raises(InvalidInputError, match=r"b\.toml, line 1: .*another file"):
        frameworks.load(tmp_path)


def test_a_folder_that_is_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "frameworks").write_text("x")
    assert set(frameworks.load(tmp_path, [])) == {"roll-back", "triage-scale"}


@given(st.sampled_from(list(KINDS)), st.data())
def test_a_file_that_was_changed_anywhere_is_taken_or_its_fault_named(
    kind: str, data: st.DataObject
) -> None:
    lines = KINDS[kind][0].splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    words = data.draw(
        st.one_of(hostile_text, st.sampled_from(["[[steps]]", "[sections]", "a = 1", "= ", "]]"]))
    )
    lines[place] = data.draw(st.sampled_from([words, lines[place] + words, words + lines[place]]))
    text = "\n".join(lines)
    with TemporaryDirectory() as folder:
        found, taken = faults_of(Path(folder), kind, text)
    assert len(found) + taken == 1 or (not found and tomllib.loads(text)["id"] != "own")
    for fault in found:
        if "is not text in UTF-8" not in str(fault):
            assert 1 <= line_of(fault) <= max(1, len(text.splitlines()))
        assert "Traceback" not in fault.sentence()


@given(st.sampled_from(list(KINDS)), st.one_of(st.binary(max_size=40), hostile_text))
def test_any_bytes_are_refused_in_words(kind: str, text: bytes | str) -> None:
    with TemporaryDirectory() as folder:
        found, taken = faults_of(Path(folder), kind, text)
    assert len(found) == 1
    assert not taken
    assert "own.toml" in str(found[0])


@pytest.mark.parametrize("kind", KINDS)
def test_depths_are_refused_in_words(kind: str, tmp_path: Path) -> None:
    deep = "name = " + "[" * 5000 + "]" * 5000
    (fault,), _ = faults_of(tmp_path, kind, deep)
    assert "own.toml, line 1: " in str(fault)


def test_the_examples_of_the_user_guide_work(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "user-guide.md").read_text(encoding="utf-8")
    examples = re.findall(
        r"```toml\n(# (templates|frameworks)/(\w+\.toml).*?)```", guide, re.DOTALL
    )
    assert {folder for _, folder, _ in examples} == set(KINDS)
    for text, folder, name in examples:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
    found: list[InvalidInputError] = []
    assert next(iter(templates.load(tmp_path, found))) == "short", "it says that it is the default"
    assert "drain" in frameworks.load(tmp_path, found)
    assert found == []
