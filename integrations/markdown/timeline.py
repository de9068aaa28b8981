"""Reading a timeline from tables, lists, paragraphs, headings and code blocks."""

import re
from dataclasses import dataclass, field, replace

from integrations.markdown.blocks import (
    Block,
    Section,
    join_blocks,
    list_items,
    plain,
    read_blocks,
    table_rows,
)
from integrations.markdown.events import Row
from integrations.markdown.fields import AFTERWARDS, time_named
from integrations.markdown.headings import role_of
from integrations.markdown.stamp_search import find_day
from integrations.markdown.stamps import Stamp, read_stamp, split_stamp
from integrations.markdown.timeline_rows import (
    MOST,
    has_clock,
    is_timed,
    starts_row,
    trailing_stamp,
    unmarked,
)
from integrations.markdown.timeline_tables import table_timeline
from integrations.markdown.times import TimeContext
from integrations.markdown.zones import find_zone
from models.domain.moments import UNKNOWN

_ABOUT = re.compile(r"\bapproximat|\btimes? (?:are|is)? ?(?:rough|estimated|approx)", re.IGNORECASE)
_REMARK = re.compile(r"^[\W_]*(?:all )?times?\b.{0,60}$", re.IGNORECASE)
_DEEPEST = 8


@dataclass(slots=True)
class TimelineReading:
    """What a timeline section holds: its rows, and the Markdown that is none of them."""

    rows: list[Row] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    """Nested sections that play another role."""
    labels: list[str] = field(default_factory=list)
    """Titles of columns."""


def read_timeline(section: Section, context: TimeContext) -> TimelineReading:
    """The timeline below a heading. ``context`` is what the document as a whole says."""
    reading = TimelineReading()
    _Reader(reading, _entered(context, section)).section(section, 0)
    return reading


def _entered(context: TimeContext, section: Section) -> TimeContext:
    """The context with what the heading and the lines before the first row say."""
    said = [section.title]
    for block in section.blocks:
        if block.kind not in ("paragraph", "quote") or len(block.text) > 600:
            break
        if read_stamp(block.text) is not None:
            break
        said.append(block.text)
    text = " ".join(said)
    inner = replace(context, zone=find_zone(text) or context.zone)
    inner.about = context.about or bool(_ABOUT.search(text))
    if day := find_day(text):
        inner.enter_day(day)
    return inner


