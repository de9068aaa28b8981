"""From a source to a document of the domain, without losing a word."""

import re
import uuid
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from integrations.markdown import html, metadata
from integrations.markdown.action_items import ActionContext
from integrations.markdown.actions import read_actions
from integrations.markdown.blocks import (
    Block,
    Section,
    join_blocks,
    link_targets,
    plain,
    read_sections,
)
from integrations.markdown.draft import Draft
from integrations.markdown.events import Row, event
from integrations.markdown.fields import fields_of, section_fields, time_named
from integrations.markdown.headings import role_of
from integrations.markdown.losses import with_lost_words
from integrations.markdown.pieces import Piece, read_pieces, split_section
from integrations.markdown.plain_text import with_headings
from integrations.markdown.raw_tables import with_tables
from integrations.markdown.source import Format, Source
from integrations.markdown.stamps import read_stamp
from integrations.markdown.timeline import has_timeline, read_timeline
from integrations.markdown.times import TimeContext, day_first, has_open_dates
from integrations.markdown.why_trees import trees
from integrations.markdown.whys import names_whys, read_whys
from integrations.markdown.words import word_counts
from integrations.markdown.zones import is_american
from models.document import Document
from models.domain import post_mortem as pm
from models.domain.incident import Detection, Impact, Incident, Times, Trigger
from models.vocabulary import Vocabularies

_NAMESPACE = uuid.UUID("0f2f6b1e-8f35-5c0b-9d0a-6f0d6d1c1c53")
_PROSE = ("summary", "impact", "detection", "resolution", "contributing", "trigger")
_LESSONS = ("lessons", "went_well", "went_wrong", "lucky")
_FACTS = ("meta", "summary", "detection", "impact", "participants")
_MAY_HOLD_TIMELINE = ("", "meta", "summary", "resolution")
_LONGEST_SUMMARY = 3000
_SHORT = 200
_CODE = re.compile(r"<%.*?%>|\{\{.*?\}\}|\{%.*?%\}")
"""What a program was to put into a page (ERB, Liquid)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read. ``files`` are the relative paths its images and links name.

    ``in_part`` when the front matter could not be understood and is kept as text.
    """

    document: Document
    body: str
    notices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    in_part: bool = False


def read_document(source: Source, identity: str, terms: Vocabularies) -> Reading:
    """The document of a source. Its ids follow from ``identity``: reading again gives the same."""
    if source.format is Format.HTML:
        title, body = html.to_markdown(source.body)
    else:
        title, body = "", with_headings(with_tables(source.body))
    return _Assembly(source, identity, terms, title, body).reading()


class _Ids:
    """Ids that follow from a name, so that the same source always gives the same ones."""

    def __init__(self, identity: str) -> None:
        self.base = uuid.uuid5(_NAMESPACE, identity)
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return str(uuid.uuid5(self.base, str(self.count)))


