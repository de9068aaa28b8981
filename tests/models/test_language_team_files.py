"""What a team's own file adds to the language check, and how its faults are named."""

from pathlib import Path

import pytest

from models.errors import InvalidInputError
from models.language import rules
from models.language.checking import check

RULES = rules.load()


def _team(folder: Path, text: str) -> Path:
    (folder / "language").mkdir()
    (folder / "language" / "ours.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_pattern_may_speak_of_two_persons(tmp_path: Path) -> None:
    own = """
[[rules]]
id = "told"
name = "Told"
why = "It is told."
suggestion = "{fact}"
patterns = ["<subject> told <subject>"]
"""
    book = rules.load(_team(tmp_path, own))
    (finding,) = check("The engineer told somebody.", book)
    assert (finding.rule, finding.text) == ("told", "engineer told somebody")


def test_a_team_adds_words_and_rules_and_changes_known_ones(tmp_path: Path) -> None:
    own = """
[words]
roles = ["dispatcher"]
slip = ["misfold"]

[[rules]]
id = "obvious"
why = "We ask for signals."

[[rules]]
id = "jargon"
name = "Jargon"
why = "Nobody outside knows it."
suggestion = "{plain word}"
replaces = "words"
patterns = ["[ frobnicated ] the"]
"""
    book = rules.load(_team(tmp_path, own))
    found = check("The dispatcher forgot it. Of course. We frobnicated the cache.", book)
    assert [finding.rule for finding in found] == ["lapse", "obvious", "jargon"]
    assert found[1].why == "We ask for signals."
    assert found[2].text == "frobnicated"
    assert check("The dispatcher failed to start.", RULES) == ()
    (folded,) = check("They keep misfolding the map.", book)
    assert folded.rule == "lapse"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[words]\nroles = "x"\n', 2, "a list is expected"),
        ("[wrods]\n", 1, "not known"),
        ('[[rules]]\nid = "x"\n', 1, "missing"),
        ('[[rules]]\nid = "obvious"\npatterns = ["<nothing> x"]\n', 3, "no list <nothing>"),
        ('[[rules]]\nid = "obvious"\npatterns = ["...3"]\n', 3, "a word of its own"),
        ('[[rules]]\nid = "obvious"\npatterns = ["<subject.past> x"]\n', 3, "no list <subject>"),
        ('[[rules]]\nid = "obvious"\npatterns = ["<slip.passed> x"]\n', 3, "a list stands alone"),
        ('[[rules]]\nid = "obvious"\npatterns = ["a|<roles> x"]\n', 3, "a list stands alone"),
        ('[[rules]]\nid = "obvious"\npatterns = ["[ x"]\n', 3, "closing bracket"),
        ('[[rules]]\nid = "obvious"\nexceptions = ["@none"]\n', 3, "no exceptions 'none'"),
        ('[[rules]]\nid = "obvious"\n\nabout = ["song"]\n', 4, "'song'"),
        ('[[rules]]\nid = "obvious"\nreplaces = "all"\n', 3, '"sentence" or "words"'),
    ],
)
def test_faults_of_a_teams_file_are_named_by_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    with pytest.raises(InvalidInputError, match=rf"ours\.toml, line {line}: ") as error:
        rules.load(_team(tmp_path, text))
    assert what in str(error.value)
