"""What an answer means: its JSON, or which of the errors it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from requests import Response

from integrations.jira.remote import (
    BusyError,
    JiraError,
    NotAllowedError,
    NotVisibleError,
    OutcomeUnknownError,
    RefusedError,
    UnreachableError,
)
from integrations.jira.shapes import inside
from integrations.jira.waiting import asked_pause

LOST = {408, 425}
"""Refusals that say nothing about whether the request was done."""
LOGIN_WORDS = ("login", "log in", "log-in", "signin", "sign in", "sign-in", "authenticat", "sso")
MOST_SHOWN = 500
"""How much of a site's own sentences is shown."""
NEW_TOKEN = "Check the token, or make a new one at the site and connect again."  # noqa: S105
NOTHING_SENT = "Nothing was changed there."


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: ``writes`` says that it may change something, ``signed`` that we said who
    asks, ``host`` is shown to people."""

    host: str
    writes: bool
    signed: bool = True


def read_json(response: Response, asked: Asked) -> Any:
    """The JSON of a success; None where there is nothing.

    Raises:
        NotAllowedError: a page to log in, or an answer for anybody although we signed in.
        OutcomeUnknownError: a write's answer makes no sense.
        UnreachableError: a read's does not.
    """
    if not asked.writes:
        _require_signed_in(response, asked)
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError as error:
        raise _senseless(response, asked) from error


def _require_signed_in(response: Response, asked: Asked) -> None:
    reason = response.headers.get("X-Seraph-LoginReason", "")
    somebody = response.headers.get("X-AUSERNAME", "")
    if asked.signed and ("FAILED" in reason or "DENIED" in reason or somebody == "anonymous"):
        raise NotAllowedError(
            f"{asked.host} did not accept the token and answered as to a stranger.",
            kept=NOTHING_SENT,
            advice=NEW_TOKEN,
        )


def _senseless(response: Response, asked: Asked) -> JiraError:
    if asked.writes:
        return OutcomeUnknownError(f"{asked.host} answered something that is no answer of Jira.")
    page = response.text[:20_000].lower()
    if "<" in page and any(word in page for word in LOGIN_WORDS):
        return _login_page(asked)
    return UnreachableError(
        f"What answers at {asked.host} is not Jira: a proxy, or a page for maintenance.",
        advice="Try again later, or open the address in a browser.",
    )


def _login_page(asked: Asked) -> NotAllowedError:
    return NotAllowedError(
        f"{asked.host} shows a page to log in instead of an answer.",
        kept=NOTHING_SENT,
        advice=NEW_TOKEN,
    )


def refusal(response: Response, asked: Asked, now: datetime) -> JiraError:
    """Which error an answer is that is no success."""
    status = response.status_code
    said, fields = _sentences(response)
    if response.is_redirect or 300 <= status < 400:
        return _moved(response, asked)
    if status == 429 or (status == 503 and not asked.writes):
        return _busy(response, asked, now)
    if status >= 500 or status in LOST:
        return _failed(status, said, asked)
    if status in (401, 403, 407):
        return _forbidden(response, said, asked)
    if status == 404:
        return NotVisibleError(said or "It is not there, or this account may not see it.")
    return RefusedError(said or f"{asked.host} refused it (status {status}).", fields=fields)


def _busy(response: Response, asked: Asked, now: datetime) -> BusyError:
    headers = response.headers
    until = asked_pause(headers.get("Retry-After", ""), headers.get("Date", ""), now)
    return BusyError(f"{asked.host} asks to wait before more is sent.", until)


def _failed(status: int, said: str, asked: Asked) -> JiraError:
    what = f"{asked.host} failed (status {status})" + (f": {said}" if said else ".")
    return OutcomeUnknownError(what) if asked.writes else UnreachableError(what)


def _forbidden(response: Response, said: str, asked: Asked) -> NotAllowedError:
    if "CAPTCHA" in response.headers.get("X-Authentication-Denied-Reason", ""):
        return NotAllowedError(
            f"{asked.host} wants a captcha after too many failed sign-ins.",
            kept=NOTHING_SENT,
            advice="Sign in there once with a browser, then try again.",
        )
    if response.status_code == 401:
        return NotAllowedError(
            f"{asked.host} does not accept the token.", kept=NOTHING_SENT, advice=NEW_TOKEN
        )
    return NotAllowedError(
        said or f"This account may not do that at {asked.host}.",
        kept=NOTHING_SENT,
        advice="Ask an administrator of the project for the permission.",
    )


class MovedError(NotAllowedError):
    """A redirection, which is not followed; ``to`` is where it leads."""

    def __init__(self, host: str, to: str) -> None:
        target = urlsplit(to)
        super().__init__(
            f"{host} sends on to {target.scheme}://{target.netloc}, where the token is not sent.",
            kept=NOTHING_SENT,
            advice="If that is the site's address, connect to it.",
        )
        self.to = to


def _moved(response: Response, asked: Asked) -> JiraError:
    to = urljoin(response.url, response.headers.get("Location", ""))
    target = urlsplit(to)
    if any(word in f"{target.path}?{target.query}".lower() for word in LOGIN_WORDS):
        return _login_page(asked)
    return MovedError(asked.host, to)


def _sentences(response: Response) -> tuple[str, dict[str, str]]:
    """What a site says in an error, as one text, and what it says of each field."""
    try:
        raw = response.json()
    except ValueError:
        return "", {}
    listed = inside(raw, "errorMessages")
    messages = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    for name in ("message", "errorMessage"):
        one = inside(raw, name)
        if isinstance(one, str):
            messages.append(one)
    by_field = inside(raw, "errors")
    fields = {
        str(name): str(sentence)
        for name, sentence in (by_field.items() if isinstance(by_field, Mapping) else ())
    }
    said = " ".join(dict.fromkeys(text.strip() for text in messages if text.strip()))
    if not said:
        said = " ".join(dict.fromkeys(fields.values()))
    return (f"{said[:MOST_SHOWN]}…" if len(said) > MOST_SHOWN else said), fields


def named(error: RefusedError, labels: Mapping[str, str]) -> RefusedError:
    """The same refusal with the names that people see of the fields it speaks of."""
    known = {id: labels[id] for id in error.fields if id in labels}
    made = RefusedError(str(error), fields=error.fields, labels=known, advice=error.advice)
    made.kept = error.kept
    return made
