"""The sprint field of a ticket: objects on Cloud, texts on Data Center; both read everywhere."""

import re
from collections.abc import Mapping

from integrations.jira.shapes import Json, figure, moment, text
from models.tracking.sprints import Sprint, SprintState

SPRINT_TYPE = "com.pyxis.greenhopper.jira:gh-sprint"
"""The schema's type of the field; its name is translated and its number differs by site."""

_DATE = r"(?:<null>|\d{4}-\d\d-\d\dT[^,\]]*|)"
_DATES = re.compile(
    rf",startDate=(?P<startDate>{_DATE}),endDate=(?P<endDate>{_DATE})"
    rf",completeDate=(?P<completeDate>{_DATE})"
)
_WHOLE = re.compile(r"\[(.*)\]\s*\Z", re.DOTALL)
_NAME = re.compile(r"(?:\A|,)name=")
_GOAL = re.compile(r",goal=.*?(?=,id=\d+\Z|\Z)", re.DOTALL)
_FACT = re.compile(r"(?:\A|,)(id|rapidViewId|state)=(\w+)(?=,|\Z)")


def find_field(fields: list[Json]) -> Json | None:
    """The sprint field among a site's fields; None where there are no sprints."""
    for field in fields:
        schema = field.get("schema")
        if isinstance(schema, dict) and schema.get("custom") == SPRINT_TYPE:
            return field
    return None


def read_sprints(value: object) -> tuple[Sprint, ...]:
    """The sprints in a sprint field; what cannot be read as one is left out."""
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    found = (read_sprint(one) for one in listed)
    return tuple({sprint.id: sprint for sprint in found if sprint is not None}.values())


def read_sprint(value: object) -> Sprint | None:
    """One sprint, from an object of the field or of a board, or from a text."""
    if isinstance(value, str):
        return _from_facts(_facts(value))
    return _from_facts(value) if isinstance(value, dict) else None


def _from_facts(raw: Mapping[str, object]) -> Sprint | None:
    id = figure(raw, "id")
    state = text(raw, "state").lower()
    if id is None or state not in tuple(SprintState):
        return None
    boards = (figure(raw, name) for name in ("boardId", "originBoardId", "rapidViewId"))
    return Sprint(
        id=id,
        name=text(raw, "name"),
        state=SprintState(state),
        board=next((board for board in boards if board is not None), None),
        starts_at=moment(raw, "startDate"),
        ends_at=moment(raw, "endDate"),
        completed_at=moment(raw, "completeDate"),
    )


def _facts(written: str) -> dict[str, str]:
    """The members of ``...Sprint@1f[id=1,rapidViewId=2,state=ACTIVE,name=A, b [c],startDate=...]``.

    A name holds commas and brackets; it ends where the three dates follow. The id stands first or
    last. A goal is free text, too, and says nothing here.
    """
    whole = _WHOLE.search(written)
    if whole is None:
        return {}
    inner = whole[1]
    name = _NAME.search(inner)
    dates = _DATES.search(inner, name.end() if name else 0)
    if name is None or dates is None:
        return dict(_FACT.findall(inner))
    tail = _GOAL.sub("", inner[dates.end() :])
    facts = dict(_FACT.findall(inner[: name.start()] + tail))
    return facts | dates.groupdict() | {"name": inner[name.end() : dates.start()]}
