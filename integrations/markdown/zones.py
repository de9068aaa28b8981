"""Time zones as documents name them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_FIXED = {
    "UTC": 0, "Z": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120,
    "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "IST": 330, "SGT": 480, "HKT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "ACST": 570, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "BRT": -180,
}  # fmt: skip
_NAMED = {
    "PT": "America/Los_Angeles", "PACIFIC": "America/Los_Angeles", "MT": "America/Denver",
    "MOUNTAIN": "America/Denver", "CT": "America/Chicago", "CENTRAL": "America/Chicago",
    "ET": "America/New_York", "EASTERN": "America/New_York", "UK": "Europe/London",
    "UK LOCAL": "Europe/London", "LONDON": "Europe/London", "CENTRAL EUROPEAN": "Europe/Berlin",
}  # fmt: skip
_SEASONS = {
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MDT": "America/Denver",
    "CDT": "America/Chicago", "EST": "America/New_York", "EDT": "America/New_York",
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "BST": "Europe/London", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki",
}  # fmt: skip
SHARED = {
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "MST": ("America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"),
}
"""Abbreviations of several zones far from each other, and those zones."""

_SHORT_NAMES = frozenset({"PT", "MT", "CT", "ET"})

_AMERICAN = re.compile(
    r"^(?:[PMCE][SD]?T|AK[SD]T|HST|PACIFIC|MOUNTAIN|CENTRAL|EASTERN|America/.*)$"
)
_ABBREVIATIONS = "|".join(sorted(_FIXED, key=len, reverse=True))
_NAMES = "|".join(
    name.replace(" ", r"\s+") for name in sorted(_NAMED, key=len, reverse=True) if len(name) > 2
)

_PHRASE = rf"(?:{_NAMES})(?:\s+(?:standard|daylight|summer))?\s+time\b"
_PLACE = (
    r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific|US)"
    r"/[A-Za-z_]+(?:/[A-Za-z_]+)?"
)
_SIGNED = r"(?:UTC|GMT)\s?[+\-\u2212]\s?\d{1,2}(?::?\d{2})?(?!\d)"
_SHORT = (
    rf"(?:(?-i:{_ABBREVIATIONS}|[PMCE]T)|utc|gmt|cest|cet|bst|[pec]dt|pst)"
    r"(?![-/'\u2019]?[A-Za-z0-9])"
)

BESIDE = rf"(?:{_SIGNED}|\+\d{{2}}:?\d{{2}}(?!\d)|{_PHRASE}|{_PLACE}|{_SHORT})"
"""A zone directly behind a time; to be compared without case."""

_SEARCH = re.compile(rf"\b(?:{_SIGNED}|{_PLACE}|(?!Z\b){_SHORT})", re.IGNORECASE)
_SEARCH_PHRASE = re.compile(
    rf"\b{_PHRASE}|\btimes?\b[^.\n]{{0,20}}?\b(pacific|mountain|central|eastern)\b", re.IGNORECASE
)
_OFFSET = re.compile(r"^(?:UTC|GMT)?\s?([+\-\u2212])\s?(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as a source names it. ``name`` is what is shown and stored.

    ``doubtful``: the name stands for several zones, or no zone is known.
    """

    name: str
    rules: tzinfo
    doubtful: bool = False
    season: str = ""

    def to_utc(self, local: datetime) -> tuple[datetime, bool]:
        """The instant of a local time, and whether it is certain.

        It is not when the clock showed that time twice or never, and not when a name of one
        season ("PST") is used in the other: authors often mean the zone, not its winter time.
        """
        aware = local.replace(tzinfo=self.rules)
        at = aware.astimezone(UTC)
        certain = not self.doubtful
        if isinstance(self.rules, ZoneInfo):
            certain = certain and aware.utcoffset() == aware.replace(fold=1).utcoffset()
        elif self.season:
            seasonal = local.replace(tzinfo=ZoneInfo(self.season))
            certain = certain and seasonal.utcoffset() == aware.utcoffset()
        return at, certain


UNKNOWN_ZONE = Zone("UTC", UTC, doubtful=True)
"""Stands in where a source names no zone; times in it are approximate."""


@cache
def zone_names() -> frozenset[str]:
    """Every name of the time zone database. Listing them opens 600 files, hence once."""
    return frozenset(available_timezones())


def zone_from(text: str) -> Zone | None:
    """The zone of a name such as "CET", "UTC+2", "+02:00", "Pacific Time" or "Europe/Berlin"."""
    name = re.sub(r"\s+", " ", text.strip().strip("()[]"))
    if offset := _OFFSET.match(name):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes > 14 * 60:
            return None
        signed = -minutes if offset[1] in "-\u2212" else minutes
        shown = f"{'-' if signed < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
        return Zone("UTC" if not signed else shown, timezone(timedelta(minutes=signed)))
    upper = re.sub(r" (?:STANDARD|DAYLIGHT|SUMMER)?\s*TIME$", "", name.upper()).strip()
    if upper in ("Z", "UTC", "GMT"):
        return Zone("GMT" if upper == "GMT" else "UTC", UTC)
    if upper in _FIXED:
        rules = timezone(timedelta(minutes=_FIXED[upper]))
        return Zone(upper, rules, upper in SHARED, _SEASONS.get(upper, ""))
    known = _NAMED.get(upper, name if name in zone_names() else "")
    shown = upper if upper in _SHORT_NAMES else known
    return Zone(shown, ZoneInfo(known)) if known else None


def find_zone(text: str) -> Zone | None:
    """The first zone that a text names ("All times in CET."), or None."""
    for match in _SEARCH.finditer(text):
        if (zone := zone_from(match[0])) is not None:
            return zone
    phrase = _SEARCH_PHRASE.search(text)
    return zone_from(phrase[1] or phrase[0]) if phrase else None


def is_american(zone: Zone | None) -> bool:
    """Whether dates beside this zone are likely written month first."""
    return zone is not None and bool(_AMERICAN.match(zone.name))
