"""Finding dates and times inside a text, rather than at its beginning."""

import re
from dataclasses import replace

from integrations.markdown.stamps import DATES, Stamp, dated, read_stamp


def find_day(text: str) -> Stamp | None:
    """The first full date (year, month and day) anywhere in a text, or None."""
    found: tuple[int, Stamp] | None = None
    for pattern in DATES:
        for match in pattern.finditer(text):
            stamp = dated(Stamp(), match.groupdict())
            if stamp is None or stamp.year is None or (stamp.day or stamp.first) is None:
                continue
            if found is None or match.start() < found[0]:
                found = match.start(), replace(stamp, written=match[0])
            break
    return found[1] if found else None


_OPEN_TIME = re.compile(r"\((?:exact )?time (?:tb[cda]|unknown|unclear)", re.IGNORECASE)
_ANCHOR = re.compile(r"(?<![\w:./-])(?=[~\d])|\b(?=[A-Z][a-z]{2})")


def split_trailing_stamp(text: str) -> tuple[str, Stamp] | None:
    """A label and the stamp that ends the text: "First detected: 2026-01-05 11:45"."""
    for match in _ANCHOR.finditer(text):
        stamp = read_stamp(text[match.start() :]) if match.start() else None
        if stamp is None or not (stamp.clock or stamp.has_date):
            continue
        rest = text[match.start() + stamp.length :].strip(" \t.,;*_`)|")
        label = text[: match.start()].strip(" \t:,;|(-\u2013\u2014")
        if not rest:
            return label, stamp
        if _OPEN_TIME.fullmatch(rest):
            return f"{label} {rest})", stamp
    return None
