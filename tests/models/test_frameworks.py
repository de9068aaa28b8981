"""Response frameworks: the two of the product are whole, and a team adds its own."""

import re
from pathlib import Path

import pytest

from models import frameworks, vocabulary
from models.errors import KnownError

KNOWN = frameworks.load()
KINDS = vocabulary.load().event_kinds
EACH_STEP = [(f, s) for f in KNOWN.values() for s in f.steps]


@pytest.mark.parametrize(
    ("framework", "name", "letters"),
    [("roll-back", "ROLL-BACK", "ROLLBAC"), ("triage-scale", "TRIAGE-SCALE", "TRIAGE")],
)
def test_the_steps_spell_the_framework(framework: str, name: str, letters: str) -> None:
    found = KNOWN[framework]
    assert found.name == name
    assert "".join(step.letter for step in found.steps) == letters
    assert all(step.title.startswith(step.letter) for step in found.steps)


@pytest.mark.parametrize(("framework", "step"), EACH_STEP)
def test_every_step_can_be_followed_and_recorded(
    framework: frameworks.Framework, step: frameworks.Step
) -> None:
    assert framework.step(step.id) is step
    assert step.goal.endswith(".")
    assert step.done_when.endswith(".")
    assert len(step.prompts) >= 3
    assert step.log_lines
    assert all(line.kind in {term.id for term in KINDS.terms} for line in step.log_lines)
    assert all(
        line.text.count("{") == len(re.findall(r"{[^{}]+}", line.text)) for line in step.log_lines
    )
    assert len(step.record) >= 2
    assert all(entry.label and entry.hint and entry.example for entry in step.record)


OWN = """
id = "{id}"
name = "OWN"
[[steps]]
id = "first"
letter = "F"
title = "First"
goal = "Begin."
done_when = "Begun."
"""


ONE_FIELD = OWN.format(id="own") + "[[steps.record]]\nid='a'\nlabel='A'\n{}\n"


def test_a_team_adds_and_replaces_frameworks(tmp_path: Path) -> None:
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "own.toml").write_text(OWN.format(id="own"))
    (tmp_path / "frameworks" / "roll-back.toml").write_text(OWN.format(id="roll-back"))
    found = frameworks.load(tmp_path)
    assert set(found) == {"roll-back", "triage-scale", "own"}
    assert found["roll-back"].name == "OWN"
    assert found["triage-scale"] == KNOWN["triage-scale"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (OWN.format(id="own").replace("goal", "gaol"), 8, "not known"),
        (OWN.format(id="own").replace('"F"', "6"), 6, "text is expected"),
        (OWN.format(id="own") + "prompts = 'one'\n", 10, "a list is expected"),
        (OWN.format(id="own") + OWN[OWN.index("[[steps]]") :], 11, "'first' stands here"),
        (
            OWN.format(id="own") + "[[steps.record]]\nid='a'\nlabel='A'\n[[steps.record]]\nid='b'",
            13,
            "label: this field is missing",
        ),
        ("id = 'own'\nname = 'OWN'\nsteps = []\n", 3, "needs a step"),
        ("update_minutes = 0\n" + OWN.format(id="own"), 1, "above 0"),
        (ONE_FIELD.format("kind='graph'"), 13, "'graph' is not one of"),
        (ONE_FIELD.format("kind='choice'"), 13, "'a' needs options"),
        (ONE_FIELD.format("when={b='c'}"), 13, "there is no choice 'b' with the option 'c'"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "own.toml").write_text(text)
    with pytest.raises(KnownError) as caught:
        frameworks.load(tmp_path)
    assert f"own.toml, line {line}:" in str(caught.value)
    assert what in str(caught.value)


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "frameworks").mkdir()
    for name in ("a.toml", "b.toml"):
        (tmp_path / "frameworks" / name).write_text(OWN.format(id="own"))
    with pytest.raises(KnownError, match=r"b\.toml, line 2: .*another file"):
        frameworks.load(tmp_path)
