"""What can go wrong between a client and a Jira, planned for the n-th call of a route."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from tests.jira_fake.journal import fits


class Trouble(StrEnum):
    """How a fault shows."""

    REFUSED = "refused"
    SLOW = "slow"
    RESET = "reset"
    HTML = "html"
    LOGIN = "login"
    BROKEN_JSON = "broken json"
    CUT_OFF = "cut off"
    MEANWHILE = "meanwhile"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ``applied`` says whether the site does what was asked before it shows."""

    trouble: Trouble
    applied: bool = False
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0
    action: Callable[[], object] | None = None


def refusal(
    status: int,
    *sentences: str,
    retry_after: int | datetime | None = None,
    applied: bool = False,
    errors: dict[str, str] | None = None,
) -> Fault:
    """An answer with an error status: 401, 403, 404, 409, 429, 500, 502, 503 ...

    ``retry_after`` is sent in seconds or as a date; None sends none.
    """
    headers = {}
    if isinstance(retry_after, datetime):
        headers["Retry-After"] = format_datetime(retry_after, usegmt=True)
    elif retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    body = {"errorMessages": list(sentences), "errors": errors or {}}
    return Fault(Trouble.REFUSED, applied, status, headers, body)


def slow(seconds: float, *, applied: bool = True) -> Fault:
    """An answer that takes its time; what was asked is done at once, unless ``applied`` is off."""
    return Fault(Trouble.SLOW, applied, seconds=seconds)


def reset(*, applied: bool) -> Fault:
    """A connection that is reset before an answer, before or after the request was done."""
    return Fault(Trouble.RESET, applied)


def html(status: int = 200, *, applied: bool = False) -> Fault:
    """A page instead of an answer, as gateways and login screens give."""
    return Fault(Trouble.HTML, applied, status)


def login() -> Fault:
    """A redirection to a login page."""
    return Fault(Trouble.LOGIN, status=302)


def broken_json(*, applied: bool = True) -> Fault:
    """A whole answer whose JSON ends in the middle."""
    return Fault(Trouble.BROKEN_JSON, applied)


def cut_off(*, applied: bool = True) -> Fault:
    """A connection that ends in the middle of an answer."""
    return Fault(Trouble.CUT_OFF, applied)


def meanwhile(action: Callable[[], object]) -> Fault:
    """No fault: something that somebody else does just before the request, which goes on."""
    return Fault(Trouble.MEANWHILE, applied=True, action=action)


@dataclass(slots=True)
class _Plan:
    pattern: str
    fault: Fault
    skip: int
    times: int


@dataclass(slots=True)
class Faults:
    """The faults to come."""

    plans: list[_Plan] = field(default_factory=list)

    def plan(self, route: str, fault: Fault, *, nth: int = 1, times: int = 1) -> None:
        """Lets a fault happen at the n-th call from now of the routes that fit, and after it.

        ``times`` is how many calls in a row it happens to; -1 is all of them.
        """
        self.plans.append(_Plan(route, fault, nth - 1, times))

    def clear(self) -> None:
        """Mends everything."""
        self.plans.clear()

    def take(self, route: str) -> Fault | None:
        """The fault for a call that has just come in."""
        hit: Fault | None = None
        for plan in self.plans:
            if not fits(route, plan.pattern) or plan.times == 0:
                continue
            if plan.skip > 0:
                plan.skip -= 1
            elif hit is None:
                plan.times -= 1 if plan.times > 0 else 0
                hit = plan.fault
        return hit
