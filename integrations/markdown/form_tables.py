"""The Markdown form at a glance: its headings and what the entries of its lists hold.

Attribute -> field, for both directions; the writer and the reader only go through these tables.
"""

import re

from integrations.markdown.form_fields import (
    Field,
    Given,
    choice,
    day,
    evidence,
    flag,
    instant,
    moment,
    number,
    prose,
    record,
    text,
    texts,
)
from integrations.markdown.form_items import ListForm
from integrations.markdown.form_text import Prose
from models.domain.action import ActionState
from models.domain.incident import StepState
from models.domain.root import RelationKind
from models.domain.whys import About, StopReason

VERSION = "1"
"""The form's version, behind ``afterwhy:`` in the front matter. A reader knows only its own."""

INCIDENT_SECTIONS = {
    "impact": "Impact",
    "trigger": "Trigger",
    "detection": "Detection",
    "timeline": "Timeline",
    "roles": "Roles",
    "updates": "Status updates",
    "response": "Response",
    "resolution": "Resolution",
}
SECTIONS = {
    "summary": "Summary",
    **INCIDENT_SECTIONS,
    "whys": "5 Whys",
    "contributing_factors": "Contributing factors",
    "lessons": "Lessons",
    "actions": "Actions",
    "remarks": "Reviews and comments",
    "relations": "Related post-mortems",
    "attachments": "Attachments",
}
"""Name -> heading of every section that is not custom."""

TIMES = ("introduced", "onset", "detected", "acknowledged", "mitigated", "resolved")

ALWAYS = (
    *("summary", "impact", "timeline", "response", "whys", "contributing_factors", "resolution"),
    *("lessons", "actions"),
)
"""Sections whose headings stand there even when empty, to be filled in."""

LESSONS = {
    "went_well": "What went well",
    "went_wrong": "What went wrong",
    "lucky": "Where we got lucky",
}
ABOUT = {
    About.OCCURRENCE: "Why did it happen?",
    About.DETECTION: "Why did we not see it sooner?",
    About.RESPONSE: "Why did it take so long to stop?",
}

CUSTOM = "<!-- custom -->"
"""Behind the heading of a custom section that would read like one of the form's own."""

INCIDENT_HEADING = re.compile(r"Incident ([1-9]\d{0,2})")


def key_of(heading: str) -> str | None:
    """The name of the section of a heading, None for a custom one."""
    return _BY_HEADING.get(heading.casefold())


_BY_HEADING = {heading.casefold(): key for key, heading in SECTIONS.items()}
_OWN_HEADINGS = "|".join(re.escape(heading) for heading in SECTIONS.values())
_CLOSES = rf"(?:## (?:{_OWN_HEADINGS})|# Incident \d+)[ \t]*$"


def _subheadings(names: dict[str, str] | dict[About, str]) -> str:
    return "### (?:" + "|".join(re.escape(name) for name in names.values()) + ")[ \t]*$"


FREE = Prose(margin=True, closes=_CLOSES)
"""A section that is prose alone."""

LESSON = Prose(_subheadings(LESSONS), margin=True, closes=_CLOSES)

_TIME_LABEL = r"(?:about )?\d{4}-\d\d[^*]*|unknown[^*]*|no time[^*]*"

TIMELINE = ListForm(
    _TIME_LABEL,
    {
        "evidence": evidence("evidence"),
        "by_role": text("by"),
        "recorded_at": instant("recorded"),
        "written": text("time in the source"),
        "corrects": text("corrects"),
        "known_as": text("known as"),
        "starred": flag("starred"),
    },
    prose=True,
)
UPDATES = ListForm(
    _TIME_LABEL,
    {"audience": text("audience"), "next_promised": instant("next promised")},
    prose=True,
)
ROLES = ListForm(
    "Role",
    {"holder": text("held by"), "since": instant("since"), "until": instant("until")},
)
IMPACT = ListForm(
    "Window|Measure",
    {
        "start": moment("from"),
        "end": moment("to"),
        "value": text("value"),
        "unit": text("unit"),
        "text": prose("note"),
    },
)
STEPS = ListForm(
    "Step",
    {
        "state": choice("state", StepState, StepState.NOT_DONE),
        "at": moment("at"),
        "role": text("by"),
        "notes": prose("notes"),
        "reason": text("reason"),
        "record": record("record"),
    },
)
_OTHER_LISTS = r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|\|"
"""Lists and tables as people write them elsewhere; in the text of a problem they are escaped."""

WHYS = ListForm(
    r"why|and|\d+(?:\.\d+)*(?: and)?",
    {
        "answer": prose("because"),
        "evidence": evidence("evidence"),
        "stop": choice("stop", StopReason, None),
        "stop_text": text("stop because"),
        "accepted_by": text("accepted by"),
        "root": Field("root", Given, lambda given: given, absent=None),
    },
    nested=True,
    loose=rf"[ \t]*(?:{_OTHER_LISTS})",
)
ACTIONS = ListForm(
    r"[A-Z][A-Z0-9]*-\d+|new",
    {
        "state": choice("state", ActionState, ActionState.PROPOSED),
        "type": text("type"),
        "priority": text("priority"),
        "team": text("team"),
        "owner": text("owner"),
        "due": day("due"),
        "done_when": text("done when"),
        "text": prose("details"),
        "roots": text("addresses"),
        "links": texts("link"),
        "ready_at": instant("ready"),
        "done_at": instant("done"),
        "verified": Field("verified", Given, lambda given: given.text, absent=None),
        "verified_by": text("verified by"),
        "verified_at": instant("verified at"),
        "reason": text("reason"),
        "accepted_by": text("accepted by"),
        "superseded_by": text("superseded by"),
    },
)
REMARKS = ListForm(
    "Review|Comment",
    {
        "anchor": text("on"),
        "role": text("by"),
        "asked_at": instant("asked"),
        "decision": text("decision"),
        "decided_at": instant("decided"),
        "at": instant("at"),
        "resolved": flag("resolved"),
        "text": text("text"),
    },
)
RELATIONS = ListForm(
    "|".join(re.escape(kind) for kind in RelationKind),
    {"ref": text("ref"), "id": text("id"), "since": instant("since"), "note": prose("note")},
)
ATTACHMENTS = ListForm(
    "File",
    {"media_type": text("type"), "size": number("bytes"), "sha256": text("sha256")},
)

IMPACT_TEXT = Prose(IMPACT.own, margin=True, closes=_CLOSES)
PROBLEM = Prose(f"{_OTHER_LISTS}|{_subheadings(ABOUT)}", margin=True, closes=_CLOSES)
