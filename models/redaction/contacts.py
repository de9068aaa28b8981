"""Ways to reach a person or a team in a text: accounts, telephone numbers, channels of a chat."""

import re
from collections.abc import Callable, Collection

USERS, PHONES, CHANNELS = "names of accounts", "telephone numbers", "channels of a chat"
PHONE, CHANNEL, USER = "[telephone number]", "[channel]", "[account]"

_ACCOUNT = r"(?P<user>[^\W\d_][\w.-]{0,60}\w)"
_CLIENTS = "|".join(
    ("psql", r"pg_\w+", "createdb", "dropdb", r"mysql\w*", "mariadb", r"mongo\w*", "redis-cli",
     "cqlsh", "sqlcmd", "clickhouse-client")
)  # fmt: skip
_WHO = "(?:db|pg|login|os|run)?[-_]?user(?:[-_]?(?:name|id))?|usr|uid|login|owner|author|assignee"
_SHELLS = "sudo|ssh|sftp|scp|curl|runas"
_ACCOUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.])(?:{_WHO})[\"']?\s?=\s?[\"'`]?{_ACCOUNT}",
        rf"[\"'](?:{_WHO})[\"']\s?:\s?[\"']{_ACCOUNT}(?=[\"'])",
        rf"\b(?:user(?:[ -]?name)?|account|role|login)\s[\"'`]{_ACCOUNT}(?=[\"'`])",
        rf"--(?:user(?:name)?|login|owner|as)[ =][\"']?{_ACCOUNT}",
        rf"\b(?:{_CLIENTS}|{_SHELLS})\b[^\n`;|&]{{0,200}}?\s-[Uul][ ]?[\"']?{_ACCOUNT}",
        rf"\bsu\s(?:-l?\s)?{_ACCOUNT}(?=\s*(?:$|[`;&|\n]))",
        rf"(?:/home/|/Users/|\\Users\\|~(?=[a-z]\w*/)){_ACCOUNT}(?=[/\\])",
    )
)
"""Where a command, a log or a path names the account of whoever was at work."""
_AT_HOST = re.compile(
    r"(?P<command>\b(?:ssh|scp|sftp|rsync|mosh)\b[^\n`;|&@]{0,80}?\s)?"
    r"(?<![\w./+@-])(?P<user>[A-Za-z_][\w.-]{0,31})@(?P<host>[\w][\w.-]{0,200}\w)"
)
_HOST_OPTION = re.compile(
    r"(?i)(?:(?<![\w.-])(?:host(?:name)?|server|--host(?:name)?)[=][\"'`]?"
    rf"|\b(?:{_CLIENTS})\b[^\n`;|&]{{0,200}}?\s(?:-h|--host)[ ])"
    r"(?P<host>[a-z0-9](?:[\w.-]{0,200}\w)?)"
)
_DIGITS = r"(?:[ .\-/()\u00a0\u2011]{0,2}\d)"
_PHONES = (
    re.compile(rf"(?<![\w+])(?:\+|00(?=[1-9]\d?[ ]))[1-9]{_DIGITS}{{7,14}}(?![\w%])"),
    re.compile(r"(?<![\w.+-])(?:1[ .-])?(?:\(\d{3}\)[ ]?|\d{3}[-])\d{3}[-]\d{4}(?![\w-]|\.\d)"),
    re.compile(
        r"(?i)\b(?:(?:tele)?phone|telefon|tel|mobile|cell|fax|whatsapp|handy|durchwahl)\b"
        rf"(?:[ ](?:no|nr|number|is))?[.:]{{0,2}}[ ]?(?P<number>\(?\d{_DIGITS}{{5,14}})(?![\w%])"
    ),
)
_CHANNEL = re.compile(
    r"<#[A-Z0-9]{6,}(?:\|[^>\n]{0,80})?>"
    r"|(?<![\w/&#=\"'\\])#(?!(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})(?![\w-])"
    r"|(?:include|define|undef|if|ifn?def|endif|else|elif|pragma|error|region|endregion|line)\b)"
    r"[^\W\d_][\w-]{0,78}\w"
)
_MARKS = re.compile(
    r"(?P<fence>(?m:^) {0,3}(?P<marks>`{3,}|~{3,})[^\n]*"
    r"(?:\n[\s\S]*?(?:\n {0,3}(?P=marks)[^\n]*|\Z)|\Z))"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]{0,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<line>(?m:^)[ ]{0,3})?<!--"
)
HIDDEN = "hidden comments"


def without_hidden(text: str) -> tuple[str, int]:
    """The text without the comments that a page does not show, outside code, and how many.

    One that opens a line and is never closed hides all that follows.
    """
    pieces, done, place, count = [], 0, 0, 0
    while "<!--" in text and (found := _MARKS.search(text, place)):
        place = found.end()
        if not found[0].endswith("<!--") or found["fence"] or found["ticks"]:
            continue
        end = text.find("-->", found.end() - 2)
        if end < 0 and found["line"] is None:
            continue
        pieces.append(text[done : found.start()])
        place = done = end + 3 if end >= 0 else len(text)
        count += 1
    return ("".join((*pieces, text[done:])).strip("\n"), count) if count else (text, 0)


def without_phones(text: str) -> tuple[str, int]:
    """The text without telephone numbers, and how many."""
    count = 0
    for pattern in _PHONES:
        text, found = pattern.subn(_number, text)
        count += found
    return text, count


def without_channels(text: str) -> tuple[str, int]:
    """The text without channels of a chat, and how many."""
    return _CHANNEL.subn(CHANNEL, text)


def _number(match: re.Match[str]) -> str:
    group = "number" if "number" in match.re.groupindex else 0
    start, end = match.span(group)
    begin = match.start()
    return match[0][: start - begin] + PHONE + match[0][end - begin :]


def without_accounts(text: str, shared: Collection[str]) -> tuple[str, int]:
    """The text without accounts that commands, logs and paths name, but for ``shared`` ones."""
    count = 0

    def without(match: re.Match[str]) -> str:
        nonlocal count
        if match["user"].casefold() in shared or match["user"].startswith("["):
            return match[0]
        count += 1
        start, end = (place - match.start() for place in match.span("user"))
        return match[0][:start] + USER + match[0][end:]

    for pattern in _ACCOUNTS:
        text = pattern.sub(without, text)
    return text, count


def without_logins(
    text: str, machine: str, is_host: Callable[[str], bool], shared: Collection[str]
) -> tuple[str, int, int]:
    """The text without "name@host" and the hosts that options name: accounts, hosts gone."""
    users = hosts = 0

    def login(match: re.Match[str]) -> str:
        nonlocal users, hosts
        if not (match["command"] or is_host(match["host"])):
            return match[0]  # a version: "package@1.2"
        is_shared = match["user"].casefold() in shared
        users += not is_shared
        hosts += 1
        return f"{match['command'] or ''}{match['user'] if is_shared else USER}@{machine}"

    def option(match: re.Match[str]) -> str:
        nonlocal hosts
        hosts += 1
        return match[0][: match.start("host") - match.start()] + machine

    text = _AT_HOST.sub(login, text)
    return _HOST_OPTION.sub(option, text), users, hosts
