"""What a document says about itself: date, severity, services, authors, aliases, times."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from integrations.markdown.blocks import plain
from integrations.markdown.fields import AFTERWARDS, TIMES, Field
from integrations.markdown.source import Source
from integrations.markdown.spans import read_span
from integrations.markdown.stamp_search import find_day
from integrations.markdown.stamps import read_stamp
from integrations.markdown.times import TimeContext
from integrations.markdown.zones import BESIDE, Zone, find_zone, zone_from
from models.domain.incident import Times
from models.domain.moments import Moment, Precision
from models.vocabulary import Vocabularies

_OLD_ID = re.compile(
    r"\b(?:PM|INC|IR|RCA|COE|PIR|SEV)[-_ ]?\d{2,8}(?:[-_]\d{1,6})?\b", re.IGNORECASE
)
_SEVERITY = re.compile(r"\b(?:SEV|S|P)[- ]?[0-5]\b|\bseverity[- ]?[0-5]\b", re.IGNORECASE)
_ALL_TIMES = re.compile(r"(?<![A-Za-z])all\b.{0,30}\btimes?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_BESIDE_TIME = re.compile(rf"\d(?:\s?[ap]\.?m\.?)?\s?\(?({BESIDE})", re.IGNORECASE)
_SEARCHED = 200_000
_LONGEST_REMARK = 2000
_LONGEST_EMPTY = 60
_EMPTY = re.compile(r"^\W*(?:n/?a|none|unknown|tb[dc]|\?+|-+|x+|todo)?\W*$", re.IGNORECASE)
_FRONT = {
    "authors": ("authors", "author", "by", "written_by"),
    "tags": ("tags", "categories", "category", "labels", "keywords"),
    "services": ("services", "service", "components", "component", "systems", "affected_services"),
    "severity": ("severity", "sev", "priority"),
    "facilitator": ("facilitator",),
    "aliases": (
        "id", "ref", "slug", "url", "path", "aliases", "alias", "permalink", "redirect_from",
        "incident", "ticket",
    ),
    "date": ("date", "incident_date", "occurred_at", "start"),
}  # fmt: skip
_KNOWN_KEYS = frozenset(key for keys in _FRONT.values() for key in keys) | {"title", "tags"}


@dataclass(slots=True)
class Metadata:
    """Values found so far; later ones do not replace earlier ones."""

    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    severity: str = ""
    facilitator: str = ""
    aliases: tuple[str, ...] = ()
    times: dict[str, Moment] = field(default_factory=dict)
    spans: dict[str, timedelta] = field(default_factory=dict)


def from_front_matter(source: Source, terms: Vocabularies) -> Metadata:
    """What the front matter and the file's name say."""

    def texts(name: str) -> tuple[str, ...]:
        return _front_texts(source, name)

    severity = next(iter(texts("severity")), "")
    return Metadata(
        authors=texts("authors"),
        tags=texts("tags"),
        services=texts("services"),
        severity=terms.severities.canonical(severity) if severity else "",
        facilitator=", ".join(texts("facilitator")),
        aliases=texts("aliases") + tuple(_OLD_ID.findall(source.path.stem)),
    )


def _front_texts(source: Source, name: str) -> tuple[str, ...]:
    values = {key.lower().replace("-", "_"): value for key, value in source.front_matter.items()}
    found = [text for key in _FRONT[name] for text in _texts(values.get(key))]
    return tuple(dict.fromkeys(found))


def unmapped(front_matter: Mapping[str, object]) -> bool:
    """Whether a front matter says more than what has a place in a post-mortem."""
    return any(key.lower().replace("-", "_") not in _KNOWN_KEYS for key in front_matter)


def _texts(value: object) -> list[str]:
    """Scalars, lists and one level of maps as texts."""
    if value is None or value is False:
        return []
    if isinstance(value, datetime):
        return [value.isoformat()]
    if isinstance(value, Mapping):
        return [
            text
            for item in value.values()
            if not isinstance(item, (Mapping, list))
            for text in _texts(item)
        ]
    if isinstance(value, (list, tuple)):
        return [text for item in value if not isinstance(item, list) for text in _texts(item)]
    text = str(value).strip()
    return [text] if text else []


def _day(text: str, order: bool | None) -> date | None:
    """The first date of a text; None where it can be read two ways and ``order`` is not known."""
    stamp = find_day(text)
    if stamp is None:
        return None
    is_open = stamp.first is not None and max(stamp.first, stamp.second or 0) <= 12
    if is_open and order is None and stamp.first != stamp.second:
        return None
    moment = TimeContext(day_first=order).read(replace(stamp, clock=None))
    return moment.at.date() if moment.at else None


def document_day(
    fields: Iterable[Field], title: str, prose: str, source: Source, order: bool | None
) -> date | None:
    """The day a document is about.

    By its own field for it, its title, its first sentences, its name or front matter. The front
    matter's date comes last: it is often the day of publication. ``order`` says whether dates are
    written day first.
    """
    given = [plain(item.value) for item in fields if item.meaning == "date"]
    named = re.sub(r"[_]", " ", source.path.stem)
    front = _front_texts(source, "date")
    for text in (*given, title, prose[:1500], named, _digits_as_date(named), *front):
        if day := _day(text, order):
            return day
    return None


