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
    assert found.update_minutes == 15


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
    assert len(step.record) >= 3
    assert all(entry.label and entry.hint and entry.example for entry in step.record)


@pytest.mark.parametrize(
    ("framework", "step", "needed"),
    [
        ("roll-back", "contain", {"control", "from share", "to share", "set at"}),
        ("roll-back", "restore", {"build", "method", "forward mitigation", "migration script"}),
        ("roll-back", "data", {"partial writes", "schema", "drift", "checked by", "repair plan"}),
        (
            "roll-back",
            "communicate",
            {"flash update", "audience", "customer script", "next update"},
        ),
        ("roll-back", "monitor", {"p99 latency", "5xx rate", "pools"}),
        ("roll-back", "analyse", {"why tree", "testing gap"}),
        ("roll-back", "correct", {"missing test", "automatic rollback", "alert thresholds"}),
        ("triage-scale", "throttle", {"circuit breakers", "rate limits", "load shed"}),
        ("triage-scale", "roles", {"Incident Commander", "Comms Lead", "Triage Lead", "handovers"}),
        ("triage-scale", "isolate", {"client", "edge", "gateway", "database", "third party"}),
        ("triage-scale", "reroute", {"recent deploys", "rollback", "scale out", "traffic moved"}),
        ("triage-scale", "telemetry", {"CPU", "IOPS", "error rate", "connection latency"}),
        ("triage-scale", "sync", {"what happened", "mitigation status", "next update"}),
    ],
)
def test_a_record_holds_what_the_method_demands(
    framework: str, step: str, needed: set[str]
) -> None:
    found = KNOWN[framework].step(step)
    assert found is not None
    assert needed <= {entry.id for entry in found.record}


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
        (OWN.format(id="own") + OWN[OWN.index("[[steps]]") :], 1, "'first' twice"),
        (
            OWN.format(id="own") + "[[steps.record]]\nid='a'\nlabel='A'\n[[steps.record]]\nid='b'",
            13,
            "label: this field is missing",
        ),
        ("id = 'own'\nname = 'OWN'\nsteps = []\n", 1, "needs a step"),
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
