"""An incident: what happened, from its first minute."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from models.domain.moments import Moment, Precision


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a why or an event is so.

    ``kind`` is one of link, quote, attachment, event, action, query; ``target`` is the URL, the
    attachment's name, the id of the event or action, or the query; ``text`` is what people read.
    The action that an event names is its follow-up: what replaces a temporary hotfix.
    """

    kind: str
    text: str = ""
    target: str = ""

    @property
    def says_where(self) -> bool:
        """Whether it has what its kind is for: the words of a quote, else what it points to."""
        return bool((self.text if self.kind == "quote" else self.target).strip())


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the append-only event log.

    ``at`` (UTC), ``zone`` and ``precision`` say when it occurred, ``recorded_at`` when it was
    written down, ``by_role`` who by (a role, not a name). A correction is a new entry that names
    the entry it ``corrects``; a correction without text withdraws it. ``written`` is the time in
    the source's own words where they say more ("12:45 PM PST Saturday", "14:20-15:00"), else "".
    A ``starred`` entry is one of those that tell the story in short.
    """

    id: str
    at: datetime | None
    zone: str = "UTC"
    precision: Precision = Precision.EXACT
    written: str = ""
    kind: str = "note"
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    recorded_at: datetime | None = None
    by_role: str = ""
    corrects: str | None = None
    starred: bool = False

    @property
    def moment(self) -> Moment:
        """When it occurred."""
        return Moment(self.at, self.zone, self.precision)


def current_events(log: tuple[Event, ...]) -> tuple[Event, ...]:
    """The timeline people read: without corrected or withdrawn entries, in the order of UTC.

    Entries of one instant and entries without a time keep the place the log gives them: an
    entry without a time stays behind the entry it follows. A correction stands where the entry
    stood that it corrects; it corrects only what was in the log before it.
    """
    shown: dict[str, tuple[int, Event]] = {}
    places: dict[str, int] = {}
    for index, event in enumerate(log):
        corrects = event.corrects if event.corrects in places else None
        places[event.id] = index if corrects is None else places[corrects]
        if corrects is not None:
            shown.pop(corrects, None)
        if corrects is None or event.text:
            shown[event.id] = places[event.id], event
    keyed: list[tuple[datetime, int, Event]] = []
    last = datetime.min.replace(tzinfo=UTC)
    for index, event in sorted(shown.values(), key=lambda item: item[0]):
        if event.at is not None:
            last = event.at
        keyed.append((last, index, event))
    return tuple(event for _, _, event in sorted(keyed, key=lambda item: item[:2]))


@dataclass(frozen=True, slots=True)
class Times:
    """The instants of an incident; None where nothing is known."""

    introduced: Moment | None = None
    onset: Moment | None = None
    detected: Moment | None = None
    acknowledged: Moment | None = None
    mitigated: Moment | None = None
    resolved: Moment | None = None


@dataclass(frozen=True, slots=True)
class SeverityChange:
    """The severity as it was set at an instant (UTC)."""

    severity: str
    at: datetime
    by_role: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What set it off; never a cause. ``kind`` is a term of the vocabulary "triggers"."""

    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Detection:
    """How it was noticed. ``source`` is a term of the vocabulary "detections"."""

    source: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImpactWindow:
    """A span in which users were affected; ``end`` is None while it lasts or is not known."""

    start: Moment | None = None
    end: Moment | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that says how much: "Failed saves", 18420, "requests"."""

    name: str
    value: str
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Impact:
    """Who was affected, when and by how much."""

    windows: tuple[ImpactWindow, ...] = ()
    measures: tuple[Measure, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class RoleHolding:
    """Who held a role of the response (a role or a team, not a name), and a handover's times."""

    role: str
    holder: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """A message that went out, its audience, and the promised time of the next one (UTC)."""

    id: str
    at: datetime | None
    audience: str = ""
    text: str = ""
    next_promised: datetime | None = None


