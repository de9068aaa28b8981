"""A post-mortem as the HTML of the reading pane. Pure; runs off the user-interface thread."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.ui.document import prose
from app.ui.theme import Theme
from app.ui.wording import Wording, count, duration, grouped, span_words
from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import (
    Event,
    Evidence,
    Impact,
    Incident,
    ResponseRecord,
    StepState,
    current_events,
    durations,
)
from models.domain.moments import Precision
from models.domain.whys import About, WhyTree, walk

_ABOUT = {
    About.OCCURRENCE: "Why did it happen?",
    About.DETECTION: "Why did we not see it sooner?",
    About.RESPONSE: "Why did it take so long to stop?",
}


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws documents in one theme and text size (1.0 is 100 %)."""

    theme: Theme
    scale: float
    wording: Wording

    def page(self, document: Document) -> str:
        """The whole text, section by section; what is empty is left out."""
        body = "".join(self._sections(document))
        if not body:
            body = f'<p class="quiet">{prose.text("Nothing is written yet.")}</p>'
        return f"<html><head><style>{self._style()}</style></head><body>{body}</body></html>"

    def _sections(self, document: Document) -> Iterator[str]:
        mortem = document.post_mortem
        yield self._prose("Summary", mortem.summary)
        several = len(mortem.incidents) > 1
        for number, incident in enumerate(mortem.incidents, 1):
            title = incident.title or f"Incident {number}"
            if several:
                yield f'<p class="incident">{prose.text(title)}</p>'
            yield from self._incident(incident)
        yield from (self._why_tree(tree, document) for tree in mortem.whys if tree.nodes)
        yield self._prose("Contributing factors", mortem.contributing_factors)
        yield self._prose("What went well", mortem.lessons.went_well)
        yield self._prose("What went wrong", mortem.lessons.went_wrong)
        yield self._prose("Where we got lucky", mortem.lessons.lucky)
        yield self._prose("Lessons", mortem.lessons.text)
        yield self._actions(document.actions)
        for section in mortem.sections:
            yield self._prose(section.heading, section.markdown)
        yield self._linked(document)

    def _incident(self, incident: Incident) -> Iterator[str]:
        yield self._impact(incident.impact)
        trigger = self.wording.name("triggers", incident.trigger.kind)
        yield self._labelled("Trigger", trigger, incident.trigger.text)
        source = self.wording.name("detections", incident.detection.source)
        yield self._labelled("Detection", source, incident.detection.text)
        yield self._prose("Resolution", incident.resolution)
        yield self._timeline(incident.timeline)
        for record in incident.response:
            yield self._response(record)

    def _prose(self, heading: str, markdown: str) -> str:
        return self._section(heading, prose.block(markdown)) if markdown.strip() else ""

    @staticmethod
    def _section(heading: str, body: str) -> str:
        return f'<p class="heading">{prose.text(heading)}</p>{body}' if body else ""

    def _labelled(self, heading: str, kind: str, markdown: str) -> str:
        body = f"<p><b>{prose.text(kind)}</b></p>" if kind else ""
        return self._section(heading, body + (prose.block(markdown) if markdown.strip() else ""))

    def _impact(self, impact: Impact) -> str:
        measures = "".join(
            f"<li><b>{prose.text(self.wording.name('measures', m.name))}:</b>"
            f" {prose.text(' '.join(filter(None, (grouped(m.value), m.unit))))}"
            f"{' (' + prose.inline(m.text) + ')' if m.text else ''}</li>"
            for m in impact.measures
        )
        windows = "".join(
            f"<li>{prose.text(span_words(w.start, w.end))}"
            f"{': ' + prose.inline(w.text) if w.text else ''}</li>"
            for w in impact.windows
        )
        rows = measures + windows
        text = prose.block(impact.text) if impact.text.strip() else ""
        return self._section("Impact", text + (f"<ul>{rows}</ul>" if rows else ""))

    def _timeline(self, log: tuple[Event, ...]) -> str:
        events = current_events(log)
        rows, day = [], ""
        timed = any(_clock(event) for event in events)
        for event in events:
            if event.at is not None:
                today = f"{event.at.day} {event.at:%B %Y}"
                if today != day:
                    rows.append(f'<tr><td colspan="3" class="day">{today}</td></tr>')
                    day = today
            kind = self.wording.name("event_kinds", event.kind)
            clock = f'<td class="time" width="{self._px(64)}">{_clock(event)}</td>'
            rows.append(
                f"<tr>{clock if timed else ''}"
                f'<td class="kind" width="{self._px(110)}">{prose.text(kind)}</td>'
                f"<td>{prose.inline(event.text)}{self._evidence(event.evidence)}</td></tr>"
            )
        return self._section("Timeline, in UTC", _table(rows))

    def _evidence(self, evidence: Iterable[Evidence]) -> str:
        shown = []
        for item in evidence:
            words = prose.text(item.text or item.target)
            safe = item.target.startswith(("http://", "https://"))
            link = f'<a href="{prose.text(item.target)}">{words}</a>'
            shown.append(link if safe else words)
        return f'<br><span class="quiet">Evidence: {", ".join(shown)}</span>' if shown else ""

    def _response(self, record: ResponseRecord) -> str:
        rows = []
        for step in record.steps:
            state = {StepState.DONE: "done", StepState.NOT_APPLICABLE: "did not apply"}
            name = self.wording.step(record.framework, step.step)
            notes = prose.inline(step.notes or step.reason)
            fields = "; ".join(f"{prose.text(k)}: {prose.text(v)}" for k, v in step.record.items())
            rows.append(
                f'<tr><td class="kind" width="{self._px(150)}">{prose.text(name)}</td>'
                f'<td class="kind" width="{self._px(90)}">{state.get(step.state, "not done")}</td>'
                f"<td>{'<br>'.join(filter(None, (notes, fields)))}</td></tr>"
            )
        return self._section(f"Response, {self.wording.framework(record.framework)}", _table(rows))

    def _why_tree(self, tree: WhyTree, document: Document) -> str:
        parts = [f"<p><b>{prose.inline(tree.problem)}</b></p>" if tree.problem else ""]
        for number, node in walk(tree):
            depth = number.count(".")
            join = '<span class="accent">AND</span> ' if node.joined else ""
            lines = [
                f'<b>{number}</b> {join}<span class="quiet">{prose.inline(node.question)}</span>'
            ]
            lines.append(prose.inline(node.answer) + self._evidence(node.evidence))
            if node.stop is not None:
                lines.append(self._stop(node.stop.reason.value, node.stop.text, node.id, document))
            margin = round(22 * depth * self.scale)
            body = "<br>".join(line for line in lines if line)
            parts.append(f'<p style="margin-left:{margin}px">{body}</p>')
        return self._section(_ABOUT[tree.about], "".join(parts))

    def _stop(self, reason: str, why: str, node_id: str, document: Document) -> str:
        words = f"Root, {prose.text(reason)}" + (f": {prose.inline(why)}" if why else "")
        root = document.root_of(node_id)
        refs = [action.ref for action in document.actions_of(root.id)] if root else []
        named = f" → {prose.text(', '.join(refs))}" if refs else ""
        return f'<span class="root">{words}{named}</span>'

    def _actions(self, actions: tuple[ActionItem, ...]) -> str:
        if not actions:
            return ""
        rows = [self._action(action) for action in actions]
        still_open = sum(action.is_open for action in actions)
        heading = f"Corrective actions, {still_open} of {len(actions)} open"
        return self._section(heading, _table(rows))

    def _action(self, action: ActionItem) -> str:
        tones = {
            ActionState.DONE: "root",
            ActionState.VERIFIED: "root",
            ActionState.IN_PROGRESS: "accent",
        }
        state = self.wording.name("action_states", action.state.value)
        due = f", due {action.due.day} {action.due:%b %Y}" if action.due and action.is_open else ""
        who = " / ".join(filter(None, (action.team, action.owner)))
        links = self._evidence(
            Evidence("link", link, link) for link in action.links if link.startswith("http")
        )
        keys = ", ".join(link for link in action.links if not link.startswith("http"))
        title = prose.inline(action.title) + (f" ({prose.text(keys)})" if keys else "")
        return (
            f'<tr><td class="kind" width="{self._px(48)}"><b>{prose.text(action.ref)}</b></td>'
            f"<td>{title}{links}</td>"
            f'<td class="kind">{prose.text(who)}</td>'
            f'<td class="kind" align="right"><span class="{tones.get(action.state, "quiet")}">'
            f"{prose.text(state)}{due}</span></td></tr>"
        )

    def _linked(self, document: Document) -> str:
        related = "".join(
            f'<li>{prose.text(r.kind.value.capitalize())} <a href="pm:{prose.text(r.ref)}">'
            f"{prose.text(r.ref)}</a> {prose.text(r.title)}"
            f"{': ' + prose.inline(r.note) if r.note else ''}</li>"
            for r in document.relations
        )
        files = "".join(f"<li>{prose.text(a.name)}</li>" for a in document.attachments)
        aliases = ", ".join(document.post_mortem.aliases)
        return (
            self._section("Related", f"<ul>{related}</ul>" if related else "")
            + self._section("Attachments", f"<ul>{files}</ul>" if files else "")
            + (f'<p class="quiet">Also known as: {prose.text(aliases)}</p>' if aliases else "")
        )

    def _px(self, size: float) -> int:
        return round(size * self.scale)

    def _style(self) -> str:
        t = self.theme

        def px(size: float) -> str:
            return f"{self._px(size)}px"

        return f"""
body {{ color: {t.text}; font-size: {px(14)}; }}
p {{ margin: 0 0 {px(6)} 0; line-height: 140%; }}
.incident {{ font-size: {px(16)}; font-weight: 600; margin: {px(18)} 0 0 0; }}
.heading {{ font-size: {px(14)}; font-weight: 600; margin: {px(14)} 0 {px(4)} 0; }}
li {{ margin: 0 0 {px(3)} 0; line-height: 140%; }}
td {{ line-height: 135%; vertical-align: top; }}
th {{ text-align: left; font-weight: 600; }}
a {{ color: {t.accent}; }}
code, pre {{ font-size: {px(12)}; background-color: {t.sunken}; }}
blockquote {{ color: {t.text2}; margin-left: {px(16)}; }}
.quiet, .kind {{ color: {t.text2}; font-size: {px(12)}; }}
.time {{ color: {t.text2}; font-size: {px(12)}; font-weight: 600; }}
.day {{ color: {t.text3}; font-size: {px(11)}; font-weight: 600; }}
.root {{ color: {t.green.text}; font-size: {px(12)}; }}
.accent {{ color: {t.accent}; font-size: {px(12)}; font-weight: 600; }}
"""


