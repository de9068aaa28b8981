"""Reading the incidents of the Markdown form, from front matter and sections."""

from dataclasses import replace
from typing import Any

from integrations.markdown import form_tables as tables
from integrations.markdown.form_facts import Facts
from integrations.markdown.form_fields import at_line, read_choice
from integrations.markdown.form_items import Entry, Row
from integrations.markdown.form_places import Places, event_place
from integrations.markdown.form_rest import Rest
from integrations.markdown.form_sections import Part, Parts, subsections
from integrations.markdown.form_stray import Strays
from integrations.markdown.form_text import unescaped
from integrations.markdown.form_times import read_instant, read_moment
from models.document import new_id
from models.domain.incident import (
    Detection,
    Event,
    Evidence,
    Impact,
    ImpactWindow,
    Incident,
    IncidentState,
    Measure,
    ResponseRecord,
    RoleHolding,
    SeverityChange,
    StateChange,
    StatusUpdate,
    StepRecord,
    Times,
    Trigger,
)
from models.domain.moments import Moment
from models.errors import InvalidInputError

_FACTS = (
    *("incident", "state", "severity", "services", "layers", "trigger", "detection", "times"),
    "severity_history",
    "state_history",
)


def read_timelines(
    facts: Facts, parts: Parts, places: Places, strays: Strays, rest: Rest | None
) -> dict[int, list[Entry]]:
    """The entries of every timeline, by the number of the incident; their names are known then."""
    more = facts.maps("more_incidents")
    timelines = {}
    for number in range(1, parts.incidents + 1):
        own = facts if number == 1 else _nth(more, number - 2)
        times = _times(own.map("times"))
        items = tables.TIMELINE.read_loose(parts.get("timeline", number).rows)
        known = [getattr(times, name) for name in ("onset", "detected", "mitigated", "resolved")]
        known += rest.moments(number) if rest else []
        timelines[number] = strays.timeline(items, known)
    for number, entries in timelines.items():
        for n, entry in enumerate(entries, 1):
            if entry.values["known_as"]:
                places.name(entry.values["known_as"], event_place(number, n))
    return timelines


def read_incidents(
    facts: Facts, parts: Parts, timelines: dict[int, list[Entry]], places: Places, strays: Strays
) -> tuple[Incident, ...]:
    """The incidents: the first from the front matter itself, others from "more_incidents"."""
    more = facts.maps("more_incidents")
    named = any(facts.has(name) for name in _FACTS)
    count = max(parts.incidents, 1 + len(more) if named or more else 0)
    incidents = []
    for number in range(1, count + 1):
        own = facts if number == 1 else _nth(more, number - 2)
        timeline = tuple(
            _event(entry, event_place(number, n), places)
            for n, entry in enumerate(timelines.get(number, []), 1)
        )
        incidents.append(replace(_incident(number, own, parts, strays), timeline=timeline))
        if number > 1:
            own.finish()
    return tuple(incidents)


def _nth(facts: list[Facts], index: int) -> Facts:
    return facts[index] if index < len(facts) else Facts(None, "“more_incidents”")


def _incident(number: int, facts: Facts, parts: Parts, strays: Strays) -> Incident:
    def prose(key: str) -> str:
        return tables.FREE.read(parts.get(key, number).texts())

    state = facts.read(
        "state", lambda text: read_choice(IncidentState, text), IncidentState.RESOLVED
    )
    return Incident(
        id=new_id(),
        title=facts.text("incident"),
        state=state,
        severity=facts.text("severity"),
        state_history=tuple(map(_state_change, facts.maps("state_history"))),
        severity_history=tuple(map(_severity_change, facts.maps("severity_history"))),
        services=facts.texts("services"),
        layers=facts.texts("layers"),
        trigger=Trigger(facts.text("trigger"), prose("trigger")),
        detection=Detection(facts.text("detection"), prose("detection")),
        resolution=prose("resolution"),
        times=_times(facts.map("times")),
        impact=_impact(parts.get("impact", number), strays),
        roles=tuple(
            RoleHolding(e.head, **e.values)
            for e in strays.roles(tables.ROLES.read_loose(parts.get("roles", number).rows))
        ),
        updates=tuple(
            _update(e, strays)
            for e in strays.others(
                tables.UPDATES.read_loose(parts.get("updates", number).rows), "updates", ""
            )
        ),
        response=_response(parts.get("response", number), strays),
    )


