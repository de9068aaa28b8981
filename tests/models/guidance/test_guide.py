"""Guidance as data: complete, plain, and extendable by a team."""

from pathlib import Path

import pytest

from models.completeness import completeness
from models.errors import InvalidInputError
from models.guidance import guide
from models.guidance.guide import Gate
from models.guidance.rules import RULES
from tests.models.guidance.examples import AROUND, WHOLE

NARROW = 26
"""Letters that fit into the list of sections."""


def test_every_rule_has_words_and_every_gate_its_text() -> None:
    known = guide.load()
    assert set(known.gaps) == set(RULES)
    assert set(known.gates) == set(Gate)
    sections = completeness(WHOLE, AROUND.frameworks)
    assert set(known.sections) == set(sections)
    assert {gap.section for gap in known.gaps.values()} - {""} <= set(sections)
    assert all(s.owner and s.questions and s.example for s in known.sections.values())
    assert all(len(gap.short) <= NARROW for gap in known.gaps.values())


def test_what_waits_is_named_by_a_gate() -> None:
    known = guide.load()
    asked = {need for gate in known.gates.values() for need in gate.needs}
    assert {gap.id for gap in known.gaps.values() if gap.waits} <= asked


def write(folder: Path, text: str) -> Path:
    (folder / "guidance").mkdir()
    (folder / "guidance" / "ours.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_team_asks_for_less_and_gives_more_time(tmp_path: Path) -> None:
    known = guide.load(
        write(
            tmp_path,
            '[[gates]]\nid = "close"\naction = "Close"\nbefore = "Left"\n'
            'anyway = "Go on"\ndone = "Closed"\n'
            'complete = "Ready."\nmissing = "Still open."\nneeds = ["unfinished action"]\n'
            '[[review_due]]\nseverity = "SEV3"\ndays = 10\nbusiness = true\n'
            '[[sections]]\nkey = "review"\nowner = "Support"\n',
        )
    )
    assert known.gates[Gate.CLOSE].needs == ("unfinished action",)
    assert known.review_due["SEV3"].days == 10
    assert known.review_due["SEV1"].days == 3
    assert known.sections["review"].owner == "Support"
    assert list(known.gaps) == list(guide.load().gaps)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[[gaps]]\nid = "mood"\nshort = "x"\nsentence = "x"\n', 2, "there is no rule 'mood'"),
        ('\n[[review_due]]\nseverity = "SEV3"\ndays = -1\n', 2, "days are 0 to 366"),
        ('[[sections]]\nkey = "review"\nowner = 7\n', 3, "text is expected"),
    ],
)
def test_a_fault_is_named_by_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        guide.load(write(tmp_path, text))
    assert f"ours.toml, line {line}: " in str(caught.value)
    assert what in str(caught.value)
    faults: list[InvalidInputError] = []
    assert guide.load(tmp_path, faults) == guide.load()
    assert [str(fault) for fault in faults] == [str(caught.value)]
