"""A fake Jira beside a library of one post-mortem, for commands."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from keyring.backends import fail

from app import bootstrap
from models import codec
from models.commands import actions, tracking
from models.document import new_id
from models.domain.action import ActionItem
from models.queries import post_mortems
from models.tracking import connections as models
from tests.app.cli.conftest import Afterwhy, Result, outage, stored
from tests.jira_fake import FakeJira, Flavour, examples
from tests.jira_fake.specifications import judged

EMAIL = f"{examples.BOT}@example.com"
START = datetime(2026, 11, 19, 14, 2, tzinfo=UTC)


@dataclass
class Desk:
    """Somebody at the command line of a library that is connected to a fake site."""

    jira: FakeJira
    afterwhy: Afterwhy
    monkeypatch: pytest.MonkeyPatch
    ref: str = ""

    def connect(self, *options: str, url: str = "") -> Result:
        """Connects the fake's project."""
        cloud = self.jira.site.flavour is Flavour.CLOUD
        account = ("--email", EMAIL) if cloud else ()
        return self(
            "connect", "--url", url or self.jira.url, "--flavour", "cloud" if cloud else "dc",
            *account, "--project", "REL", *options,
        )  # fmt: skip

    def __call__(self, *arguments: object) -> Result:
        """Runs a Jira command at the time of the site."""
        self.monkeypatch.setenv("AFTERWHY_NOW", self.jira.site.clock.now.isoformat())
        return self.afterwhy("jira", *arguments, "--json")

    def set(self, *words: str) -> Result:
        """Changes action items."""
        return self.afterwhy("action", "set", *words)

    def sync(self, *options: str) -> Result:
        """Syncs, a minute later, so that what changed is later than what was seen."""
        self.jira.site.clock.advance(minutes=1)
        return self("sync", *options)

    def add(self, title: str, state: str = "ready", **fields: object) -> str:
        """A new action item, written as the window does."""
        self.monkeypatch.setenv("AFTERWHY_NOW", self.jira.site.clock.now.isoformat())
        item = codec.decode(ActionItem, {"id": new_id(), "title": title, "state": state} | fields)
        with closing(bootstrap.open_workspace()) as workspace:
            home = post_mortems.resolve(workspace.library, self.ref)
            return actions.add(workspace.library, home, item, workspace.actor).ref

    def show(self, name: str) -> Any:
        """An action item as `action show` prints it."""
        return self.afterwhy("action", "show", name, "--json").json

    @property
    def issues(self) -> list[Any]:
        """The site's tickets, oldest first."""
        return list(self.jira.site.issues.values())


@pytest.fixture(autouse=True)
def _keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches the keychain of whoever runs it."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setattr("keyring.core._keyring_backend", fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setenv("AFTERWHY_JIRA_TOKEN", examples.TOKEN)


@pytest.fixture(params=[Flavour.CLOUD, Flavour.DATA_CENTER], ids=str)
def jira(request: pytest.FixtureRequest) -> Iterator[FakeJira]:
    """Both flavours, one after the other."""
    with judged(examples.site(request.param)) as fake:
        fake.site.clock.now = START
        yield fake


@pytest.fixture
def cloud() -> Iterator[FakeJira]:
    """A Cloud site."""
    with judged(examples.site(Flavour.CLOUD)) as fake:
        fake.site.clock.now = START
        yield fake


@pytest.fixture
def desk(jira: FakeJira, afterwhy: Afterwhy, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Connected to either flavour."""
    return _connected(Desk(jira, afterwhy, monkeypatch))


@pytest.fixture
def cloud_desk(cloud: FakeJira, afterwhy: Afterwhy, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Connected to a Cloud site."""
    return _connected(Desk(cloud, afterwhy, monkeypatch))


def _connected(desk: Desk) -> Desk:
    """Stored as ``jira connect`` does, without asking the site first."""
    desk.ref = stored(outage())
    flavour = models.Flavour(desk.jira.site.flavour.value)
    email = EMAIL if flavour is models.Flavour.CLOUD else ""
    made = models.Connection("rel", desk.jira.url, flavour, "REL", email=email, board=1)
    with closing(bootstrap.open_workspace()) as workspace:
        tracking.save_connection(workspace.library, made, workspace.actor)
    return desk
