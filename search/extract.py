"""A document of the library as the index sees it: flat, in named sections of plain text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.document import Document
from models.domain.action import DONE_STATES, due_date
from models.domain.incident import Event, Incident, current_events
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import PostMortem, layers, occurred_at, services
from models.domain.root import RelationKind
from models.domain.whys import About, WhyTree, address, walk
from models.tracking.sprints import Seen, carried_over
from models.tracking.standing import stays
from search.documents import IndexedDocument, NamedAction, NamedRoot, Section

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\(\s*+<?+([^)\s>\[]*+)[^)\[]*+\)")
_URL = re.compile(r"https?://[^\s<>()\[\]\"'`|]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>|<!--(?:(?!<!--|-->).)*+-->", re.DOTALL)
# None of them looks at a letter more than a few times, whatever a text of ten megabytes holds.
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+](?= )|[|:\- ]{3,}$)[ \t]*", re.MULTILINE)
_INLINE_MARK = re.compile(r"\*\*|__|`+|~~|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?])[*_](?!\w)|\|")
FIELDS_APART = "\n\n"
"""Between neighbouring fields of one section; a snippet shows it."""
_FRAMES = ("Front matter", "Wording of the source")
"""Sections that an import keeps for completeness; they say little of the failure."""
_WHYS = {
    About.OCCURRENCE: "5 Whys",
    About.DETECTION: "5 Whys, detection",
    About.RESPONSE: "5 Whys, response",
}


def extract(
    document: Document, due_days: Mapping[str, int], tickets: Mapping[str, Seen] | None = None
) -> IndexedDocument:
    """The view of a document that is indexed. ``due_days`` is the due policy, by severity;
    ``tickets`` is what was seen of its actions' tickets, by the actions' ids.
    """
    seen = tickets or {}
    mortem = document.post_mortem
    severity = next((i.severity for i in mortem.incidents if i.severity), "")
    moment = occurred_at(mortem)
    written = [Section(name, plain(text)) for name, text in _texts(document) if text.strip()]
    addresses = dict.fromkeys(url for _, text in _texts(document) for url in _URL.findall(text))
    if addresses:
        written.append(Section("Links", "\n".join(addresses)))
    triggers = (incident.trigger.kind for incident in mortem.incidents)
    roots = {root.id: root for root in document.roots}
    linked = (roots[k.root_id] for k in document.leaf_roots if not k.until and k.root_id in roots)
    return IndexedDocument(
        id=mortem.id,
        ref=document.ref,
        title=mortem.title,
        sections=tuple(section for section in written if section.text),
        aliases=mortem.aliases,
        services=services(mortem),
        severity=severity,
        status=mortem.status.value,
        layers=layers(mortem),
        triggers=tuple(dict.fromkeys(kind for kind in triggers if kind)),
        tags=mortem.tags,
        authors=mortem.authors,
        roots=tuple(dict.fromkeys(NamedRoot(root.id, root.title) for root in linked)),
        flags=tuple(sorted(_flags(document, seen))),
        occurred_at=moment.at if moment else None,
        occurred_on=_local(moment).date() if moment and moment.at else None,
        open_due=_open_due(document, due_days.get(severity)),
        actions=_actions(document, seen),
    )


def plain(markdown: str) -> str:
    """Markdown without its marks and link targets, good enough to be read in a snippet."""
    text = _TAG.sub(" ", _LINK.sub(r"\1", markdown.replace("\\|", "|")))
    return _INLINE_MARK.sub("", _LINE_MARK.sub("", text)).strip()


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text with the name of its section; what tells most of the failure comes first, as
    likeness is judged by the first words.
    """
    mortem = document.post_mortem
    yield "Summary", mortem.summary
    for incident in mortem.incidents:
        yield "Trigger", incident.trigger.text
        yield "Impact", incident.impact.text
    for tree in mortem.whys:
        yield from _why_texts(tree)
    yield "Contributing factors", mortem.contributing_factors
    for root in document.roots:
        yield "Root", root.title
    for section in mortem.sections:
        if section.heading not in _FRAMES:
            yield section.heading, section.markdown
    for incident in mortem.incidents:
        yield from _incident_texts(incident)
    yield from _lesson_texts(mortem)
    for action in document.actions:
        words = (action.title, action.text, action.done_when, action.reason, action.owner)
        more = (action.team, *action.links)
        yield f"Actions, {action.ref or 'new'}", FIELDS_APART.join(w for w in (*words, *more) if w)
    yield from _remark_texts(document)
    for section in mortem.sections:
        if section.heading in _FRAMES:
            yield section.heading, section.markdown


