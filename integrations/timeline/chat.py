"""Messages as they are copied out of Slack, Teams, Discord and WhatsApp."""

import re

from integrations.timeline.entries import Entry, Found, Lines, When
from integrations.timeline.notations import day_line, whole

FORM = "Chat message"
_HEAD = re.compile(
    r"^\s*(?P<name>\S.{0,59}?)(?:\s+(?:APP|BOT))?(?:\s{2,}|\t+|\s(?=\[)|\s[\u2013\u2014|]\s|,\s)(?P<time>\S.*)$"
)
_NAME = re.compile(r"[^\W\d_].{0,58}")
_FULL_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w'-]*\.?,?)(?: [^\W\d_a-z][\w'-]*\.?,?){1,3}(?: \([^()]{1,30}\))?"
)
_SENTENCE = re.compile(r"(?<!\s[A-Z])[.!?:;]$|[.!?;]\s|^(?:https?:|[-*>#|])")
_TEAMS = re.compile(
    r"^\[(?P<time>[^\[\]]{4,40})\]\s+(?P<name>[^:\n]{1,60}?)(?::\s+(?P<text>.*)|\s*)$"
)
_WHATSAPP = re.compile(
    r"^\[?(?P<time>\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? [^\-\]]{3,20})(?: -|\]) "
    r"(?P<name>[^:\n]{1,60}): (?P<text>.*)$"
)
_IRC = re.compile(
    r"^\[?(?P<time>\d{1,2}:\d\d(?::\d\d)?)\]?\s+<(?P<name>[^<>\s]{1,40})>\s(?P<text>.*)$"
)
_BARE = re.compile(r"^\s*\[?\s*(?P<time>\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?)\s*\]?\s*$")
_MINE = re.compile(r"^\[(?P<time>\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?)\]\s*(?P<text>\S.*)$")
_BADGE = re.compile(r"^\s*(?:APP|BOT|WORKFLOW)(?:\s+(?=\S)|\s*$)")
_REACTION = r"(?:\d+ [\w ]{1,30} )?\d+ [\w ]{1,30} reactions?\.?"
"""What Teams writes below a message: "1 Like 1 like reaction." """
_NOISE = re.compile(
    r"^\s*(?:(?::[\w+'-]+:\s*\d*\s*)+|\d+ (?:repl(?:y|ies)|reactions?)"
    rf"|{_REACTION}|last read|has context menu\.?|last reply .*|view thread"
    r"|\(edited\)|edited|new|also sent to the channel|replied to a thread:.*|\d{1,4})\s*$",
    re.IGNORECASE,
)
_MARK = re.compile(rf"(?<=\S)\s*[\r\n][ \t]*(?:New|(?i:last read|{_REACTION}))[ \t]*\Z")
_EDITED = re.compile(r"\s*\(edited\)\s*$", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:was added to|has joined|joined|left|has left|set the channel|renamed the channel"
    r"|archived|pinned a message|added to the (?:group|conversation)"
    r"|changed the (?:topic|description))\b.{0,80}$",
    re.IGNORECASE,
)
_LONGEST_NOISE = 200
_LONGEST_TIME = 40
_CLOCK = re.compile(r"\d")
_MOST_NAMES = 6


def names_stand_above(lines: Lines) -> bool:
    """Whether most times that stand alone have a full name above them, as Teams copies them."""
    times = [at for at in range(1, len(lines)) if _is_time(lines[at].text)]
    named = sum(
        _FULL_NAME.fullmatch(lines[at - 1].text.strip()) is not None
        and not (at > 1 and _is_time(lines[at - 2].text))
        for at in times
    )
    return named * 2 > len(times)


def messages(lines: Lines, at: int, *, named_above: bool = False) -> Found | None:
    """One message: its head, in one line or two, and what was written.

    ``named_above``: full names stand above their times even where no blank line is before them.
    """
    return _name_above_time(lines, at, named_above) or _one_line(lines, at) or _follow_up(lines, at)


def _one_line(lines: Lines, at: int) -> Found | None:
    """ "on-call engineer  2:02 PM", with the message below."""
    line = lines[at]
    match = _HEAD.match(line.text)
    if match is None or not _is_name(match["name"]) or _is_blank(lines, at + 1):
        return None
    when = whole(match["time"])
    if when is None or not _has_clock(when):
        return None
    return _message((line,), at + 1, when, match["name"])