def _state_change(facts: Facts) -> StateChange:
    change = StateChange(
        facts.read("state", lambda text: read_choice(IncidentState, text), IncidentState.RESOLVED),
        facts.read("at", read_instant),
        facts.text("by"),
        facts.text("reason"),
    )
    facts.finish()
    return change


def _severity_change(facts: Facts) -> SeverityChange:
    change = SeverityChange(
        facts.text("severity"),
        facts.read("at", read_instant),
        facts.text("by"),
        facts.text("reason"),
    )
    facts.finish()
    return change


def _times(facts: Facts) -> Times:
    moments = {name: facts.read(name, read_moment, None) for name in tables.TIMES}
    facts.finish()
    return Times(**moments)


def _impact(part: Part, strays: Strays) -> Impact:
    text, entries = strays.impact(*tables.IMPACT.read(part.rows, tables.IMPACT_TEXT))
    windows, measures = [], []
    for entry in entries:
        values = entry.values
        wrong = ("value", "unit") if entry.label == "Window" else ("start", "end")
        if any(values[name] for name in wrong) or (entry.label == "Window" and entry.head):
            raise InvalidInputError(
                f"Line {entry.line}: a window has “from”, “to” and “note”, "
                "a measure a name, “value”, “unit” and “note”"
            )
        if entry.label == "Window":
            windows.append(ImpactWindow(values["start"], values["end"], values["text"]))
        else:
            rest = {name: values[name] for name in ("value", "unit", "text")}
            measures.append(Measure(entry.head, **rest))
    return Impact(tuple(windows), tuple(measures), text)


def _label_moment(entry: Entry, label: str) -> Moment:
    try:
        return read_moment(label)
    except InvalidInputError as error:
        raise at_line(entry.line, error) from error


def _update(entry: Entry, strays: Strays) -> StatusUpdate:
    try:
        at, text = read_moment(entry.label).at, entry.head
    except InvalidInputError:
        at, text = None, f"**{entry.label}** {entry.head}"
        label = Row(entry.line, entry.label)
        strays.tell(label, "is not a time. It is kept in the text of its status update.")
    return StatusUpdate(new_id(), at, text=text, **entry.values)


def _event(entry: Entry, place: str, places: Places) -> Event:
    bracket = entry.label.find("]")
    comma = entry.label.find(",", bracket if "[" in entry.label.partition(",")[0] else 0)
    time, kind = (
        (entry.label, "note") if comma < 0 else (entry.label[:comma], entry.label[comma + 1 :])
    )
    moment = _label_moment(entry, time)
    values: dict[str, Any] = dict(entry.values)
    values["evidence"] = read_evidence(values["evidence"], entry, places)
    corrects = values.pop("corrects")
    del values["known_as"]
    return Event(
        places.define(place),
        moment.at,
        moment.zone,
        moment.precision,
        kind=unescaped(kind.strip(" \t")),
        text=entry.head,
        corrects=places.find(corrects, entry.line) if corrects else None,
        **values,
    )


def read_evidence(
    evidence: tuple[Evidence, ...], entry: Entry, places: Places
) -> tuple[Evidence, ...]:
    """Evidence whose events and actions are named by id again."""
    return tuple(
        Evidence(one.kind, one.text, places.find(one.target, entry.line))
        if one.kind in ("event", "action")
        else one
        for one in evidence
    )


def _response(part: Part, strays: Strays) -> tuple[ResponseRecord, ...]:
    before, frameworks = subsections(part.rows, tables.FREE, lambda _: True, strays)
    strays.keep("response", before)
    return tuple(
        ResponseRecord(
            unescaped(framework.heading),
            tuple(
                StepRecord(entry.head, **{**entry.values, "record": dict(entry.values["record"])})
                for entry in strays.others(
                    tables.STEPS.read_loose(framework.rows), "response", "notes"
                )
            ),
        )
        for framework in frameworks
    )
