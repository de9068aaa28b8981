"""Reading the Markdown form."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from integrations.markdown import form_tables as tables
from integrations.markdown.blocks import join_blocks
from integrations.markdown.form_facts import Facts
from integrations.markdown.form_fields import read_choice, read_flag, read_number
from integrations.markdown.form_incidents import read_incidents, read_timelines
from integrations.markdown.form_items import Entry
from integrations.markdown.form_places import Places, action_names
from integrations.markdown.form_rest import Rest
from integrations.markdown.form_roots import Roots
from integrations.markdown.form_sections import Parts, subsections
from integrations.markdown.form_stray import Strays
from integrations.markdown.form_times import read_day, read_instant
from integrations.markdown.form_whys import Whys
from models.document import Document, new_id
from models.domain.action import ActionItem, Verification
from models.domain.attachment import Attachment
from models.domain.post_mortem import (
    Comment,
    Lessons,
    PostMortem,
    Review,
    Section,
    Status,
    StatusChange,
)
from models.domain.root import Relation, RelationKind, RootAction
from models.errors import InvalidInputError


def read(
    facts: Facts, parts: Parts, now: datetime, strays: Strays, rest: Rest | None = None
) -> Document:
    """The document of a text in the form, with new ids for what the text gives none.

    ``strays`` takes what is in another notation, ``rest`` has what the text may name without
    having it. Links without a date begin ``now``. Raises ``InvalidInputError`` naming the line of
    the first fault.
    """
    return _Reader(facts, parts, now, strays, rest).document()


_LISTS = {
    "remarks": tables.REMARKS,
    "relations": tables.RELATIONS,
    "attachments": tables.ATTACHMENTS,
}


class _Reader:
    """Reads the parts of one document."""

    def __init__(
        self, facts: Facts, parts: Parts, now: datetime, strays: Strays, rest: Rest | None
    ) -> None:
        self._facts = facts
        self._parts = parts
        self._now = now
        self._strays = strays
        self._places = Places(_action_ids(facts), rest.places() if rest else {})
        self._timelines = read_timelines(facts, parts, self._places, strays, rest)
        self._roots = Roots(facts, now, rest.roots() if rest else {})
        self._whys = Whys(parts.get("whys"), self._places, self._roots, strays)

    def document(self) -> Document:
        self._facts.text("afterwhy")
        ref = self._facts.text("ref")
        version = self._facts.read("version", read_number, 0)
        post_mortem = self._post_mortem()
        items = tables.ACTIONS.read_loose(self._parts.get("actions").rows)
        entries = self._strays.actions(items)
        actions = self._actions(entries)
        links = tuple(
            RootAction(root_id, action.id, self._roots.since(root_id, f"action {action.ref}"))
            for action, entry in zip(actions, entries, strict=True)
            for root_id in self._addressed(entry)
        )
        relations = tuple(map(self._relation, self._entries("relations", "note")))
        attachments = tuple(map(_attachment, self._entries("attachments", None)))
        document = Document(
            post_mortem=replace(post_mortem, sections=self._sections()),
            ref=ref,
            version=version,
            actions=actions,
            roots=self._roots.all(),
            leaf_roots=tuple(self._whys.leaf_roots),
            root_actions=links,
            relations=relations,
            attachments=attachments,
        )
        self._facts.finish()
        self._places.finish()
        return document

    def _entries(self, key: str, attribute: str | None) -> list[Entry]:
        return self._strays.others(
            _LISTS[key].read_loose(self._parts.get(key).rows), key, attribute
        )

    def _prose(self, key: str) -> str:
        return tables.FREE.read(self._parts.get(key).texts())

    def _post_mortem(self) -> PostMortem:
        facts = self._facts
        remarks = [_with_head(entry) for entry in self._entries("remarks", "text")]
        return PostMortem(
            id=facts.text("id") or new_id(),
            title=self._parts.title or "",
            status=facts.read("status", lambda text: read_choice(Status, text), Status.DRAFT),
            historical=facts.read("historical", read_flag, False),
            incidents=read_incidents(
                facts, self._parts, self._timelines, self._places, self._strays
            ),
            tags=facts.texts("tags"),
            authors=facts.texts("authors"),
            facilitator=facts.text("facilitator"),
            template=facts.text("template"),
            aliases=facts.texts("aliases"),
            source_labels=facts.texts("source_labels"),
            review_due=facts.read("review_due", read_day, None),
            review_meeting=facts.read("review_meeting", read_instant, None),
            status_history=tuple(map(_status_change, facts.maps("status_history"))),
            summary=self._prose("summary"),
            whys=self._whys.trees(),
            contributing_factors=self._prose("contributing_factors"),
            lessons=self._lessons(),
            reviews=tuple(_review(e) for e in remarks if e.label == "Review"),
            comments=tuple(self._comment(e) for e in remarks if e.label == "Comment"),
        )

    def _sections(self) -> tuple[Section, ...]:
        """The custom sections, with what found no place in the others."""
        sections = [
            (heading, tables.FREE.read(part.texts())) for heading, part in self._parts.custom
        ]
        for heading, texts in self._strays.kept.items():
            same = next((n for n, (known, _) in enumerate(sections) if known == heading), None)
            if same is None:
                sections.append((heading, join_blocks(texts)))
            else:
                sections[same] = (heading, join_blocks([sections[same][1], *texts]))
        return tuple(Section(new_id(), heading, text) for heading, text in sections)

    def _lessons(self) -> Lessons:
        names = {heading: name for name, heading in tables.LESSONS.items()}
        rows = self._parts.get("lessons").rows
        before, parts = subsections(rows, tables.LESSON, names.__contains__, self._strays)
        found = {"text": tables.LESSON.read([row.text for row in before])}
        for part in parts:
            name = names[part.heading]
            text = tables.LESSON.read(part.texts())
            found[name] = f"{found[name]}\n\n{text}" if name in found else text
        return Lessons(**found)

    def _actions(self, entries: list[Entry]) -> tuple[ActionItem, ...]:
        refs = ["" if entry.label == "new" else entry.label for entry in entries]
        for n, (ref, entry) in enumerate(zip(refs, entries, strict=True)):
            if ref and ref in refs[:n]:
                raise InvalidInputError(
                    f"Line {entry.line}: {ref} stands here a second time",
                    advice="Name another action “new”.",
                )
        ids = [self._places.define(f"action {name}") for name in action_names(refs)]
        return tuple(
            self._action(action_id, ref, entry)
            for action_id, ref, entry in zip(ids, refs, entries, strict=True)
        )

    def _action(self, action_id: str, ref: str, entry: Entry) -> ActionItem:
        values: dict[str, Any] = dict(entry.values)
        del values["roots"]
        evidence, role, at = (values.pop(f"verified{part}") for part in ("", "_by", "_at"))
        checked = evidence is not None or role or at is not None
        superseded = values.pop("superseded_by")
        return ActionItem(
            id=action_id,
            title=entry.head,
            ref=ref,
            verification=Verification(evidence or "", role, at) if checked else None,
            superseded_by=self._places.find(superseded, entry.line) if superseded else None,
            **values,
        )

    def _addressed(self, entry: Entry) -> list[str]:
        names = re.split(r"[,\s]+", entry.values["roots"])
        places = {name: self._places.place(f"why {name}", entry.line) for name in names if name}
        found = (self._roots.find(name, places[name], entry.line) for name in places)
        return list(dict.fromkeys(found))

    def _comment(self, entry: Entry) -> Comment:
        values = entry.values
        anchor = self._places.find(values["anchor"], entry.line)
        return Comment(
            new_id(), anchor, values["text"], values["role"], values["at"], values["resolved"]
        )

    def _relation(self, entry: Entry) -> Relation:
        values = dict(entry.values)
        values["since"] = values["since"] or self._now
        return Relation(RelationKind(entry.label), title=entry.head, **values)


def _action_ids(facts: Facts) -> dict[str, str]:
    """Place -> id of the actions whose ids the front matter carries, each once."""
    given = facts.map("action_ids")
    places = {given.text(name): f"action {name}" for name in reversed(given.names())}
    return {place: action_id for action_id, place in places.items() if action_id}


def _with_head(entry: Entry) -> Entry:
    """A remark whose text may stand behind its label, too."""
    text = join_blocks([entry.head, entry.values["text"]]) if entry.head else entry.values["text"]
    return replace(entry, values={**entry.values, "text": text})


def _attachment(entry: Entry) -> Attachment:
    try:
        return Attachment(new_id(), entry.head, **entry.values)
    except ValueError as error:
        raise InvalidInputError(
            f"Line {entry.line}: {error}",
            advice="Attach files in the window or by importing them, not by writing their names.",
        ) from error


def _review(entry: Entry) -> Review:
    names = ("role", "asked_at", "decision", "decided_at", "text")
    return Review(new_id(), **{name: entry.values[name] for name in names})


def _status_change(facts: Facts) -> StatusChange:
    change = StatusChange(
        facts.read("status", lambda text: read_choice(Status, text)),
        facts.read("at", read_instant),
        facts.text("by"),
        facts.text("reason"),
    )
    facts.finish()
    return change
