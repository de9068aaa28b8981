"""Alerts and mails: blocks of lines that name their time in one of them."""

import re
from dataclasses import dataclass

from integrations.timeline.entries import Entry, Found, Lines, When
from integrations.timeline.notations import leading, whole

_ALERT = re.compile(
    r"\[?(?:FIRING|RESOLVED|TRIGGERED|ALERTING|RECOVERED|NO DATA)(?::\d+)?\]"
    r"|\[(?:Triggered|Recovered|Warn|Alerting|OK)\b"
    r"|^(?:ALARM|ALERT|Alert|OK|INCIDENT|Incident)\b.{0,3}[:#\"]"
    r"|^You are receiving this email because"
)
_LABELS = (
    r"time ?stamp|time|date|when|event time|firing since|last triggered at"
    r"|(?:triggered|fired|created|opened)(?: at| on)?|starts? ?at|start|started(?: at)?"
    r"|(?:detected|acknowledged|resolved|ended|recovered|closed)(?: at)?|ends? ?at|ends?"
)
_TIMED = re.compile(
    rf"^[\s\-*\u2022>]*\**(?P<label>{_LABELS})\**\s*[:=]\s*(?P<time>.+?)\s*$", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"\b(?P<label>last triggered|triggered|started|fired|resolved|recovered) (?:at|on) "
    r"(?P<time>.+?)\.?\s*$",
    re.IGNORECASE,
)
_OVER = re.compile(r"resolved|ended|ends|recovered|closed", re.IGNORECASE)
_SEEN = re.compile(r"acknowledged", re.IGNORECASE)
_WELL = re.compile(r"\[?(?:RESOLVED|RECOVERED|Recovered)|^OK\b|->\s*OK\b")
_SUMMARY = re.compile(
    r"^[\s\-*\u2022]*\**(?:summary|description|message|reason for state change|details)\**"
    r"\s*[:=]\s*(.+)$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^[\s\-*\u2022]*[^:\n]{2,40}[:=]\s*\S")
_DETAIL = re.compile(r"^- (Name|State Change):\s+(.+?)\s*$")
_MAIL = re.compile(r"^(From|To|Cc|Date|Sent|Subject|Reply-To|Message-ID): *(.*)$", re.IGNORECASE)
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class _Named:
    """A line of a block that names a time."""

    label: str
    when: When


def clear_alerts(lines: Lines, at: int) -> Found | None:
    """A block whose first line can be nothing but an alert's, as between the messages of a chat."""
    return alerts(lines, at) if _ALERT.search(lines[at].text) else None


def alerts(lines: Lines, at: int) -> Found | None:
    """A block that is an alert: its title, and the times that its lines name."""
    if (at and not lines[at - 1].is_blank) or lines[at].is_blank:
        return None
    certain = bool(_ALERT.search(lines[at].text))
    if not certain and (leading(lines[at].text.strip()) or not _has_fields(lines, at)):
        return None
    end = _end(lines, at, certain)
    named = [found for line in lines[at:end] if (found := _time_of(line.text)) is not None]
    if not named:
        return None
    title = _title([line.text for line in lines[at:end]])
    told = (_SUMMARY.match(line.text) for line in lines[at + 1 : end])
    summary = next((match[1].strip() for match in told if match), "")
    text = " \u2014 ".join(dict.fromkeys(filter(None, (title, summary))))
    block = "\n".join(line.text for line in lines[at:end])
    place = lines[at].start, lines[end - 1].end
    entries = [_entry(place, one, text, bool(_WELL.search(block))) for one in named]
    return Found(entries, end)


def _title(block: list[str]) -> str:
    """The first line; in a letter that only says that it is one, name and change of the alarm."""
    if not block[0].lstrip().startswith("You are receiving"):
        return block[0].strip().lstrip("#").strip()
    fields = {match[1]: match[2] for line in block if (match := _DETAIL.match(line))}
    return ": ".join(fields[name] for name in ("Name", "State Change") if name in fields)


def _entry(place: tuple[int, int], named: _Named, text: str, well: bool) -> Entry:
    entry = Entry(*place, named.when, text, "Alert")
    if _SEEN.match(named.label):
        entry.text, entry.kind = f"Acknowledged: {text}", "action"
        entry.because = "an alert was acknowledged"
    elif _OVER.match(named.label) or (well and not re.match("start|fir", named.label, re.I)):
        entry.text = f"Over: {text}" if _OVER.match(named.label) else text
        entry.kind, entry.because = "recovered", "an alert ended"
    else:
        entry.kind, entry.because = "detected", "an alert"
    return entry


def _has_fields(lines: Lines, at: int) -> bool:
    """Whether the lines up to the next blank one are names with values, one of them a time."""
    end = _end(lines, at, False)
    named = sum(bool(_FIELD.match(line.text)) for line in lines[at:end])
    timed = any(_time_of(line.text) for line in lines[at:end])
    return timed and end - at > 1 and named >= (end - at) * 0.6


def _end(lines: Lines, at: int, certain: bool) -> int:
    """The line behind a block; that of a certain alert reaches over blank lines to its time."""
    end = timed = at
    while end < len(lines) and end - at < _FARTHEST:
        if lines[end].is_blank and (not certain or timed > at):
            break
        if end > at and lines[end - 1].is_blank and _ALERT.search(lines[end].text):
            break
        if _time_of(lines[end].text) is not None:
            timed = end
        end += 1
    while end > at + 1 and lines[end - 1].is_blank:
        end -= 1
    return end


def _time_of(text: str) -> _Named | None:
    if len(text) > 300:
        return None
    match = _TIMED.match(text) or _IN_WORDS.search(text)
    when = whole(match["time"].strip("*")) if match else None
    if match is None or when is None or match["time"].startswith("0001-01-01"):
        return None
    return _Named(match["label"], when)


def mails(lines: Lines, at: int) -> Found | None:
    """The head of a mail; the words below belong to it."""
    fields: dict[str, str] = {}
    end = at
    while end < len(lines) and (match := _MAIL.match(lines[end].text)):
        fields.setdefault(match[1].lower(), match[2].strip())
        end += 1
        while fields and end < len(lines) and re.match(r"^[ \t]+\S", lines[end].text):
            end += 1
    when = whole(fields.get("date") or fields.get("sent") or "")
    if len(fields) < 2 or when is None:
        return None
    name = re.sub(r"\s*<[^<>]*>", "", fields.get("from", "")).strip('" ')
    entry = Entry(
        lines[at].start, lines[end - 1].end, when, fields.get("subject", ""), "Mail", name
    )
    entry.kind, entry.because = "communication", "a mail"
    return Found([entry], end, goes_on=True)
