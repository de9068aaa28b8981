"""A whole document as people outside may read it, with what was left out said at its end."""

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Event, Evidence, Incident, current_events
from models.domain.post_mortem import PostMortem, Section
from models.redaction.lone_names import suspects
from models.redaction.people import People
from models.redaction.quotes import authors, parts
from models.redaction.sections import EXTERNAL, left_out, names_of, with_sections
from models.redaction.texts import LINKS, NAMES, QUOTES, Texts, rules

T = TypeVar("T")

_IDS = frozenset(("id", "corrects", "node_id", "root_id", "action_id"))
_TERMS = frozenset(("zone", "template", "framework", "step"))
"""Fields that hold a term of the product, no words of people."""
_OUTSIDE = uuid.UUID("6f1d3c52-9f0e-5b0b-8c41-3a1f0a9d7e10")
HEADING = "What this version leaves out"
_RULES = (
    "This was found by lists and rules. What none of them knows, such as a name that nobody lists "
    "as a person's, may remain."
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A document for people outside; ``left_out`` says in words what is missing, and how much.

    ``suspects`` are words that stayed and look like names of persons, for whoever sends it.
    """

    document: Document
    left_out: tuple[str, ...]
    suspects: tuple[str, ...] = ()


def redact(
    document: Document,
    given_names: Collection[str],
    sections: Collection[str] = EXTERNAL,
    public_hosts: Collection[str] = (),
) -> Redacted:
    """The document without persons, internal links and names, comments, reviews and attachments.

    ``given_names`` (in lower case) tell a person whom no field names; links to ``public_hosts``
    stay. The ids are others, so that nothing leads back, and the same each time.
    """
    missing = left_out(document, sections)
    known = _owners(document.actions) | names_of(document.post_mortem)
    whole = "\n".join(parts(document, str))
    people = People(
        known,
        whole,
        given=frozenset(given_names),
        of_teams=rules()["of_teams"],
        words=rules()["words"],
        authors=authors(document),
    )
    own = (document.ref, *(action.ref for action in document.actions))
    texts = Texts(people, own, public_hosts)
    told = _bare(with_sections(document, sections), texts)
    told = _mapped(told, texts.rewritten)
    texts.counts[NAMES] += _named(document.post_mortem)
    said = tuple(_said(document, missing, texts))
    note = Section(_new_id(f"{document.post_mortem.id} note"), HEADING, _note(said))
    mortem = replace(told.post_mortem, sections=(*told.post_mortem.sections, note))
    looked_at = (text for text in parts(told, str) if not isinstance(text, StrEnum))
    no_names = {word for name in ("of_teams", "words") for word in rules()[name]}
    left = suspects(looked_at, no_names)
    return Redacted(replace(told, post_mortem=mortem, ref=document.ref), said, left)


def _owners(actions: tuple[ActionItem, ...]) -> dict[str, str]:
    owners = {a.owner.strip(): f"the owner in {a.team}" if a.team else "the owner" for a in actions}
    accepted = dict.fromkeys((a.accepted_by.strip() for a in actions), "who accepted the risk")
    return {name: label for name, label in (owners | accepted).items() if name}


def _named(mortem: PostMortem) -> int:
    """How many fields name who wrote, led or answered."""
    holders = sum(bool(h.holder) for incident in mortem.incidents for h in incident.roles)
    return len(mortem.authors) + bool(mortem.facilitator) + holders


def _bare(document: Document, texts: Texts) -> Document:
    """Without the fields that are about persons, history and places inside."""
    mortem = replace(
        document.post_mortem,
        status_history=(),
        authors=(),
        facilitator="",
        incidents=tuple(_incident(i, texts) for i in document.post_mortem.incidents),
        reviews=(),
        comments=(),
        review_due=None,
        review_meeting=None,
        tags=(),
        aliases=(),
        source_labels=(),
    )
    actions = tuple(
        replace(a, owner="", links=(), verification=None, accepted_by="", superseded_by=None)
        for a in document.actions
    )
    bare = replace(
        document, post_mortem=mortem, actions=actions, relations=(), attachments=(), version=0
    )
    return _evident(bare, texts)


def _incident(incident: Incident, texts: Texts) -> Incident:
    events = (
        replace(
            event,
            text=texts.without_speaker(event.text),
            recorded_at=None,
            by_role="",
            corrects=None,
        )
        for event in current_events(incident.timeline)
    )
    return replace(
        incident,
        severity_history=(),
        state_history=(),
        timeline=tuple(events),
        roles=tuple(replace(holding, holder="") for holding in incident.roles),
    )


def _evident(value: T, texts: Texts) -> T:
    """With the evidence that people outside can read: its words, and links to public places.

    A quote is what a source says as it stands, with who said it when: none is told.
    """

    def kept(evidence: tuple[Evidence, ...]) -> Iterator[Evidence]:
        for one in evidence:
            if one.kind == "quote":
                texts.counts[QUOTES] += 1
            elif one.kind == "event" or texts.is_public(one.target):
                yield one
            elif one.kind == "link" and one.text:
                texts.counts[LINKS] += bool(one.target)
                yield Evidence("quote", one.text)
            else:
                texts.counts["pieces of evidence"] += 1

    def walked(each: Any) -> Any:
        if isinstance(each, tuple):
            if each and isinstance(each[0], Evidence):
                return tuple(kept(each))
            return tuple(map(walked, each))
        if is_dataclass(each) and not isinstance(each, type):
            return replace(each, **{f.name: walked(getattr(each, f.name)) for f in fields(each)})
        return each

    result: T = walked(value)
    return result


def _mapped(value: T, rewrite: Callable[[str], str]) -> T:
    """Every text rewritten, every id another; a field that is new in the domain is no exception."""

    def word(each: str, name: str) -> str:
        if isinstance(each, StrEnum) or name in _TERMS:
            return each
        return _new_id(each) if name in _IDS else rewrite(each)

    def walked(each: Any, name: str) -> Any:
        if isinstance(each, str):
            return word(each, name)
        if isinstance(each, tuple):
            return tuple(walked(item, name) for item in each)
        if isinstance(each, dict):
            return {rewrite(str(key)): walked(item, "") for key, item in each.items()}
        if isinstance(each, Evidence):
            target = _new_id(each.target) if each.kind == "event" else each.target
            return replace(each, text=rewrite(each.text), target=target)
        if is_dataclass(each) and not isinstance(each, type):
            changes = {f.name: walked(getattr(each, f.name), f.name) for f in fields(each)}
            return replace(each, **changes)
        return each

    result: T = walked(value, "")
    return result


def _new_id(id: str) -> str:
    return str(uuid.uuid5(_OUTSIDE, id))


def _said(document: Document, missing: tuple[str, ...], texts: Texts) -> Iterator[str]:
    mortem = document.post_mortem
    if missing:
        yield f"Sections: {', '.join(missing)}"
    beside = {
        "comments": len(mortem.comments),
        "reviews": len(mortem.reviews),
        "related post-mortems": len(document.relations),
        "attachments": len(document.attachments),
        "corrected entries of the timeline": sum(_corrected(i.timeline) for i in mortem.incidents),
    }
    for name, count in (*texts.counts.items(), *beside.items()):
        if count:
            yield f"{name[0].upper()}{name[1:]}: {count}"


def _corrected(timeline: tuple[Event, ...]) -> int:
    return len(timeline) - len(current_events(timeline))


def _note(said: tuple[str, ...]) -> str:
    items = "\n".join(f"- {line}" for line in said) or "- Nothing but who wrote it"
    outside = "This version is for readers outside the organisation. It leaves out:"
    return f"{outside}\n\n{items}\n\n{_RULES}"
