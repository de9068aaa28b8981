"""What was so at a time: the dated facts inside an aggregate."""

from datetime import datetime
from operator import attrgetter

from models.domain.incident import Incident
from models.domain.post_mortem import PostMortem, Status

_when = attrgetter("at")


def severity_at(incident: Incident, at: datetime) -> str:
    """The severity as of a time, or "" where it was not set yet.

    Where nothing is dated (an imported incident), it has always been what it is.
    """
    known = [change for change in incident.severity_history if change.at <= at]
    if known:
        return sorted(known, key=_when)[-1].severity
    return "" if incident.severity_history else incident.severity


def status_at(post_mortem: PostMortem, at: datetime) -> Status | None:
    """The status as of a time, or None where nothing is dated that early."""
    known = [change for change in post_mortem.status_history if change.at <= at]
    return sorted(known, key=_when)[-1].status if known else None
