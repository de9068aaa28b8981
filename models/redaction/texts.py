"""What is taken out of a text for people outside, and what stands in its place."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

import resources
from models import secrets
from models.redaction.contacts import (
    CHANNELS,
    HIDDEN,
    PHONES,
    USERS,
    without_accounts,
    without_channels,
    without_hidden,
    without_logins,
    without_phones,
)
from models.redaction.people import People, standing

NAMES, LINKS, HOSTS, ADDRESSES, TICKETS = (
    "mentions of persons", "links", "names of machines", "network addresses", "keys of tickets",
)  # fmt: skip
MAILS = "e-mail addresses"
QUOTES = "quotes of sources"

_KEPT = re.compile("[\ue010\ue011]")
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\s?(?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
_LINK = re.compile(
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?"
    r"(?:\s+[\"'(][^\n]*?[\"')])?\s*\)"
)
_BY_NAME = re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]")
_DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S.*$")
_TAG = re.compile(r"(?i)</?(?:a|img|iframe|area|link|source|video|audio)\b[^<>]*>")
_URL = re.compile(
    r"(?i)<?\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.|mailto:|file:|pm:(?=\S))[^\s<>\"')\]|]*[^\s<>\"')\]|.,;:!?]>?"
)
_SCP = re.compile(r"(?<![\w.-])[\w.-]{1,64}@[\w.-]{1,253}:[\w./~-]+")
_V4 = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:/\d{1,2}|:\d{1,5})?(?![\w.]*\w)"
)
_V6 = re.compile(
    r"(?i)(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f:]*:)(?=[0-9a-f:.]*(?:::|(?::[0-9a-f]{1,4}){7}))[0-9a-f:.]{3,45}(?:/\d{1,3})?(?![\w:])"
)
_MAC = re.compile(r"(?i)(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])")
_CLOUD = re.compile(
    r"(?<![\w-])(?:ip(?:-\d{1,3}){4}|i-[0-9a-f]{8,17}|arn:aws[\w:/.*-]+)(?![\w-])(?:\.[a-z][a-z0-9-]*)*"
)
_TICKET = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![\w-]|\.\d)")
_ISSUE = re.compile(r"(?<![\w/.-])[\w.-]{1,100}/[\w.-]{1,100}#\d+\b")
_MORTEM = re.compile(r"(?<![\w-])PM-\d{4}-\d{3,}(?![\w-])")


class Texts:
    """Rewrites the texts of one document and counts what it takes out, by what it was.

    ``own`` are names that stay: the document's own ref. Links to ``public`` hosts stay as well.
    """

    def __init__(self, people: People, own: Collection[str], public: Collection[str]) -> None:
        self.counts: Counter[str] = Counter()
        self._people = people
        self._own = frozenset(own)
        self._public = tuple(host.casefold() for host in public)

    def rewritten(self, text: str) -> str:
        """The text as people outside may read it."""
        kept: list[str] = []

        def keep(said: str) -> str:
            kept.append(said)
            return f"\ue010{len(kept) - 1}\ue011"

        text, hidden = without_hidden(unicodedata.normalize("NFC", _KEPT.sub("", text)))
        self.counts[HIDDEN] += hidden
        text = self._linkless(text, keep)
        text = self._without_secrets(text)
        text = self._unreachable(text)
        text, names = self._people.replaced(text)
        self.counts[NAMES] += names
        text = self._taken(_MORTEM, text, "another post-mortem", TICKETS)
        text = self._taken(_host(), text, "[machine]", HOSTS)
        for pattern in (_V4, _V6, _MAC, _CLOUD):
            text = self._taken(pattern, text, "[address]", ADDRESSES)
        for pattern in (_ISSUE, _TICKET):
            text = self._taken(pattern, text, "[ticket]", TICKETS)
        text = self._taken(_machine(), text, "[machine]", HOSTS)
        return re.sub("\ue010(\\d+)\ue011", lambda m: kept[int(m[1])], text)

    def _unreachable(self, text: str) -> str:
        """The text without accounts, telephone numbers and channels of a chat."""
        text, users, hosts = without_logins(text, "[machine]", _is_host, rules()["accounts"])
        text, more = without_accounts(text, rules()["accounts"])
        self.counts[USERS] += users + more
        self.counts[HOSTS] += hosts
        text, phones = without_phones(text)
        text, channels = without_channels(text)
        self.counts.update({PHONES: phones, CHANNELS: channels})
        return text

    def without_speaker(self, text: str) -> str:
        """The text of an event without who spoke at its start."""
        text, names = self._people.without_speaker(text)
        self.counts[NAMES] += names
        return text

    def is_public(self, url: str) -> bool:
        """Whether people outside may follow a link."""
        found = re.match(r"(?i)https?://(?:www\.)?([^/:?#@\s]+)(?::\d+)?(?=[/?#]|$)", url)
        host = found[1].casefold() if found else ""
        return any(host == known or host.endswith(f".{known}") for known in self._public)

    def _linkless(self, text: str, keep: Callable[[str], str]) -> str:
        def words(match: re.Match[str]) -> str:
            named = self._people.linked(match[1], match[2])
            if self.is_public(match[2]) and not named:
                return f"[{match[1]}]({keep(match[2])})"
            self.counts[LINKS] += not match[2].startswith("#")
            self.counts[NAMES] += bool(named)
            return keep(standing(match.string, match.start(), named)) if named else match[1]

        def address(match: re.Match[str]) -> str:
            if self.is_public(match[0].strip("<>")):
                return keep(match[0])
            self.counts[MAILS if match[0].startswith("mailto:") else LINKS] += 1
            return "[link]"

        if _DEFINITION.search(text):
            text = self._taken(_DEFINITION, text, "", LINKS)
            text = _BY_NAME.sub(r"\1", text)
        text = _PICTURE.sub(lambda m: f"[picture: {m[1]}]" if m[1] else "[picture]", text)
        text = _LINK.sub(words, text)
        text = _TAG.sub("", text)
        return self._taken(_SCP, _URL.sub(address, text), "[link]", LINKS)

    def _without_secrets(self, text: str) -> str:
        found = secrets.find(text)
        for secret in found:
            name = MAILS if secret.kind == "email" else f"{secret.name}s"
            self.counts[name] += 1
        return secrets.masked(text, found)

    def _taken(self, pattern: re.Pattern[str], text: str, instead: str, what: str) -> str:
        def take(match: re.Match[str]) -> str:
            if match[0] in self._own or _standard().fullmatch(match[0]):
                return match[0]
            self.counts[what] += 1
            return standing(match.string, match.start(), instead)

        return pattern.sub(take, text)


@cache
def rules() -> dict[str, Any]:
    """The data of the rules."""
    return tomllib.loads(resources.read_text("redaction", "rules.toml"))


@cache
def _standard() -> re.Pattern[str]:
    return re.compile("|".join(rules()["standards"]), re.IGNORECASE)


@cache
def _host() -> re.Pattern[str]:
    ends = "|".join(rules()["network_ends"])
    return re.compile(
        rf"(?i)(?<![\w@/.-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,8}}(?:{ends})"
        r"(?::\d{1,5})?(?![\w@-]|\.\w)"
        r"|(?<![\w.-])localhost(?::\d{1,5})?(?![\w.-])"
    )


@cache
def _machine() -> re.Pattern[str]:
    starts = "|".join(rules()["of_machines"])
    return re.compile(
        r"(?i)(?<![\w./@-])(?:[a-z][a-z0-9-]{0,62}\.){0,4}"
        rf"(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)+-\d{{1,4}}[a-z]?|(?:{starts})-?\d{{1,4}}[a-z]?)(?![\w-])"
        r"(?:\.[a-z][a-z0-9-]{0,62}(?!\w))*"
    )


def _is_host(name: str) -> bool:
    return any(p.fullmatch(name) for p in (_host(), _machine(), _V4, _V6, _CLOUD))
