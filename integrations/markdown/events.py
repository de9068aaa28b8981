"""Timeline entries: their kind, and one event from a time and a text."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from integrations.markdown.blocks import plain
from integrations.markdown.times import written
from models.domain.incident import Event, Evidence
from models.domain.moments import Moment
from resources import read_text


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a timeline as read: when, in whose words, and what (Markdown)."""

    moment: Moment
    words: tuple[str, ...]
    text: str
    evidence: tuple[Evidence, ...] = ()


_URL = re.compile(r"\bhttps?://\S+")


@cache
def _kinds() -> re.Pattern[str]:
    kinds = tomllib.loads(read_text("markdown", "kinds.toml"))["kind"]
    groups = ("|".join(map(re.escape, kind["words"])) for kind in kinds)
    names = (kind["name"] for kind in kinds)
    found = "|".join(f"(?P<{name}>{words})" for name, words in zip(names, groups, strict=True))
    return re.compile(rf"\b(?:{found})", re.IGNORECASE)


def kind_of(text: str) -> str:
    """The kind of an entry by its first telling word in its first lines; "note" without one."""
    return telling_word(text)[0]


def telling_word(text: str) -> tuple[str, str]:
    """The kind of an entry and the word that tells it: ("action", "rolled back")."""
    match = _kinds().search(_URL.sub(" ", plain(text[:300])))
    return (match.lastgroup or "note", match[0].strip()) if match else ("note", "")


def event(row: Row, new_id: Callable[[], str]) -> Event:
    """The event of a timeline entry."""
    return Event(
        id=new_id(),
        at=row.moment.at,
        zone=row.moment.zone,
        precision=row.moment.precision,
        written=written(row.moment, row.words),
        kind=kind_of(row.text),
        text=row.text,
        evidence=row.evidence,
    )