class _Reader:
    """Walks the blocks of a timeline from top to bottom."""

    def __init__(self, reading: TimelineReading, context: TimeContext) -> None:
        self.reading = reading
        self.context = context
        self.pending: list[str] = []
        """The words of date lines whose date the next row belongs to."""
        self.pending_stamp: Stamp | None = None

    def section(self, section: Section, depth: int) -> None:
        self.blocks(section.blocks)
        self.flush()
        for child in section.sections:
            self._nested(child, depth + 1)

    def _nested(self, child: Section, depth: int) -> None:
        found = split_stamp(child.title)
        if found and (found[0].clock or found[0].no_time):
            text = join_blocks([found[1], child.text])
            self.row(found[0], text)
            return
        day = found[0] if found else find_day(child.title)
        rest = found[1] if found else child.title
        if day is not None:
            self._day_section(child, day, rest, depth)
        elif role_of(child.title) not in ("", "timeline", "meta", "summary") or depth > _DEEPEST:
            self.reading.sections.append(child)
        else:
            self._inner(child, child.title, depth)

    def _day_section(self, child: Section, day: Stamp, rest: str, depth: int) -> None:
        """A date as heading: the day of the rows below, or the one row that is all its text."""
        outer, self.context = self.context, replace(self.context)
        self.context.enter_day(day)
        before = len(self.reading.rows)
        written = day.written if rest != child.title else ""
        rows = TimelineReading()
        inner = _Reader(rows, _entered(self.context, replace(child, title="")))
        inner.pending = [written] if written else []
        inner.section(child, depth)
        if rows.rows:
            self._adopt(child, rest, rows)
        elif day.weekday is None or child.text:
            self.row(day, join_blocks([rest, child.text]))
        if len(self.reading.rows) == before:
            self.reading.rest.append(child.with_heading)
        self.context = replace(outer, day=self.context.day, assumed=False, last=None)

    def _inner(self, child: Section, title: str, depth: int) -> None:
        rows = TimelineReading()
        _Reader(rows, _entered(self.context, child)).section(child, depth)
        if rows.rows:
            self._adopt(child, title, rows)
        else:
            self.reading.rest.append(child.with_heading)

    def _adopt(self, child: Section, title: str, rows: TimelineReading) -> None:
        self.reading.rows += rows.rows
        self.reading.sections += rows.sections
        self.reading.labels += rows.labels
        heading = f"{'#' * child.level} {title}" if title else ""
        self.reading.rest += [part for part in (heading, *rows.rest) if part]

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        """Blocks in order. What stands between two rows belongs to the row before it."""
        waiting: list[str] = []
        begun = False
        for block in blocks:
            count, pending = len(self.reading.rows), self.pending_stamp
            left = self._block(block)
            if len(self.reading.rows) > count or self.pending_stamp is not pending:
                if waiting and begun and count:
                    self._append(count - 1, waiting)
                else:
                    self.reading.rest += waiting
                waiting, begun = [], True
            if left:
                waiting.append(left)
        self.reading.rest += waiting

    def _append(self, index: int, texts: list[str]) -> None:
        row = self.reading.rows[index]
        self.reading.rows[index] = replace(row, text=join_blocks([row.text, *texts]))

    def _block(self, block: Block) -> str:
        """Read one block; returns what of its Markdown is no row."""
        if block.kind == "table":
            found = table_timeline(block, self.context)
            if found is not None:
                self.flush()
                self.reading.rows += found
                self.reading.labels.append(" ".join(table_rows(block)[0]))
                return ""
        elif block.kind == "list":
            return self._list(block)
        elif block.kind == "paragraph":
            return self._lines(block.text)
        elif block.kind in ("fence", "code"):
            return self._code(block)
        if self.pending_stamp is not None and block.kind in ("quote", "html"):
            self._take_pending(block.text)
            return ""
        return block.text

    def _list(self, block: Block, depth: int = 0) -> str:
        items = list_items(block)
        if depth > _DEEPEST or not any(is_timed(item.text) for item in items):
            return block.text
        left: list[str] = []
        for item in items:
            first, _, below = item.text.partition("\n")
            found = split_stamp(item.text)
            whole = found is not None and found[0].clock is None and not found[0].no_time
            if found and whole and self._day_item(found[0], found[1], depth):
                continue
            if found:
                self._lines(item.text)
            elif trailing := trailing_stamp(item.text):
                self.row(trailing[1], trailing[0])
            elif below and is_timed(item.text):
                left.append(first)
                left += self._below(below, depth)
            elif self.reading.rows:
                self.reading.rows.append(Row(UNKNOWN, (), item.text))
            else:
                left.append(f"- {item.text}".replace("\n", "\n  "))
        return join_blocks(left)

    def _day_item(self, day: Stamp, rest: str, depth: int) -> bool:
        """A list item that is a date with the day's rows nested in it."""
        blocks = read_blocks(rest)
        nested = [
            b for b in blocks if b.kind == "list" and any(is_timed(i.text) for i in list_items(b))
        ]
        if not nested:
            return False
        self.context.enter_day(day)
        self.pending.append(day.written)
        for block in blocks:
            left = self._list(block, depth + 1) if block in nested else block.text
            if left:
                self.reading.rest.append(left)
        return True

    def _below(self, text: str, depth: int) -> list[str]:
        left = []
        for block in read_blocks(text):
            rest = self._list(block, depth + 1) if block.kind == "list" else self._lines(block.text)
            left += [rest] if rest else []
        return left

    def _lines(self, text: str) -> str:
        """The rows of a paragraph, which may have one in each line; returns what comes before."""
        before: list[str] = []
        current: tuple[Stamp, list[str]] | None = None
        for line in text.split("\n"):
            bare = unmarked(line)
            found = split_stamp(bare) if bare else None
            if found and (current is None or starts_row(bare, found[0], found[1])):
                self._close(current)
                current = found[0], [found[1]]
            elif current is None:
                before.append(line)
            else:
                current[1].append(line)
        if current is None and self.pending_stamp is not None:
            self._take_pending(text)
            return ""
        self._close(current)
        return "\n".join(before)

    def _close(self, current: tuple[Stamp, list[str]] | None) -> None:
        if current is None:
            return
        stamp, lines = current
        text = "\n".join(lines).strip("\n")
        if stamp.clock is None and stamp.has_date and _REMARK.match(text):
            self.context.zone = find_zone(text) or self.context.zone
            self.reading.rest.append(text)
            text = ""
        if text.strip():
            self.row(stamp, text)
            return
        self.flush()
        if stamp.has_date and stamp.clock is None and not stamp.no_time:
            self.context.enter_day(stamp)
        self.pending_stamp = stamp

    def _take_pending(self, text: str) -> None:
        stamp, self.pending_stamp = self.pending_stamp, None
        if stamp is not None:
            self.row(stamp, text)

    def flush(self) -> None:
        """A date line without text of its own: its words go to the next row, a time is a row."""
        stamp, self.pending_stamp = self.pending_stamp, None
        if stamp is None:
            return
        if stamp.clock is None and not stamp.no_time:
            self.pending.append(stamp.written)
        else:
            self.row(stamp, "")

    def row(self, stamp: Stamp, text: str) -> None:
        """One row, in the context of those before."""
        if self.pending_stamp is not None:
            self.flush()
        if self.context.after is None and time_named(plain(text)) in AFTERWARDS:
            self.context.after = self.context.near
        moment = self.context.read(stamp)
        self.reading.rows.append(Row(moment, (*self.pending, stamp.written), text))
        self.pending = []

    def _code(self, block: Block) -> str:
        """A log in a code block, when most of its lines begin with a time."""
        lines = [line for line in block.text.split("\n") if line.strip() and "```" not in line]
        timed = [line for line in lines if has_clock(line)]
        if len(timed) < 2 or len(timed) < MOST * len(lines) or not has_clock(lines[0]):
            if self.pending_stamp is not None:
                self._take_pending(block.text)
                return ""
            return block.text
        info = block.text.split("\n", 1)[0].strip("`~ ") if block.kind == "fence" else ""
        self._lines("\n".join(line.strip() for line in lines))
        return info
