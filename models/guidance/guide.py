"""What guidance says, as data: gaps, gates, sections and the days of a review.

A team's folder "guidance" has files of the same kind; an entry there takes the place of the
product's with the same id.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models import data_files
from models.data_files import DataFile
from models.errors import InvalidInputError
from models.guidance.rules import RULES

MOST_DAYS = 366
"""Days to a review: at most a year."""


class Gate(StrEnum):
    """A step in the life of a post-mortem that asks whether it is ready for it."""

    ASK_FOR_REVIEW = "ask for review"
    MARK_REVIEWED = "mark reviewed"
    RESOLVE = "resolve"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class GapText:
    """What is said of one kind of gap, and where it is closed.

    ``short`` and ``sentence`` may name {name}, {of} (" of" and the incident, where there are
    several) and {more}. ``field`` is the control's name. A template must have one of the
    ``places`` for this to be missing. One that ``waits`` is named by checklists alone.
    """

    id: str
    short: str
    sentence: str
    section: str = ""
    field: str = ""
    places: tuple[str, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class GateText:
    """What a gate is called and which gaps it names. ``before`` heads what is left to do,
    ``anyway`` goes on with a reason."""

    id: Gate
    action: str
    before: str
    anyway: str
    done: str
    complete: str
    missing: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionGuide:
    """Who writes a section, what to ask there, and an example to peek at."""

    key: str
    owner: str = ""
    questions: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class DueRule:
    """Days from the end of an incident of this severity to its review."""

    severity: str
    days: int
    business: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.days <= MOST_DAYS:
            raise ValueError("days are 0 to 366")


@dataclass(frozen=True, slots=True)
class _File:
    gaps: tuple[GapText, ...] = ()
    gates: tuple[GateText, ...] = ()
    sections: tuple[SectionGuide, ...] = ()
    review_due: tuple[DueRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """All of it by id; ``gaps`` in the order in which they are best closed."""

    gaps: dict[str, GapText]
    gates: dict[Gate, GateText]
    sections: dict[str, SectionGuide]
    review_due: dict[str, DueRule]


def load(team_folder: Path | None = None, faults: list[InvalidInputError] | None = None) -> Guide:
    """The product's guidance with what ``team_folder``/guidance adds or replaces.

    A file that cannot be used is left out and its fault, with file and line, put into ``faults``;
    raised without it.
    """
    guide = Guide({}, {}, {}, {})
    for file in data_files.built_in("guidance"):
        _take(guide, file)
    data_files.take_each(
        team_folder, "guidance", lambda path: _take(guide, data_files.read(path)), faults
    )
    return guide


def _take(guide: Guide, file: DataFile) -> None:
    read = file.decode(_File, file.data)
    _check(file, read)
    guide.gaps.update({entry.id: entry for entry in read.gaps})
    guide.gates.update({entry.id: entry for entry in read.gates})
    guide.sections.update({entry.key: entry for entry in read.sections})
    guide.review_due.update({entry.severity: entry for entry in read.review_due})


def _check(file: DataFile, read: _File) -> None:
    """Only what a rule looks for can be said to be missing."""
    for number, gap in enumerate(read.gaps):
        if gap.id not in RULES:
            raise file.fault(f"gaps[{number}].id", f"there is no rule {gap.id!r}")
    for number, gate in enumerate(read.gates):
        unknown = next((need for need in gate.needs if need not in RULES), None)
        if unknown is not None:
            raise file.fault(f"gates[{number}].needs", f"there is no rule {unknown!r}")
