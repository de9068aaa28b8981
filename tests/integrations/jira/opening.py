"""Opens a fake site as the product opens a real one."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from integrations.jira.remote import Draft, Remote
from integrations.jira.site import open_site
from models.tracking.connections import Connection, Flavour
from tests.jira_fake import FakeJira, examples

EMAIL = f"{examples.BOT}@example.com"


def connection(jira: FakeJira, api: str = "2") -> Connection:
    """A connection to the fake's only project."""
    flavour = Flavour(jira.site.flavour.value)
    email = EMAIL if flavour is Flavour.CLOUD else ""
    return Connection("c1", jira.url, flavour, "REL", email=email, board=1, api=api)


@contextmanager
def opened(
    jira: FakeJira,
    *,
    api: str = "2",
    token: str = examples.TOKEN,
    cancelled: Event | None = None,
    timeout_s: float = 5,
) -> Iterator[Remote]:
    """The site by our own clock, which the fake's server may be ahead of."""
    remote = open_site(
        connection(jira, api),
        token,
        clock=lambda: jira.site.clock.now,
        cancelled=cancelled or Event(),
        timeout_s=timeout_s,
    )
    try:
        yield remote
    finally:
        remote.close()


def draft(label: str = "afterwhy-1", title: str = "Retry with jitter", **more: object) -> Draft:
    """A ticket to be."""
    values = {"text": "The retries came all at once.", **more}
    return Draft("REL", "Task", title, label=label, **values)  # type: ignore[arg-type]
