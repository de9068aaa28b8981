"""JSON: exports of chats, alerts and events of tools, and logs with one object a line."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from integrations.markdown import slack
from integrations.markdown.html import to_markdown
from integrations.timeline.entries import Entry, Found, Lines, When
from integrations.timeline.notations import whole
from models.domain.moments import UNKNOWN

_TIMES = (
    *("ts", "timestamp", "@timestamp", "time", "datetime", "createdDateTime", "created_at"),
    *("createdAt", "created_on", "startsAt", "starts_at", "startTime", "activatedAt", "eventTime"),
    *("lastTimestamp", "firstTimestamp", "StateChangeTime", "Timestamp", "occurred_at", "at"),
    *("date_happened", "date", "when", "published"),
)
_TEXTS = (
    *("text", "message", "msg", "summary", "log", "content", "body", "annotations", "title"),
    *("description", "what", "event", "note", "NewStateReason", "subject", "labels"),
)
_INNER = ("content", "text", "summary", "description", "message", "value", "alertname")
_AUTHORS = (
    *("user_profile", "username", "author", "from", "sender", "agent", "reporter", "user"),
    *("bot_profile", "source", "service"),
)
_INNER_NAMES = (
    *("display_name", "real_name", "displayName", "name", "summary", "user", "application"),
    *("component", "login", "email"),
)
_SPACE = re.compile(r"[\s,]*")
_ASIDES = ("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name")
_decoder = json.JSONDecoder()
_ENOUGH = 0.5

Span = tuple[int, int, Any]


def structured(text: str, lines: Lines, at: int) -> Found | None:
    """The timed objects of JSON that begins in a line; None where it holds none."""
    line = lines[at]
    begin = line.start + len(line.text) - len(line.text.lstrip())
    if text[begin : begin + 1] not in ("{", "["):
        return None
    try:
        value, end = _decoder.raw_decode(text, begin)
        objects = list(_timed(text, begin, end, value))
    except (ValueError, RecursionError):
        return None
    entries = [entry for start, stop, item in objects for entry in _entries(start, stop, item)]
    if not entries:
        return None
    after = at
    while after < len(lines) and lines[after].start < end:
        after += 1
    return Found(entries, after, used=[(begin, end, "frame")])


def _timed(text: str, start: int, end: int, value: Any) -> Iterator[Span]:
    """The objects with a time, outermost first; an object in a timed one is part of it."""
    if isinstance(value, dict):
        members = list(_members(text, start))
        lists = [span for span in members if isinstance(span[2], list)]
        inner = [found for span in lists for found in _timed(text, *span)]
        if _time(value) is not None and not any(_is_record(item) for _, _, item in inner):
            yield start, end, value
            return
        for member in members:
            if isinstance(member[2], dict | list):
                yield from _timed(text, *member)
    elif isinstance(value, list):
        items = list(_items(text, start))
        timed = [span for span in items if isinstance(span[2], dict) and _time(span[2])]
        if timed and len(timed) >= _ENOUGH * len(items):
            yield from timed
            return
        for item in items:
            if isinstance(item[2], dict | list):
                yield from _timed(text, *item)


def _is_record(item: Any) -> bool:
    """Whether an object inside another is an event of its own rather than a detail of it."""
    return bool(_text(item)) and not {"count", "users"} <= item.keys()


def _members(text: str, start: int) -> Iterator[Span]:
    """The values of an object and their places."""
    place = _skip(text, start + 1)
    while text[place : place + 1] != "}":
        _, place = _decoder.raw_decode(text, place)
        place = _skip(text, _skip(text, place) + 1)
        value, behind = _decoder.raw_decode(text, place)
        yield place, behind, value
        place = _skip(text, behind)


def _items(text: str, start: int) -> Iterator[Span]:
    """The items of a list and their places."""
    place = _skip(text, start + 1)
    while text[place : place + 1] != "]":
        value, behind = _decoder.raw_decode(text, place)
        yield place, behind, value
        place = _skip(text, behind)


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _time(item: dict[str, Any]) -> When | None:
    for key in _TIMES:
        if (when := _when(item.get(key))) is not None:
            return when
    metadata = item.get("metadata")
    return _when(metadata.get("creationTimestamp")) if isinstance(metadata, dict) else None


def _when(value: Any) -> When | None:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return whole(str(value))
    return None


def _entries(start: int, end: int, item: dict[str, Any]) -> Iterator[Entry]:
    """The event of an object; of an alert that is over, its end as well."""
    when = _time(item) or When(moment=UNKNOWN)
    entry = Entry(start, end, when, _text(item) or _rest(item), _form(item), _author(item))
    if item.get("subtype") in _ASIDES:
        entry.aside = "the chat says it, nobody wrote it"
    if "startsAt" in item or "starts_at" in item:
        entry.kind, entry.because = "detected", "an alert"
    elif isinstance(kind := item.get("kind"), str) and kind != "Event":
        entry.kind, entry.because = kind, "its field says so"
    yield entry
    over = _when(item.get("endsAt"))
    if over is not None and not str(item["endsAt"]).startswith("0001") and over.words != when.words:
        text = f"Over: {entry.text}"
        yield Entry(start, end, over, text, entry.form, kind="recovered", because="an alert ended")


def _form(item: dict[str, Any]) -> str:
    if "ts" in item and ("user" in item or "bot_id" in item or "subtype" in item):
        return "Slack message"
    if "createdDateTime" in item:
        return "Teams message"
    if "startsAt" in item:
        return "Alert"
    return "Kubernetes event" if "involvedObject" in item else "JSON record"


def _text(item: dict[str, Any]) -> str:
    found = next(filter(None, (_words(item.get(key)) for key in _TEXTS)), "")
    about = item.get("involvedObject")
    if isinstance(about, dict):
        where = "/".join(str(about[key]) for key in ("kind", "name") if about.get(key))
        found = f"{found} ({', '.join(filter(None, (str(item.get('reason') or ''), where)))})"
    return found


def _words(value: Any) -> str:
    """The text of a field, which may be an object with the text in it."""
    if isinstance(value, str):
        return html.unescape(slack.readable(value)).strip()
    if isinstance(value, dict):
        if value.get("contentType") == "html" and isinstance(value.get("content"), str):
            return to_markdown(value["content"]).text.strip()
        return next(filter(None, (_words(value.get(key)) for key in _INNER)), "")
    return ""


def _rest(item: dict[str, Any]) -> str:
    """An object without a text: what it says beside its time."""
    said = {k: v for k, v in item.items() if k not in _TIMES and isinstance(v, str | int | float)}
    return ", ".join(f"{key}: {value}" for key, value in said.items())


def _author(item: dict[str, Any]) -> str:
    return next(filter(None, (_name(item.get(key)) for key in _AUTHORS)), "")


def _name(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return next(filter(None, (_name(value.get(key)) for key in _INNER_NAMES)), "")
    return ""