class _Assembly:
    def __init__(
        self, source: Source, identity: str, terms: Vocabularies, title: str, body: str
    ) -> None:
        self.source = source
        self.terms = terms
        self.body = body
        self.new_id = _Ids(identity)
        exported = html.exported_id(source.body) if source.format is Format.HTML else ""
        self.id = exported or str(uuid.uuid5(_NAMESPACE, identity))
        self.parts = read_pieces(read_sections(body))
        self.title = self._title(title)
        self.meta = metadata.from_front_matter(source, terms)
        self.draft = Draft()
        self.context = self._context()

    def _title(self, page_title: str) -> str:
        given = self.source.front_matter.get("title")
        heading = self.parts.title
        for text in (
            plain(heading) if _CODE.sub("", heading).strip() else "",
            str(given or ""),
            page_title,
            _name_as_title(self.source.path),
        ):
            if text.strip():
                return " ".join(text.split())
        return "Untitled"

    def _context(self) -> TimeContext:
        """What the document as a whole says about its times."""
        prose = "\n".join(block.text for block in self.parts.preamble)
        prose += "\n".join(
            p.section.text[:_LONGEST_SUMMARY] for p in self.parts.pieces if p.role == "summary"
        )
        head = list(fields_of(self.parts.preamble))
        facts = [
            field
            for piece in self.parts.pieces
            if piece.role in _FACTS
            for field in (*section_fields(piece.section), *fields_of(piece.section.blocks))
        ]
        context = TimeContext(zone=metadata.document_zone(self.body))

        def day() -> date | None:
            given = metadata.document_day(head, self.title, prose, self.source, context.day_first)
            return given or metadata.document_day(facts, "", "", self.source, context.day_first)

        context.day_first = day_first(self.body)
        self.day = day()
        if context.day_first is None:
            context.day_first = day_first(self.body, near=self.day)
        if context.day_first is None and has_open_dates(self.body):
            context.day_first = not is_american(context.zone)
            context.day_first_is_guessed = True
            order = "day" if context.day_first else "month"
            context.notices.append(
                f"Dates such as 03/04/2024 were read {order} first: nothing in the text decides it."
            )
        self.day = self.day or day()
        context.day = context.near = self.day
        metadata.add_fields(self.meta, [*head, *facts], context, self.terms)
        return context

    def reading(self) -> Reading:
        self._preamble()
        for piece in self.parts.pieces:
            self._piece(piece)
        document = with_lost_words(self._document(), self._all_words(), self.draft.wordings)
        targets = [html.local_name(target) for target in link_targets(self.body)]
        files = tuple(dict.fromkeys(target for target in targets if target))
        notices = tuple(dict.fromkeys((*self.source.notices, *self.context.notices)))
        return Reading(document, self.body, notices, files, self.source.is_broken)

    def _all_words(self) -> str:
        """Every word that must be found again."""
        if self.source.format is Format.HTML:
            return html.visible_text(self.source.body)
        return self.source.body

    def _preamble(self) -> None:
        blocks = self.parts.preamble
        given = self.source.front_matter.get("title")
        if self.parts.title and given and word_counts(str(given)) - word_counts(self.title):
            self.draft.wordings.append(str(given))
        if self.parts.title and plain(self.parts.title) != self.parts.title:
            self.draft.wordings.append(self.parts.title)
        front = self.source.front_matter_text
        if front and metadata.unmapped(self.source.front_matter):
            self.draft.add_section("Front matter", _fenced(front))
        if self.source.broken_front_matter:
            self.draft.add_section("Front matter", _fenced(self.source.broken_front_matter))
        if not blocks:
            return
        if has_timeline(blocks):
            piece = Piece("", "summary", Section(0, "", blocks))
            blocks = tuple(self._timed_blocks(piece).blocks)
        self._introduction(blocks)

    def _introduction(self, blocks: tuple[Block, ...]) -> None:
        text = join_blocks([block.text for block in blocks])
        if not text.strip():
            return
        labelled = {f.value for f in fields_of(blocks)}
        prose = [
            b for b in blocks if b.kind == "paragraph" and not any(v in b.text for v in labelled)
        ]
        if any(piece.role == "summary" for piece in self.parts.pieces) or not prose:
            self.draft.add_section("Introduction" if prose else "Details", text)
        elif len(text) <= _LONGEST_SUMMARY:
            self.draft.prose["summary"] = [text]
        else:
            first = prose[0] if len(prose[0].text) <= _LONGEST_SUMMARY else None
            self.draft.prose["summary"] = [first.text] if first else []
            others = [block.text for block in blocks if block is not first]
            self.draft.add_section("Report", join_blocks(others))

    def _piece(self, piece: Piece) -> None:
        role, section = piece.role, piece.section
        if role == "timeline":
            self._timeline(piece)
        elif not role and self.draft.rows and _is_row(piece.heading):
            self._timeline(Piece("", role, Section(0, "", (), (section,))))
        elif role == "actions":
            self._actions(piece)
        elif (role in ("root_cause", "") or names_whys(piece.heading)) and self._whys(piece):
            return
        else:
            if role in _MAY_HOLD_TIMELINE and has_timeline(section.blocks):
                section = self._timed_blocks(piece)
            if role in _PROSE or role in _LESSONS:
                self.draft.add_prose(role, piece.heading, section.text)
            else:
                self.draft.add_section(piece.heading, section.text)

    def _timed_blocks(self, piece: Piece) -> Section:
        """A section without the timeline that its own blocks hold; nested sections stay."""
        reading = read_timeline(Section(0, piece.heading, piece.section.blocks), self.context)
        self._take_rows(reading.rows)
        self.draft.wordings += reading.labels
        return replace(
            piece.section, blocks=tuple(Block("paragraph", text) for text in reading.rest)
        )

    def _take_rows(self, rows: list[Row]) -> None:
        for row in rows:
            name = time_named(plain(row.text))
            if name and row.moment.at is not None:
                self.meta.times.setdefault(name, row.moment)
        self.draft.rows += rows

    def _timeline(self, piece: Piece) -> None:
        reading = read_timeline(piece.section, self.context)
        if not reading.rows:
            self.draft.add_section(piece.heading, piece.section.text)
            return
        self._take_rows(reading.rows)
        self.draft.wordings += reading.labels
        self._rest(piece, reading.rest, reading.sections)

    def _actions(self, piece: Piece) -> None:
        reading = read_actions(piece.section, ActionContext(self.terms, self.context, self.new_id))
        if not reading.actions:
            self.draft.add_section(piece.heading, piece.section.text)
            return
        self.draft.actions += reading.actions
        self.draft.wordings += reading.labels
        self._rest(piece, reading.rest, reading.sections)

    def _whys(self, piece: Piece) -> bool:
        reading = read_whys(piece.section)
        if reading is None:
            return False
        self.draft.chains += reading.chains
        self.draft.wordings += reading.labels
        self._rest(piece, reading.rest, [])
        return True

    def _rest(self, piece: Piece, rest: list[str], others: list[Section]) -> None:
        """What a reader of a role left: a remark goes to the wordings, text to its own section."""
        text = join_blocks(rest)
        if (
            len(text) < _SHORT
            and "\n\n" not in text
            and (not text or role_of(text) or _is_remark(text))
        ):
            self.draft.wordings += [piece.heading, text]
        else:
            self.draft.add_section(piece.heading, text)
        for section in others:
            for inner in split_section(section):
                self._piece(inner)

    def _document(self) -> Document:
        draft, meta = self.draft, self.meta
        prose = {role: join_blocks(texts) for role, texts in draft.prose.items()}
        events = tuple(event(row, self.new_id) for row in draft.rows)
        times = metadata.incident_times(meta)
        if times == type(times)() and not any(e.at for e in events) and self.day is not None:
            times = replace(times, onset=metadata.day_moment(self.day))
        severity = meta.severity or metadata.severity_in(self.title, self.terms)
        detection = prose.get("detection", "")
        trigger = prose.get("trigger", "")
        incident = Incident(
            id=self.new_id(),
            title=self.title,
            severity=severity,
            services=meta.services,
            times=times,
            impact=Impact(text=prose.get("impact", "")),
            detection=Detection(_known(self.terms.detections.find(detection)), detection),
            trigger=Trigger(_known(self.terms.triggers.find(trigger)), trigger),
            resolution=prose.get("resolution", ""),
            timeline=events,
        )
        mortem = pm.PostMortem(
            id=self.id,
            title=self.title,
            status=pm.Status.CLOSED,
            historical=True,
            authors=meta.authors,
            facilitator=meta.facilitator,
            summary=prose.get("summary", ""),
            incidents=(incident,),
            whys=trees(draft.chains, self.new_id),
            contributing_factors=prose.get("contributing", ""),
            lessons=pm.Lessons(
                went_well=prose.get("went_well", ""),
                went_wrong=prose.get("went_wrong", ""),
                lucky=prose.get("lucky", ""),
                text=prose.get("lessons", ""),
            ),
            sections=tuple(
                pm.Section(self.new_id(), plain_heading(h), t) for h, t in draft.sections
            ),
            tags=meta.tags,
            aliases=tuple(dict.fromkeys(meta.aliases)),
        )
        draft.wordings += [h for h, _ in draft.sections if plain_heading(h) != h]
        return Document(mortem, ref=self._wished_ref(incident), actions=tuple(draft.actions))

    def _wished_ref(self, incident: Incident) -> str:
        """The first ref of the year that a source without any date belongs to."""
        dated = self.day is not None or any(event.at for event in incident.timeline)
        year = None if dated else metadata.document_year(self.source)
        return f"PM-{year}-001" if year and incident.times == Times() else ""


def _name_as_title(path: Path) -> str:
    """A file's name as a title: without its date, and with spaces for hyphens."""
    stem = path.name.encode("utf-8", "backslashreplace").decode()
    while (suffix := Path(stem).suffix) and suffix[1:].isalpha():
        stem = stem.removesuffix(suffix)
    bare = re.sub(r"^\d{4}[-_]?\d{2}[-_]?\d{2}[-_ ]*", "", stem)
    return (bare if " " in bare else re.sub(r"[-_]+", " ", bare)).strip() or stem


def plain_heading(heading: str) -> str:
    """A heading in one line of plain words."""
    return plain(heading).rstrip(":").strip() or "Untitled section"


def _known(term: object) -> str:
    return str(getattr(term, "id", "")) if term is not None else ""


def _is_row(heading: str) -> bool:
    """A heading behind a timeline that goes on with it: a date with a time of day."""
    stamp = read_stamp(heading)
    return stamp is not None and stamp.clock is not None and stamp.has_date


def _is_remark(text: str) -> bool:
    """A line about how the times are written."""
    return "time" in text.casefold() and "\n" not in text.strip()


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"
