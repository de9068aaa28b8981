"""What is known of an action item's ticket since it was last seen."""

from dataclasses import dataclass, field
from datetime import datetime

from models.tracking.fields import FieldConflict
from models.tracking.screens import CreateField
from models.tracking.sprints import Seen


@dataclass(frozen=True, slots=True)
class Ticket:
    """One action item's ticket, as it was seen last.

    ``ticket_id`` stays when the ticket moves to another project; ``key`` is its name now.
    ``category`` is the tracker's "new", "indeterminate" or "done"; ``updated`` its own stamp of
    the last change, as it wrote it. ``base`` is what both sides agreed on last, field by field
    (see ``fields.exchange``), ``conflicts`` what a person has to decide. ``sprint`` is the id of
    the sprint it is wanted in here ("" for the backlog), None where nobody here said so;
    ``sprint_agreed`` that whoever said so means a running sprint, too.
    A ticket that is not ``visible`` was deleted or hidden; nothing is ever made in its place.
    ``refused`` says why the tracker did not take a change of ours, "" while it took all;
    ``refused_fields`` are the fields it speaks of, as people see them there, ``wants`` those that
    a step of the workflow asks for, and ``answers`` what somebody gave for such fields, in words
    by their names, until the tracker took the step.
    """

    action_id: str
    connection: str
    ticket_id: str
    key: str
    url: str = ""
    status: str = ""
    category: str = ""
    resolution: str = ""
    visible: bool = True
    seen_at: datetime | None = None
    updated: str = ""
    base: dict[str, str] = field(default_factory=dict)
    conflicts: tuple[FieldConflict, ...] = ()
    sprint: str | None = None
    sprint_agreed: bool = False
    seen: Seen | None = None
    refused: str = ""
    refused_fields: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    wants: tuple[CreateField, ...] = ()
