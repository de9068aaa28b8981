"""From a source to a document of the domain, without losing a word."""

from dataclasses import dataclass, replace

from integrations.markdown import html, metadata
from integrations.markdown.action_items import ActionContext
from integrations.markdown.actions import read_actions
from integrations.markdown.blocks import (
    MAX_PARSED,
    Block,
    Section,
    join_blocks,
    plain,
    read_sections,
)
from integrations.markdown.document_head import read_head
from integrations.markdown.draft import Draft
from integrations.markdown.drafted import Ids, drafted, plain_heading
from integrations.markdown.events import Row
from integrations.markdown.fields import fields_of, time_named
from integrations.markdown.headings import role_of
from integrations.markdown.links import image_targets, link_targets, local_name
from integrations.markdown.losses import with_lost_words
from integrations.markdown.pieces import Piece, read_pieces, split_section
from integrations.markdown.plain_text import with_headings
from integrations.markdown.raw_tables import with_tables
from integrations.markdown.source import Format, Source
from integrations.markdown.stamps import read_stamp
from integrations.markdown.timeline import read_timeline
from integrations.markdown.timeline_rows import has_timeline
from integrations.markdown.why_lists import DEEPEST
from integrations.markdown.whys import names_whys, read_whys
from integrations.markdown.words import word_counts
from models.document import Document
from models.vocabulary import Vocabularies

_PROSE = ("summary", "impact", "detection", "resolution", "contributing", "trigger")
_LESSONS = ("lessons", "went_well", "went_wrong", "lucky")
_MAY_HOLD_TIMELINE = ("", "meta", "summary", "resolution")
_LONGEST_SUMMARY = 3000
_SHORT = 200
_BARE = "The page is nested too deeply to be converted: its plain text was taken, without marks."
_UNREAD = (
    f"The text is longer than {MAX_PARSED // 2**20} MB: it is kept whole, as plain text, and no "
    "timeline, whys or actions were read from it."
)
_DEEP_WHYS = f"Whys below the {DEEPEST}th level were not read; they are kept as text."


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read. ``files`` are the relative paths its images and links name, ``pictures``
    where its images point, as it is written.

    ``in_part`` when the front matter could not be understood and is kept as text.
    """

    document: Document
    body: str
    notices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    in_part: bool = False


def read_document(source: Source, identity: str, terms: Vocabularies) -> Reading:
    """The document of a source. Its ids follow from ``identity``: reading again gives the same."""
    if source.format is Format.HTML:
        page = html.to_markdown(source.body)
    else:
        page = html.Page("", with_headings(with_tables(source.body)))
    return _Assembly(source, identity, terms, page).reading()


class _Assembly:
    def __init__(self, source: Source, identity: str, terms: Vocabularies, page: html.Page) -> None:
        self.source = source
        self.terms = terms
        self.body = page.text
        self.new_id = Ids(identity)
        if source.format is Format.HTML and (own := html.exported_id(source.body)):
            self.new_id.document = own
        self.parts = read_pieces(read_sections(self.body))
        self.head = read_head(source, self.parts, self.body, page.title, terms)
        self.context = self.head.context
        if page.is_bare:
            self.context.notices.append(_BARE)
        if len(self.body) > MAX_PARSED:
            self.context.notices.append(_UNREAD)
        self.draft = Draft()

    def reading(self) -> Reading:
        self._preamble()
        for piece in self.parts.pieces:
            self._piece(piece)
        draft = self.draft
        document = drafted(draft, self.head, self.source, self.new_id, self.terms)
        draft.wordings += [h for h, _ in draft.sections if plain_heading(h) != h]
        document = with_lost_words(document, self._all_words(), draft.wordings)
        targets = [local_name(target) for target in link_targets(self.body)]
        return Reading(
            document,
            self.body,
            notices=tuple(dict.fromkeys((*self.source.notices, *self.context.notices))),
            files=tuple(dict.fromkeys(target for target in targets if target)),
            pictures=image_targets(self.body),
            in_part=self.source.is_broken,
        )

    def _all_words(self) -> str:
        """Every word that must be found again."""
        if self.source.format is Format.HTML:
            return html.visible_text(self.source.body)
        return self.source.body

    def _preamble(self) -> None:
        blocks = self.parts.preamble
        given = self.source.front_matter.get("title")
        if self.parts.title and given and word_counts(str(given)) - word_counts(self.head.title):
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
                self.head.meta.times.setdefault(name, row.moment)
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
        if reading.too_deep:
            self.context.notices.append(_DEEP_WHYS)
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
