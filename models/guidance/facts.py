"""Rules on what happened: details, impact, timeline, detection."""

from collections.abc import Callable, Iterator

from models.completeness import SHORT, out_of_order
from models.domain.incident import Incident, IncidentState
from models.domain.moments import Moment
from models.guidance.found import Facts, Found, Rule, incidents


def _known(moment: Moment | None) -> bool:
    return moment is not None and moment.is_known


def _lacking(section: str, is_there: Callable[[Incident], bool]) -> Rule:
    """A rule that finds the incidents without something."""

    def rule(facts: Facts) -> Iterator[Found]:
        for incident in incidents(facts):
            if not is_there(incident):
                yield Found(f"{section}/{incident.id}", incident=incident)

    return rule


def _lacking_time(name: str, *, after: tuple[IncidentState, ...] = ()) -> Rule:
    """A rule that finds the incidents without a time; not before they are so far."""
    return _lacking(
        "details",
        lambda one: _known(getattr(one.times, name)) or (bool(after) and one.state not in after),
    )


def _lacking_text(is_there: Callable[[Facts], bool], place: str) -> Rule:
    def rule(facts: Facts) -> Iterator[Found]:
        if not is_there(facts):
            yield Found(place)

    return rule


def _turned(incident: Incident) -> bool:
    return any(
        w.start and w.end and w.start.at and w.end.at and w.end.at < w.start.at
        for w in incident.impact.windows
    )


def _open(incident: Incident) -> bool:
    """Whether a window lacks a time that it must have: its end only once it is over."""
    is_over = incident.state is not IncidentState.LIVE
    return any(
        not _known(w.start) or (is_over and not _known(w.end)) for w in incident.impact.windows
    )


def _short_summary(facts: Facts) -> Iterator[Found]:
    if 0 < len(facts.document.post_mortem.summary.split()) < SHORT:
        yield Found("summary")


def _few_events(number: int) -> Rule:
    def rule(facts: Facts) -> Iterator[Found]:
        for incident, events in facts.timelines:
            if len(events) == number:
                yield Found(f"timeline/{incident.id}", incident=incident)

    return rule


def _silent_events(facts: Facts) -> Iterator[Found]:
    for incident, events in facts.timelines:
        for event in events:
            if not event.text.strip():
                name = f"at {event.at:%H:%M} UTC" if event.at else "without a time"
                yield Found(event.id, name, incident)


def _undated_events(facts: Facts) -> Iterator[Found]:
    for incident, events in facts.timelines:
        for event in events:
            if event.text.strip() and event.at is None:
                yield Found(event.id, shortened(event.text), incident)


def shortened(text: str, most: int = 50) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


def _detection(part: str, is_there: Callable[[Incident], bool]) -> Rule:
    def rule(facts: Facts) -> Iterator[Found]:
        for incident in incidents(facts):
            if not is_there(incident):
                yield Found(f"detection/{incident.id}-{part}", incident=incident)

    return rule


_OVER = (IncidentState.MITIGATED, IncidentState.RESOLVED)

RULES: dict[str, Rule] = {
    "times out of order": _lacking("details", lambda one: not out_of_order(one)),
    "window turned round": _lacking("impact", lambda one: not _turned(one)),
    "title": _lacking_text(lambda f: bool(f.document.post_mortem.title.strip()), "details"),
    "incident": _lacking_text(lambda f: bool(incidents(f)), "details"),
    "severity": _lacking("details", lambda one: bool(one.severity)),
    "onset": _lacking_time("onset"),
    "detected": _lacking_time("detected"),
    "mitigated": _lacking_time("mitigated", after=_OVER),
    "resolved": _lacking_time("resolved", after=(IncidentState.RESOLVED,)),
    "still live": _lacking("details", lambda one: one.state is not IncidentState.LIVE),
    "services": _lacking("details", lambda one: bool(one.services)),
    "trigger": _lacking("details", lambda one: bool(one.trigger.kind or one.trigger.text.strip())),
    "authors": _lacking_text(lambda f: bool(f.document.post_mortem.authors), "details"),
    "facilitator": _lacking_text(
        lambda f: bool(f.document.post_mortem.facilitator.strip()), "details"
    ),
    "summary": _lacking_text(lambda f: bool(f.document.post_mortem.summary.strip()), "summary"),
    "short summary": _short_summary,
    "impact": _lacking("impact", lambda one: bool(one.impact.text.strip())),
    "impact window": _lacking("impact", lambda one: bool(one.impact.windows)),
    "open window": _lacking("impact", lambda one: not _open(one)),
    "measure": _lacking("impact", lambda one: bool(one.impact.measures)),
    "timeline": _few_events(0),
    "short timeline": _few_events(1),
    "silent event": _silent_events,
    "undated event": _undated_events,
    "detection": _detection("detection", lambda one: bool(one.detection.text.strip())),
    "resolution": _detection("resolution", lambda one: bool(one.resolution.strip())),
}
