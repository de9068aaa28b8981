"""What a tracker's screens ask for: fields with their rules, and the values that they may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field may take."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CreateField:
    """A field of a screen on which a ticket is made, or takes a step of its workflow.

    ``kind`` is the schema's type ("option", "array", "user", "string", "number", "date", ...),
    ``custom`` the schema's custom type, "" for the site's own.
    """

    id: str
    name: str
    required: bool
    kind: str
    custom: str = ""
    has_default: bool = False
    choices: tuple[Choice, ...] = ()
