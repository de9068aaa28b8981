"""Lines of logs and command output whose time is not where a line of text has it."""

import re

from integrations.markdown.stamps import Clock, Stamp
from integrations.timeline.entries import Entry, Found, Line, Lines, When
from integrations.timeline.notations import leading, seconds_in, whole

_KLOG = re.compile(
    r"^[IWEF](?P<month>[01]\d)(?P<day>[0-3]\d) (?P<clock>\d\d:\d\d:\d\d)\.\d+\s+\d+ "
)
_SYSLOG = re.compile(r"^<\d{1,3}>1 (?P<rest>\d{4}-\d\d-\d\dT\S+ .*)$")
_FIELD = re.compile(
    r"(?:^|[\s{,])(?:time|ts|timestamp|datetime|at)=(?:\"(?P<quoted>[^\"]{4,40})\"|(?P<bare>[^\s\"]{4,40}))"
)
_MESSAGE = re.compile(r"(?:^|\s)(?:msg|message)=(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<bare>\S+))")
_ACCESS = re.compile(
    r"^\S+ \S+ \S+ (?P<rest>\[\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] .*)$"
)
_HASH = re.compile(r"^(?:[*|/\\ ]*)(?P<hash>[0-9a-f]{7,40})\s+(?P<rest>\d{4}-\d\d-\d\d.*)$")
_COMMIT = re.compile(r"^commit [0-9a-f]{7,64}\b")
_COMMIT_FIELD = re.compile(r"^(Author|AuthorDate|Commit|CommitDate|Date|Merge): +(.*)$")
_COLUMNS = re.compile(
    r"^\s*(?:NAMESPACE\s+)?(?:FIRST SEEN|LAST SEEN|Type)\s+.*(?:MESSAGE|Message)\s*$"
)
_AGE = re.compile(r"^\d[\dhmsdy]*\b|^<unknown>|^\d\S* \(x\d+ over")


def log_lines(lines: Lines, at: int) -> Found | None:
    """One line of a log: klog, logfmt, an access log, or a hash in front of the time."""
    line = lines[at]
    for read in (_klog, _syslog, _access, _hashed, _logfmt):
        if (entry := read(line)) is not None:
            return Found([entry], at + 1, goes_on=True)
    return None


def _entry(line: Line, when: When, text: str, form: str = "Log line") -> Entry:
    return Entry(line.start, line.end, when, text.strip(), form)


def _klog(line: Line) -> Entry | None:
    match = _KLOG.match(line.text)
    if match is None:
        return None
    stamp = Stamp(month=int(match["month"]), day=int(match["day"]), clock=_clock(match["clock"]))
    words = f"{match['month']}{match['day']} {match['clock']}"
    return _entry(line, When(stamp=stamp, words=(words,)), line.text[match.end() :])


def _syslog(line: Line) -> Entry | None:
    """Syslog of RFC 5424, which begins with its priority; the older one begins with its time."""
    match = _SYSLOG.match(line.text)
    found = leading(match["rest"]) if match else None
    return _entry(line, *found) if found else None


def _clock(text: str) -> Clock | None:
    hour, minute, second = (int(figure) for figure in text.split(":"))
    return Clock(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _access(line: Line) -> Entry | None:
    """A request as web servers log it, which begins with who asked."""
    match = _ACCESS.match(line.text)
    found = leading(match["rest"]) if match else None
    return _entry(line, *found) if found else None


def _hashed(line: Line) -> Entry | None:
    """ "1a2b3c4 2026-11-19 14:02:01 +0100 message", as git log writes it on demand."""
    match = _HASH.match(line.text)
    found = leading(match["rest"]) if match else None
    if match is None or found is None:
        return None
    entry = _entry(line, found[0], f"{found[1].strip()} ({match['hash']})", "git commit")
    entry.kind, entry.because = "action", "a commit"
    return entry


def _logfmt(line: Line) -> Entry | None:
    match = _FIELD.search(line.text)
    when = whole(match["quoted"] or match["bare"]) if match else None
    if match is None or when is None:
        return None
    said = _MESSAGE.search(line.text)
    text = (said["quoted"] or said["bare"] or "") if said else ""
    rest = line.text[: match.start()] + line.text[match.end() :]
    return _entry(line, when, text.replace('\\"', '"') or rest)


def commits(lines: Lines, at: int) -> Found | None:
    """One commit of ``git log``."""
    if not _COMMIT.match(lines[at].text):
        return None
    fields: dict[str, str] = {}
    below = at + 1
    while below < len(lines) and (match := _COMMIT_FIELD.match(lines[below].text)):
        fields[match[1]] = match[2]
        below += 1
    when = whole(fields.get("CommitDate") or fields.get("Date") or fields.get("AuthorDate") or "")
    if when is None:
        return None
    start = below
    while below < len(lines) and (lines[below].is_blank or lines[below].text[:1].isspace()):
        below += 1
    said = "\n".join(line.text.strip() for line in lines[start:below]).strip()
    name = re.sub(r"\s*<[^<>]*>", "", fields.get("Author", fields.get("Commit", "")))
    entry = Entry(
        lines[at].start, lines[below - 1].end, when, f"{said} ({lines[at].text.split()[1][:10]})"
    )
    entry.form, entry.author, entry.kind, entry.because = "git commit", name, "action", "a commit"
    return Found([entry], below)


def cluster_events(lines: Lines, at: int) -> Found | None:
    """The table of ``kubectl get events`` or ``describe``, whose times are ages."""
    if not _COLUMNS.match(lines[at].text):
        return None
    titles = re.split(r"\s{2,}", lines[at].text.strip())
    names = [title.upper() for title in titles]
    ages = [i for i, name in enumerate(names) if name in ("LAST SEEN", "AGE")]
    if not ages or len(titles) < 3:
        return None
    entries: list[Entry] = []
    used = [(lines[at].start, lines[at].end, "columns")]
    below = at + 1
    while below < len(lines) and not lines[below].is_blank:
        line = lines[below]
        cells = re.split(r"\s{2,}", line.text.strip(), maxsplit=len(titles) - 1)
        if re.fullmatch(r"[-\s]+", line.text):
            used.append((line.start, line.end, "columns"))
        elif len(cells) != len(titles) or (when := _age(cells[ages[0]])) is None:
            break
        else:
            rest = [c for i, c in enumerate(cells) if i not in ages and names[i] != "FIRST SEEN"]
            message = rest.pop()
            entries.append(_entry(line, when, f"{message} ({', '.join(rest)})", "Kubernetes event"))
        below += 1
    return Found(entries, below, used=used) if entries else None


def _age(cell: str) -> When | None:
    if not _AGE.match(cell):
        return None
    seconds = seconds_in(cell.partition(" ")[0])
    return (
        When(ago=seconds, words=(cell,))
        if seconds is not None
        else When(stamp=Stamp(no_time=True), words=(cell,))
    )