def _why_texts(tree: WhyTree) -> Iterator[tuple[str, str]]:
    name = _WHYS[tree.about]
    yield f"{name}, problem", tree.problem
    for number, node in walk(tree):
        evidence = [f"{e.text} {e.target}" for e in node.evidence]
        stop = node.stop.text if node.stop else ""
        yield (
            f"{name}, {address(tree, number).rpartition(':')[2]}",
            FIELDS_APART.join(
                part for part in (node.question, node.answer, stop, *evidence) if part
            ),
        )


def _incident_texts(incident: Incident) -> Iterator[tuple[str, str]]:
    yield "Incident", incident.title
    yield "Detection", incident.detection.text
    yield "Resolution", incident.resolution
    for window in incident.impact.windows:
        yield "Impact", window.text
    for measure in incident.impact.measures:
        words = (measure.name, measure.value, measure.unit, measure.text)
        yield "Impact", " ".join(word for word in words if word)
    for event in current_events(incident.timeline):
        evidence = " ".join(f"{e.text} {e.target}" for e in event.evidence)
        yield (
            f"Timeline, {clock(event)}".rstrip(", "),
            f"{event.text}{FIELDS_APART}{evidence}".strip(),
        )
    for response in incident.response:
        for step in response.steps:
            notes = (step.notes, step.reason, *step.record.values())
            yield f"Response, {step.step}", FIELDS_APART.join(note for note in notes if note)
    for update in incident.updates:
        yield "Status updates", update.text
    for holding in incident.roles:
        yield "Roles", f"{holding.role} {holding.holder}".strip()


def _lesson_texts(mortem: PostMortem) -> Iterator[tuple[str, str]]:
    lessons = mortem.lessons
    yield "Lessons, what went well", lessons.went_well
    yield "Lessons, what went wrong", lessons.went_wrong
    yield "Lessons, where we were lucky", lessons.lucky
    yield "Lessons", lessons.text


def _remark_texts(document: Document) -> Iterator[tuple[str, str]]:
    mortem = document.post_mortem
    for review in mortem.reviews:
        yield "Reviews", review.text
    for comment in mortem.comments:
        yield "Comments", comment.text
    for relation in document.relations:
        yield "Related", f"{relation.ref} {relation.title} {relation.note}".strip()
    for attachment in document.attachments:
        yield f"Attachments, {attachment.name}", attachment.name


def clock(event: Event) -> str:
    """The time of an event as its source gives it."""
    if event.at is None or event.precision in (Precision.MONTH, Precision.UNKNOWN):
        return event.written
    at = _local(event.moment)
    return at.strftime("%d %b" if event.precision is Precision.DAY else "%H:%M")


def _local(moment: Moment) -> datetime:
    """A moment in the zone its source used, in UTC where that zone is not known."""
    if moment.at is None:
        raise ValueError("A moment without a time has no local time")
    try:
        return moment.at.astimezone(_zone(moment.zone))
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return moment.at


def _zone(name: str) -> tzinfo:
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return ZoneInfo(name)
    sign, hours, minutes = offset.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(ahead if sign == "+" else -ahead)


def _flags(document: Document, seen: Mapping[str, Seen]) -> set[str]:
    mortem = document.post_mortem
    flags = {f"is:{mortem.status.value.lower().replace(' ', '-')}"}
    facts = {
        "is:historical": mortem.historical,
        "is:repeat": any(r.kind is RelationKind.REPEAT_OF for r in document.relations),
        "has:actions": bool(document.actions),
        "has:open-actions": any(action.is_open for action in document.actions),
        "has:attachments": bool(document.attachments),
        "has:roots": any(not link.until for link in document.leaf_roots),
        "has:timeline": any(incident.timeline for incident in mortem.incidents),
        "has:whys": any(tree.nodes for tree in mortem.whys),
        "action:open": any(action.is_open for action in document.actions),
        "action:done": any(action.state in DONE_STATES for action in document.actions),
        "action:slipped": any(
            action.is_open and action.id in seen and carried_over(seen[action.id])
            for action in document.actions
        ),
    }
    return flags | {flag for flag, so in facts.items() if so}


def _open_due(document: Document, severity_days: int | None) -> tuple[date, ...]:
    """The due dates of the open actions; historical post-mortems are outside overdue counts."""
    if document.post_mortem.historical:
        return ()
    due = (due_date(action, severity_days) for action in document.actions if action.is_open)
    return tuple(sorted({day for day in due if day}))


def _actions(document: Document, seen: Mapping[str, Seen]) -> tuple[NamedAction, ...]:
    """The actions that are open or done; what became of those of historical post-mortems is seldom
    known here.
    """
    if document.post_mortem.historical:
        return ()
    return tuple(
        NamedAction(
            action.ref,
            action.is_open,
            action.ready_at,
            action.done_at,
            stays(seen[action.id]) if action.id in seen else (),
        )
        for action in document.actions
        if action.ref and (action.is_open or action.state in DONE_STATES)
    )
