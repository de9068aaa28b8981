"""Reading lengths of time: "1h 10m", "335 minutes", "11 Days", "47 mins", "0:35:00"."""

import re
from datetime import timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*-?\s*(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"^\W*(\d{1,3}):(\d{2}):(\d{2})\b")


def read_span(text: str) -> timedelta | None:
    """The length of time a text begins with, or None where it names none."""
    if clock := _CLOCK.match(text):
        return timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3]))
    seconds, end = 0.0, -1
    for match in _PART.finditer(text[:200]):
        if end >= 0 and text[end : match.start()].strip(" ,&+") not in ("", "and"):
            break
        if end < 0 and re.search(
            r"\w",
            text[: match.start()]
            .replace("about", "")
            .replace("approximately", "")
            .replace("around", ""),
        ):
            return None
        seconds += float(match["number"].replace(",", ".")) * _UNITS[match["unit"][0].lower()]
        end = match.end()
    return timedelta(seconds=seconds) if end >= 0 and seconds < 1e9 else None
