"""Response frameworks as data: the steps by which an incident is handled and recorded.

They are records of the handling and independent of templates (choices of sections).
"""

from dataclasses import dataclass
from pathlib import Path

from models import data_files


@dataclass(frozen=True, slots=True)
class LogLine:
    """A suggested entry of the event log: its kind, and a text with {blanks} to fill in."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordField:
    """One thing that a step's record must hold; ``id`` is its name in ``StepRecord.record``."""

    id: str
    label: str
    hint: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its aim, what to ask, what to log, when it is done, what to keep."""

    id: str
    letter: str
    title: str
    goal: str
    done_when: str
    prompts: tuple[str, ...] = ()
    log_lines: tuple[LogLine, ...] = ()
    record: tuple[RecordField, ...] = ()

    def __post_init__(self) -> None:
        _different("record", [entry.id for entry in self.record])


@dataclass(frozen=True, slots=True)
class Framework:
    """Steps in their order. ``update_minutes`` is the promised rhythm of status updates."""

    id: str
    name: str
    steps: tuple[Step, ...]
    description: str = ""
    use_when: str = ""
    update_minutes: int = 15

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("a framework needs a step")
        _different("steps", [step.id for step in self.steps])

    def step(self, step_id: str) -> Step | None:
        """The step of an id."""
        return next((step for step in self.steps if step.id == step_id), None)


def _different(name: str, ids: list[str]) -> None:
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ValueError(f"{name} uses the id {twice[0]!r} twice")


def load(team_folder: Path | None = None) -> dict[str, Framework]:
    """The product's frameworks and those in ``team_folder``/frameworks, by id.

    A team's framework takes the place of the product's with the same id.
    Raises ``InvalidInputError`` naming the file and the line of a fault.
    """
    return data_files.load(Framework, "frameworks", team_folder)
