"""Times as people type them while they think of something else."""

import re
from datetime import datetime

from integrations.markdown.form_times import read_moment
from models.domain.moments import Moment, exactly
from models.errors import InvalidInputError

_CLOCK = re.compile(r"(?P<about>(?:about |~) ?)?(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?P<rest> ?.*)")
_ABOUT = re.compile(r"~ ?")
_HOUR = re.compile(r"(?<![\d:])(\d):(\d\d)")


def read_typed(text: str, near: datetime | None, now: datetime) -> Moment | None:
    """The moment of a typed text, None where it is empty.

    Beside the notation of the Markdown form: "now", "~" for about, a time alone (on the day of
    ``near``, else today in UTC), one-digit hours. Raises ``InvalidInputError`` with advice.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if text.lower() == "now":
        return exactly(now.replace(second=0, microsecond=0))
    text = _HOUR.sub(r"0\1:\2", _ABOUT.sub("about ", text))
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        day = (near or now).date().isoformat()
        text = f"{clock['about'] or ''}{day} {clock['clock']}{clock['rest']}"
    try:
        return read_moment(text)
    except InvalidInputError as error:
        raise InvalidInputError(
            str(error),
            advice="Write a time like 14:02 UTC, 2026-11-19 15:02 Europe/Berlin, about 14:00, "
            "2026-11-19 or 2026-11.",
        ) from error