def _clock(event: Event) -> str:
    if event.at is None or event.precision in (Precision.DAY, Precision.MONTH, Precision.UNKNOWN):
        return ""
    about = "~" if event.precision is Precision.APPROXIMATE else ""
    seconds = f":{event.at:%S}" if event.at.second else ""
    return f"{about}{event.at:%H:%M}{seconds}"


def _table(rows: list[str]) -> str:
    if not rows:
        return ""
    return f'<table cellspacing="0" cellpadding="4" width="100%">{"".join(rows)}</table>'


@dataclass(frozen=True, slots=True)
class Tile:
    """One measure above the text: what, how much, what it rests on."""

    name: str
    value: str
    note: str


def tiles(document: Document, wording: Wording) -> tuple[Tile, ...]:
    """Times to detect, mitigate and resolve of the first incident, and its first measures."""
    if not document.post_mortem.incidents:
        return ()
    incident = document.post_mortem.incidents[0]
    spans = durations(incident)
    detected = wording.name("detections", incident.detection.source)
    timed = (
        ("Time to detect", "ttd_s", spans.ttd_s, f"by {detected}" if detected else ""),
        ("Time to mitigate", "ttm_s", spans.ttm_s, "user impact over"),
        ("Time to resolve", "ttr_s", spans.ttr_s, "all clear"),
    )
    result = [
        Tile(name, duration(seconds, inexact=key in spans.inexact), note)
        for name, key, seconds, note in timed
        if seconds is not None
    ]
    for measure in incident.impact.measures[: 4 - len(result)]:
        name = wording.name("measures", measure.name)
        result.append(Tile(name, grouped(measure.value), measure.unit))
    return tuple(result)


def head_sentence(document: Document) -> str:
    """What stands beside the ref: how many of what the document holds, for a screen reader."""
    mortem = document.post_mortem
    events = sum(len(current_events(i.timeline)) for i in mortem.incidents)
    whys = sum(1 for tree in mortem.whys for _ in walk(tree))
    parts = (count(events, "event"), count(whys, "why"), count(len(document.actions), "action"))
    return ", ".join(parts)
