"""What an abbreviation of several zones means by an answer."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from integrations.markdown.zones import SHARED, Zone, zone_from

_WINTER, _SUMMER = datetime(2026, 1, 1), datetime(2026, 7, 1)  # noqa: DTZ001 - local times
_SIGNS = ("+", "-")


def meant(name: str, answer: Zone, wall: datetime | None = None) -> Zone | None:
    """The zone that an abbreviation means by an answer, at a local time if one is known.

    None where the answered zone never calls its time so. Where it does, but not at that time of
    the year, it is the abbreviation's own offset with that zone as its season, which leaves two
    instants to choose from. An offset ("+05:30") is taken at its word.
    """
    rules = answer.rules
    if not isinstance(rules, ZoneInfo):
        return answer if answer.name.startswith(_SIGNS) else None
    walls = [wall] if wall else [_WINTER, _SUMMER]
    locals_ = [one.replace(tzinfo=rules, fold=fold) for one in walls for fold in (0, 1)]
    called = [local for local in locals_ if local.tzname() == name]
    if len(called) == len(locals_) or (called and wall is None):
        return answer
    if called:  # a clock change showed this time twice; the abbreviation says which one
        return zone_from(called[0].strftime("%z"))
    if answer.name in SHARED[name] and str(locals_[0].tzname()).startswith(_SIGNS):
        return answer  # the database of zones has no abbreviation for it
    year = wall.year if wall else _WINTER.year
    seasons = (one.replace(year=year, tzinfo=rules) for one in (_WINTER, _SUMMER))
    other = next((local for local in seasons if local.tzname() == name), None)
    offset = other.utcoffset() if other else None
    return None if offset is None else Zone(name, timezone(offset), season=rules.key)