def _name_above_time(lines: Lines, at: int, named_above: bool) -> Found | None:
    """A name, perhaps the badge of an app, and a time in lines of their own."""
    if at + 1 >= len(lines) or not _is_name(lines[at].text):
        return None
    if at and _is_time(lines[at - 1].text):
        return None  # what stands below a time is the message
    badge = _BADGE.match(lines[at + 1].text)
    time_at = at + 2 if badge and badge[0] == lines[at + 1].text else at + 1
    if _is_blank(lines, time_at + 1):
        return None
    below = lines[time_at].text[badge.end() if badge and time_at == at + 1 else 0 :]
    begins = at == 0 or lines[at - 1].is_blank or day_line(lines[at - 1].text) is not None
    free = begins or below[:1].isspace() or badge is not None
    free = free or (named_above and _FULL_NAME.fullmatch(lines[at].text.strip()) is not None)
    if not free or len(below) > 40 or below.lstrip()[:1] in "-*#|":
        return None
    when = whole(below)
    if when is None or not _has_clock(when):
        return None
    return _message(lines[at : time_at + 1], time_at + 1, when, lines[at].text)


def bracketed(lines: Lines, at: int) -> Found | None:
    """ "[19/11/2026 14:02] on-call engineer: text", "<nick> text" behind a time, and the like."""
    line = lines[at]
    for pattern in (_IRC, _WHATSAPP, _TEAMS):
        match = pattern.match(line.text)
        when = whole(match["time"]) if match else None
        if match is None or when is None or not _has_clock(when):
            continue
        full = when.back is not None or (when.stamp is not None and when.stamp.has_date)
        if pattern is _TEAMS and not (full and _is_name(match["name"])):
            continue
        text = match["text"] or ""
        return _message((line,), at + 1, when, match["name"], text)
    return None


def _follow_up(lines: Lines, at: int) -> Found | None:
    """A further message of the same author: a time alone, or in brackets."""
    line = lines[at]
    match = _BARE.match(line.text) or _MINE.match(line.text)
    when = whole(match["time"]) if match else None
    if match is None or when is None or not _has_clock(when):
        return None
    text = match.groupdict().get("text") or ""
    if _FULL_NAME.fullmatch(text) and not _is_blank(lines[at + 1 : at + 2], 0):
        return _message((line,), at + 1, when, text)
    return _message((line,), at + 1, when, "", text)


def _message(head: Lines, after: int, when: When, name: str, text: str = "") -> Found:
    entry = Entry(head[0].start, head[-1].end, when, text, FORM, author=name.strip())
    return Found([entry], after, goes_on=True)


def _is_time(text: str) -> bool:
    """Whether a time of day is all of a line."""
    if len(text) > _LONGEST_TIME or not _CLOCK.search(text):
        return False
    when = whole(text)
    return when is not None and _has_clock(when)


def _has_clock(when: When) -> bool:
    return when.moment is not None or (when.stamp is not None and when.stamp.clock is not None)


def _is_name(text: str) -> bool:
    bare = text.strip()
    named = _NAME.fullmatch(bare) is not None and not _SENTENCE.search(bare)
    return named and len(bare.split()) <= _MOST_NAMES


def _is_blank(lines: Lines, at: int) -> bool:
    """Whether nothing follows a head: then it is no head."""
    return all(line.is_blank for line in lines[at : at + 2])


def mark_below(source: str) -> int | None:
    """Where the chat's own lines begin below a message: what is unread, reactions; else None."""
    start = None
    while (found := _MARK.search(source, max(0, len(source) - _LONGEST_NOISE))) is not None:
        start = found.start()
        source = source[:start]
    return start


def said(entry: Entry) -> None:
    """Leave out of the words of a message what the chat itself wrote: counts, marks, "edited"."""
    lines = entry.text.split("\n")
    kept = [line for line in lines if len(line) > _LONGEST_NOISE or not _NOISE.match(line)]
    text = _EDITED.sub("", "\n".join(kept)).strip()
    entry.text = text or entry.text.strip()
    if _ASIDE.match(entry.text):
        entry.aside = "the chat says it, nobody wrote it"
