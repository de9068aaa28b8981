"""Response frameworks as data: the steps by which an incident is handled and recorded.

They are records of the handling and independent of templates (choices of sections).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from models import data_files
from models.decoding import PartError
from models.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class LogLine:
    """A suggested entry of the event log: its kind, and a text with {blanks} to fill in."""

    kind: str
    text: str


class RecordKind(StrEnum):
    """What a part of a record is made of, and so the form that takes it.

    The last three are not kept in the step: they show the incident's own roles and status
    updates, and how far the why trees are.
    """

    LINE = "line"
    TEXT = "text"
    TIME = "time"
    CHOICE = "choice"
    CHANGE = "change"
    COMPARISON = "before and after"
    CHECK = "check"
    LAYER = "layer"
    TELEMETRY = "telemetry"
    WINDOW = "window"
    ACTION = "action"
    ROLES = "roles"
    UPDATES = "updates"
    WHYS = "whys"


ELSEWHERE = (RecordKind.ROLES, RecordKind.UPDATES, RecordKind.WHYS)
"""Kinds whose facts stand in the incident or in the why trees, not in the step."""


class PartKind(StrEnum):
    """The control that takes one value."""

    LINE = "line"
    TEXT = "text"
    TIME = "time"
    CHOICE = "choice"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a record. ``name`` is "" for what is said in words."""

    name: str
    label: str = ""
    kind: PartKind = PartKind.LINE
    options: tuple[str, ...] = ()


PARTS: dict[RecordKind, tuple[Part, ...]] = {
    RecordKind.LINE: (Part(""),),
    RecordKind.TEXT: (Part("", kind=PartKind.TEXT),),
    RecordKind.TIME: (Part("", kind=PartKind.TIME),),
    RecordKind.CHOICE: (Part("", kind=PartKind.CHOICE),),
    RecordKind.ACTION: (Part("", kind=PartKind.ACTION),),
    RecordKind.CHANGE: (
        Part("from", "From"),
        Part("to", "To"),
        Part("at", "When", PartKind.TIME),
        Part("", "In words"),
    ),
    RecordKind.COMPARISON: (Part("before", "Before"), Part("after", "After"), Part("", "In words")),
    RecordKind.CHECK: (
        Part("result", "Result", PartKind.CHOICE, ("found", "ruled out", "not checked")),
        Part("", "How many, shown by what"),
    ),
    RecordKind.LAYER: (
        Part("finding", "Finding", PartKind.CHOICE, ("suspected", "ruled out", "found")),
        Part("at", "When", PartKind.TIME),
        Part("", "Evidence"),
    ),
    RecordKind.TELEMETRY: (
        Part("baseline", "Baseline"),
        Part("peak", "Peak"),
        Part("now", "Now"),
        Part("unit", "Unit"),
        Part("", "Source, in words"),
    ),
    RecordKind.WINDOW: (
        Part("from", "From", PartKind.TIME),
        Part("to", "To", PartKind.TIME),
        Part("", "Traffic in it"),
    ),
}
"""The values that each kind is made of."""

NEEDED: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.CHANGE: ("from", "to", "at"),
    RecordKind.COMPARISON: ("before", "after"),
    RecordKind.CHECK: ("result",),
    RecordKind.LAYER: ("finding", ""),
    RecordKind.TELEMETRY: ("baseline", "peak", "now"),
    RecordKind.WINDOW: ("from", "to", ""),
}
"""The values without which a record of the kind is not whole; of others, what is in words."""

_IN_WORDS = (RecordKind.CHANGE, RecordKind.COMPARISON, RecordKind.CHECK)
"""Kinds that words alone may settle: "Not used: the pool was the limit"."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """One thing that a step's record must hold.

    ``id`` is its name in ``StepRecord.record``, for what is said in words; its other values stand
    beside it (``key``). ``unit`` is the usual one of telemetry. ``options`` are those of a choice,
    or the roles that have to be held. ``when`` names a choice of the same step and the option that
    the field belongs to; without it the field is always asked for.
    """

    id: str
    label: str
    hint: str = ""
    example: str = ""
    kind: RecordKind = RecordKind.LINE
    unit: str = ""
    options: tuple[str, ...] = ()
    when: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind is RecordKind.CHOICE and not self.options:
            raise PartError("kind", f"the choice {self.id!r} needs options")

    @property
    def parts(self) -> tuple[Part, ...]:
        """The values it is made of."""
        return PARTS.get(self.kind, ())

    def key(self, part: str) -> str:
        """The name of one of its values in ``StepRecord.record``."""
        return f"{self.id} {part}" if part else self.id

    def is_asked(self, record: dict[str, str]) -> bool:
        """Whether it belongs to what was chosen; what says something always does."""
        return all(record.get(name, "") == option for name, option in self.when.items()) or any(
            record.get(self.key(part.name)) for part in self.parts
        )

    def said(self, record: dict[str, str]) -> str:
        """What a record holds of it, in a line: "baseline 410, now 430 ms: dashboard"."""
        held = [(part, record.get(self.key(part.name), "")) for part in self.parts]
        unit = next((value for part, value in held if part.name == "unit"), "")
        values = ", ".join(
            value if part.kind is PartKind.CHOICE else f"{part.label.lower()} {value}"
            for part, value in held
            if value and part.name not in ("", "unit")
        )
        in_words = record.get(self.id, "") if self.parts else ""
        return ": ".join(filter(None, (f"{values} {unit}".strip(), in_words)))

    def is_kept(self, record: dict[str, str]) -> bool:
        """Whether a record holds it whole."""
        needed = NEEDED.get(self.kind, ("",))
        if self.kind in _IN_WORDS and record.get(self.id, "").strip():
            return True
        return all(record.get(self.key(part), "").strip() for part in needed)


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
        choices = {entry.id: entry.options for entry in self.record}
        taken: set[str] = set()
        for place, entry in enumerate(self.record):
            keys = {entry.key(part.name) for part in entry.parts}
            if keys & taken:
                clash = min(keys & taken)
                raise PartError(f"record[{place}].id", f"{clash!r} names another value already")
            taken |= keys
            for name, option in entry.when.items():
                if option not in choices.get(name, ()):
                    words = f"there is no choice {name!r} with the option {option!r}"
                    raise PartError(f"record[{place}].when", words)


@dataclass(frozen=True, slots=True)
class Framework:
    """Steps in their order.

    ``update_minutes`` is the rhythm of status updates where it is another than the severity's.
    """

    id: str
    name: str
    steps: tuple[Step, ...]
    description: str = ""
    use_when: str = ""
    update_minutes: int | None = None

    def __post_init__(self) -> None:
        if not self.steps:
            raise PartError("steps", "a framework needs a step")
        _different("steps", [step.id for step in self.steps])
        if self.update_minutes is not None and self.update_minutes < 1:
            raise PartError("update_minutes", "a number of minutes above 0 is expected")

    def step(self, step_id: str) -> Step | None:
        """The step of an id."""
        return next((step for step in self.steps if step.id == step_id), None)


def _different(name: str, ids: list[str]) -> None:
    for place, id in enumerate(ids):
        if id in ids[:place]:
            raise PartError(f"{name}[{place}].id", f"the id {id!r} stands here already")


def load(
    team_folder: Path | None = None, faults: list[InvalidInputError] | None = None
) -> dict[str, Framework]:
    """The product's frameworks and those in ``team_folder``/frameworks, by id.

    A team's framework takes the place of the product's with the same id. A file that cannot be
    used is left out and its fault, with file and line, put into ``faults``; raised without it.
    """
    return data_files.load(Framework, "frameworks", team_folder, faults)