def document_year(source: Source) -> int | None:
    """The year that a front matter, a name or a folder's name gives a source without any date."""
    values = [str(value) for key, value in source.front_matter.items() if key.lower() == "year"]
    named = [source.path.stem, *(folder.name for folder in list(source.path.parents)[:2])]
    for text in (*values, *_front_texts(source, "aliases"), *named):
        if match := _YEAR.search(text):
            return int(match[0])
    return None


def _digits_as_date(name: str) -> str:
    return re.sub(r"^(\d{4})(\d{2})(\d{2})\b", r"\1-\2-\3", name)


def document_zone(text: str) -> Zone | None:
    """The zone of all times of a document.

    Doubtful where the document does not say so: the one zone it names, else the one that most of
    its times have.
    """
    lines = [line for line in text[:_SEARCHED].split("\n") if len(line) < _LONGEST_REMARK]
    for line in lines:
        if _ALL_TIMES.search(line) and (zone := find_zone(line)):
            return zone
    found = {zone.name: zone for line in lines if (zone := find_zone(line)) is not None}
    if len(found) == 1:
        return replace(next(iter(found.values())), doubtful=True)
    beside = Counter(m[1].upper() for line in lines for m in _BESIDE_TIME.finditer(line))
    usual = zone_from(beside.most_common(1)[0][0]) if beside else None
    return replace(usual, doubtful=True) if usual is not None else None


def add_fields(
    metadata: Metadata, fields: Iterable[Field], context: TimeContext, terms: Vocabularies
) -> None:
    """Take up labelled values of the document's head and its fact sections."""
    for item in fields:
        value = plain(item.value.split("\n\n")[0])
        if not item.meaning or (len(value) < _LONGEST_EMPTY and _EMPTY.match(value)):
            continue
        if item.meaning in TIMES:
            add_time(metadata, item.meaning, value, context)
        elif item.meaning in ("ttd", "tta", "ttm", "ttr", "duration"):
            if (span := read_span(value)) is not None:
                metadata.spans.setdefault(item.meaning, span)
        else:
            _add_value(metadata, item.meaning, value, terms)


def add_time(metadata: Metadata, name: str, text: str, context: TimeContext) -> None:
    """A time of the incident as written; the first one counts."""
    stamp = read_stamp(text)
    if stamp is None or name in metadata.times:
        return
    after = context.near if name in AFTERWARDS else None
    moment = replace(context, last=None, after=after).read(stamp)
    if moment.at is not None:
        metadata.times[name] = moment
        context.day = context.day or moment.at.date()


def _add_value(metadata: Metadata, meaning: str, value: str, terms: Vocabularies) -> None:
    if meaning == "severity" and not metadata.severity:
        found = terms.severities.find(value) or next(
            (term for m in _SEVERITY.findall(value) if (term := terms.severities.find(m))), None
        )
        if found is not None:
            metadata.severity = found.id
    elif meaning == "services" and len(value) < 200:
        metadata.services = tuple(dict.fromkeys((*metadata.services, *_names(value))))
    elif meaning == "authors" and len(value) < 300:
        metadata.authors = tuple(dict.fromkeys((*metadata.authors, *_names(value))))
    elif meaning == "tags" and len(value) < 200:
        metadata.tags = tuple(dict.fromkeys((*metadata.tags, *_names(value))))
    elif meaning == "facilitator" and not metadata.facilitator and len(value) < 100:
        metadata.facilitator = value
    elif meaning == "id" and len(value) < 80:
        metadata.aliases = (*metadata.aliases, value)


def _names(value: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:,|;|\n|<br\s*/?>|\s&\s|\sand\s|\s/\s)\s*", value)
    return tuple(name for part in parts if (name := part.strip(" .*_")) and len(name) < 80)


def severity_in(text: str, terms: Vocabularies) -> str:
    """A severity that a title or first line names ("[SEV2] Login down")."""
    for match in re.finditer(r"\bSEV(?:ERITY)?[- ]?[0-5]\b", text, re.IGNORECASE):
        if (term := terms.severities.find(match[0])) is not None:
            return term.id
    return ""


def incident_times(metadata: Metadata) -> Times:
    """The times that are stated, and those that a stated duration gives from a stated time."""
    found = dict(metadata.times)
    start = found.get("onset")
    if (
        start is not None
        and start.at is not None
        and start.precision in (Precision.EXACT, Precision.APPROXIMATE)
    ):
        for name, time in (("ttd", "detected"), ("ttm", "mitigated"), ("ttr", "resolved")):
            span = metadata.spans.get(name)
            if span is not None and time not in found:
                try:
                    at = start.at + span
                except OverflowError:
                    continue
                found[time] = Moment(at, start.zone, Precision.APPROXIMATE)
    return Times(**found)


def day_moment(day: date) -> Moment:
    """A day of which no more is known."""
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), "UTC", Precision.DAY)