class StepState(StrEnum):
    """How far a step of a response framework was followed."""

    NOT_DONE = "not done"
    DONE = "done"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What was done in one step. ``notes`` is Markdown; ``reason`` says why it did not apply.

    ``record`` holds what the framework's step asks for, by the name of its field.
    """

    step: str
    state: StepState = StepState.NOT_DONE
    at: Moment | None = None
    role: str = ""
    notes: str = ""
    reason: str = ""
    record: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResponseRecord:
    """How the incident was handled, by the steps of one framework ("roll-back")."""

    framework: str
    steps: tuple[StepRecord, ...] = ()


class IncidentState(StrEnum):
    """Where the incident stands."""

    LIVE = "live"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class StateChange:
    """The state as it was set at an instant (UTC); ``reason`` where a gate was passed over."""

    state: IncidentState
    at: datetime
    by_role: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, from its first minute. Prose fields are Markdown.

    ``severity`` is a term of the vocabulary "severities" and the last of ``severity_history``;
    ``services`` and ``layers`` are names; ``timeline`` is the append-only event log.
    """

    id: str
    title: str = ""
    state: IncidentState = IncidentState.RESOLVED
    state_history: tuple[StateChange, ...] = ()
    severity: str = ""
    severity_history: tuple[SeverityChange, ...] = ()
    services: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    trigger: Trigger = Trigger()
    detection: Detection = Detection()
    resolution: str = ""
    times: Times = Times()
    impact: Impact = Impact()
    roles: tuple[RoleHolding, ...] = ()
    updates: tuple[StatusUpdate, ...] = ()
    timeline: tuple[Event, ...] = ()
    response: tuple[ResponseRecord, ...] = ()


def occurred(incident: Incident) -> Moment | None:
    """When the incident is said to have happened: its onset, else the earliest known time."""
    times = incident.times
    for moment in (
        times.onset,
        times.detected,
        times.acknowledged,
        times.mitigated,
        times.resolved,
    ):
        if moment is not None and moment.at is not None:
            return moment
    dated = [e.moment for e in current_events(incident.timeline) if e.at is not None]
    return dated[0] if dated else None


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds between the times of an incident; None where one of them is not known.

    ttd = onset to detected, tta = detected to acknowledged (None without an alert), ttm = onset
    to mitigated, ttr = onset to resolved, impact = the sum of the impact windows. ``inexact``
    names those that rest on an inexact time.
    """

    ttd_s: float | None = None
    tta_s: float | None = None
    ttm_s: float | None = None
    ttr_s: float | None = None
    impact_s: float | None = None
    inexact: tuple[str, ...] = ()


def _span(start: Moment | None, end: Moment | None) -> tuple[float | None, bool]:
    """Seconds from start to end and whether both are exact; None when unknown or reversed."""
    if start is None or end is None or not (start.is_known and end.is_known):
        return None, True
    if start.at is None or end.at is None or end.at < start.at:
        return None, True
    return (end.at - start.at).total_seconds(), start.is_exact and end.is_exact


def durations(incident: Incident) -> Durations:
    """The durations of an incident, as ``Durations`` defines them."""
    times = incident.times
    alerted = incident.detection.source in ("", "alert")
    spans = {
        "ttd_s": _span(times.onset, times.detected),
        "tta_s": _span(times.detected, times.acknowledged) if alerted else (None, True),
        "ttm_s": _span(times.onset, times.mitigated),
        "ttr_s": _span(times.onset, times.resolved),
    }
    windows = [_span(window.start, window.end) for window in incident.impact.windows]
    known = [seconds for seconds, _ in windows if seconds is not None]
    exact = len(known) == len(windows) and all(is_exact for _, is_exact in windows)
    spans["impact_s"] = (sum(known), exact) if known else (None, True)
    inexact = tuple(name for name, (_, is_exact) in spans.items() if not is_exact)
    return Durations(
        ttd_s=spans["ttd_s"][0],
        tta_s=spans["tta_s"][0],
        ttm_s=spans["ttm_s"][0],
        ttr_s=spans["ttr_s"][0],
        impact_s=spans["impact_s"][0],
        inexact=inexact,
    )
