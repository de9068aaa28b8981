"""What tells the rows of a timeline from other text."""

import re
from collections.abc import Iterable

from integrations.markdown.blocks import Block, list_items
from integrations.markdown.stamp_search import split_trailing_stamp
from integrations.markdown.stamps import Stamp, read_stamp
from integrations.markdown.timeline_tables import table_timeline
from integrations.markdown.times import TimeContext

MOST = 0.6
"""The share of items or lines with a time from which all of them are a timeline."""
_MARKER = re.compile(r"^[ \t>]*(?:[-*+\u2013\u2014\u2022][ \t]+)?")


def unmarked(line: str) -> str:
    """A line without a quote's or a bullet's mark."""
    return _MARKER.sub("", line, count=1)


def has_timeline(blocks: Iterable[Block]) -> bool:
    """Whether some blocks are a timeline although no heading says so."""
    for block in blocks:
        if block.kind == "table" and table_timeline(block, TimeContext()) is not None:
            return True
        if block.kind == "list":
            stamps = [has_clock(item.text) for item in list_items(block)]
            if len(stamps) > 1 and sum(stamps) >= MOST * len(stamps):
                return True
    return False


def has_clock(text: str) -> bool:
    """Whether a text begins with a time of day."""
    stamp = read_stamp(text[:200])
    return stamp is not None and stamp.clock is not None


def is_timed(text: str) -> bool:
    """Whether an item or one nested in it begins or ends with a time."""
    lines = (unmarked(line) for line in text.split("\n"))
    return (
        any(read_stamp(line[:200]) is not None for line in lines)
        or trailing_stamp(text) is not None
    )


def trailing_stamp(text: str) -> tuple[str, Stamp] | None:
    """A line without the time it ends with, and that time."""
    if "\n" in text or len(text) > 160:
        return None
    return split_trailing_stamp(text)


def starts_row(line: str, stamp: Stamp, rest: str) -> bool:
    """Whether a further line of a paragraph begins a row of its own rather than goes on."""
    if stamp.clock is None:
        return stamp.has_date and (
            not rest or bool(re.match(r"\s*[-:\u2013\u2014|]", line[stamp.length :]))
        )
    return True
