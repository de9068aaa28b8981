"""An incident of a post-mortem as sections of a page."""

from collections.abc import Iterator

from integrations.export.pieces import (
    cell,
    headed,
    listed,
    plain,
    quiet,
    row,
    side_cell,
    table,
    wide_cell,
)
from integrations.export.prose import Prose
from integrations.export.wording import (
    Words,
    clock_words,
    day_words,
    duration,
    grouped,
    instant_words,
    moment_words,
    span_words,
)
from models.domain.incident import (
    Event,
    Impact,
    Incident,
    ResponseRecord,
    RoleHolding,
    StepRecord,
    StepState,
    current_events,
    durations,
)
from models.domain.moments import exactly

_TIMES = {
    "introduced": "Introduced",
    "onset": "Onset",
    "detected": "Detected",
    "acknowledged": "Acknowledged",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
}
_DURATIONS = {
    "ttd_s": "Time to detect",
    "tta_s": "Time to acknowledge",
    "ttm_s": "Time to mitigate",
    "ttr_s": "Time to resolve",
    "impact_s": "Impact",
}
_STATES = {
    StepState.DONE: "done",
    StepState.NOT_DONE: "not done",
    StepState.NOT_APPLICABLE: "did not apply",
}


def incident_html(incident: Incident, number: int, prose: Prose, words: Words) -> Iterator[str]:
    """Its sections; the anchors of the second incident and later ones end in their number."""
    end = f"-{number}" if number > 1 else ""
    yield from headed(f"impact{end}", "Impact", _impact(incident.impact, prose, words))
    trigger, source = incident.trigger, incident.detection
    kind = words.name("triggers", trigger.kind)
    yield from headed(f"trigger{end}", "Trigger", _named(kind, trigger.text, prose))
    kind = words.name("detections", source.source)
    yield from headed(f"detection{end}", "Detection", _named(kind, source.text, prose))
    yield from prose.section(f"resolution{end}", "Resolution", incident.resolution)
    yield from headed(f"times{end}", "Times", _times(incident))
    yield from headed(f"timeline{end}", "Timeline, in UTC", _timeline(incident, prose, words))
    yield from headed(f"response{end}", "Response", _response(incident, prose, words))


def _named(name: str, markdown: str, prose: Prose) -> str:
    return (f"<p><strong>{plain(name)}</strong></p>" if name else "") + prose.block(markdown)


def _impact(impact: Impact, prose: Prose, words: Words) -> str:
    rows = []
    for m in impact.measures:
        value = plain(" ".join(filter(None, (grouped(m.value), m.unit))))
        note = f" ({prose.inline(m.text)})" if m.text else ""
        name = plain(words.name("measures", m.name))
        rows.append(f"<li><strong>{name}:</strong> {value}{note}</li>")
    rows += [
        f"<li>{span_words(w.start, w.end)}{prose.inline(w.text, ': ')}</li>" for w in impact.windows
    ]
    return prose.block(impact.text) + listed(rows)


def _times(incident: Incident) -> str:
    rows = [
        row(cell(name, "kind"), wide_cell(moment_words(moment)))
        for attribute, name in _TIMES.items()
        if (moment := getattr(incident.times, attribute)) is not None
    ]
    spans = durations(incident)
    for attribute, name in _DURATIONS.items():
        seconds = getattr(spans, attribute)
        if seconds is not None:
            lasted = duration(seconds, inexact=attribute in spans.inexact)
            rows.append(row(cell(name, "kind"), wide_cell(lasted)))
    return table(rows)


STAR = "★ "
"""Before the words of a starred event."""


def _timeline(incident: Incident, prose: Prose, words: Words) -> str:
    events = current_events(incident.timeline)
    timed = any(map(_clock, events))
    rows, day = [], ""
    for event in events:
        today = day_words(event.moment)
        if today and today != day:
            rows.append(f'<tr><td colspan="{2 + timed}" class="day">{today}</td></tr>')
            day = today
        # The anchor stands in a cell: Qt knows none of rows.
        kind = plain(words.name("event_kinds", event.kind))
        cells = [cell(_clock(event), "time")] if timed else []
        cells.append(cell(kind, "kind", anchor=f"timeline-{plain(event.id)}"))
        said = STAR if event.starred else ""
        said += prose.inline(event.text) + prose.evidence(event.evidence, event.text)
        rows.append(row(*cells, wide_cell(said)))
    return table(rows)


def _clock(event: Event) -> str:
    return clock_words(event.moment) or ("" if event.at else plain(event.written))


def _response(incident: Incident, prose: Prose, words: Words) -> str:
    records = "".join(_record(record, prose, words) for record in incident.response)
    roles = listed(
        f"<li><strong>{plain(r.role)}:</strong> {plain(r.holder)} {quiet(_held(r))}</li>"
        for r in incident.roles
    )
    updates = (
        row(side_cell(instant_words(u.at), plain(u.audience)), cell(prose.inline(u.text)))
        for u in incident.updates
    )
    return records + roles + table(updates, ("Status update", ""))


def _held(holding: RoleHolding) -> str:
    if holding.since and holding.until:
        return span_words(exactly(holding.since), exactly(holding.until))
    return instant_words(holding.since, "since ") or instant_words(holding.until, "until ")


def _record(response: ResponseRecord, prose: Prose, words: Words) -> str:
    rows = (
        row(
            side_cell(plain(words.step(response.framework, step.step)), _STATES[step.state]),
            cell(_step(response.framework, step, prose, words)),
        )
        for step in response.steps
    )
    return f"<h3>{plain(words.framework(response.framework))}</h3>" + table(rows)


def _step(framework: str, step: StepRecord, prose: Prose, words: Words) -> str:
    record = words.record(framework, step.step, step.record)
    parts = [
        prose.inline(step.notes),
        prose.inline(step.reason),
        *(f"{quiet(plain(key) + ':')} {prose.inline(value)}" for key, value in record),
        quiet(moment_words(step.at)) if step.at else "",
    ]
    return "".join(f"<div>{part}</div>" for part in parts if part)
