"""Where the tokens of connections come from, and which connection is meant."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from threading import Event

import pytest

from app import bootstrap
from app.bootstrap import Workspace
from app.tracking import VARIABLE, NoTokenError, Tracking
from models.commands import tracking as commands
from models.errors import InvalidInputError, KnownError
from models.tracking.connections import Connection
from models.tracking.connections import Flavour as Kind
from tests.integrations.jira.test_keychain import Chain
from tests.jira_fake import Flavour
from tests.jira_fake import examples as sites
from tests.jira_fake.specifications import judged
from tests.models.tracking.examples import PAY

OPS = replace(PAY, id="ops", project="OPS", site="https://ops.example.com")


@pytest.fixture
def chain(monkeypatch: pytest.MonkeyPatch) -> Chain:
    """A keychain that works."""
    made = Chain()
    monkeypatch.setattr("keyring.core._keyring_backend", made)
    return made


@pytest.fixture
def asked() -> list[str]:
    """The projects whose token somebody was asked for."""
    return []


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A library without connections."""
    with closing(bootstrap.open_workspace()) as opened:
        yield opened


@pytest.fixture
def tracking(workspace: Workspace, asked: list[str]) -> Tracking:
    """Whoever is asked says "typed"."""

    def answer(connection: Connection) -> str:
        asked.append(connection.project)
        return "typed"

    return Tracking(workspace, answer)


def test_the_environment_comes_first_then_the_keychain_then_somebody(
    tracking: Tracking, chain: Chain, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.held["Afterwhy", PAY.account] = "kept"
    monkeypatch.setenv(VARIABLE, " given ")
    assert tracking.token(PAY) == "given"
    assert tracking.remember(OPS, "given"), "it is where it was"
    assert chain.held == {("Afterwhy", PAY.account): "kept"}
    monkeypatch.delenv(VARIABLE)
    later = replace(OPS, site="https://later.example.com")
    kept = replace(PAY, site="https://kept.example.com")
    chain.held["Afterwhy", kept.account] = "kept"
    assert tracking.token(kept) == "kept"
    tracking.use(kept, "new")
    assert tracking.token(kept) == "new", "the one that is kept may have expired"
    assert [tracking.token(later), tracking.token(later), asked] == ["typed", "typed", ["OPS"]]
    assert tracking.remember(later, "typed")
    assert chain.held["Afterwhy", later.account] == "typed"


def test_a_token_is_forgotten_with_the_last_connection_that_needs_it(
    tracking: Tracking, chain: Chain
) -> None:
    library, actor = tracking.workspace.library, tracking.workspace.actor
    chain.held["Afterwhy", PAY.account] = "kept"
    commands.save_connection(library, replace(PAY, id="web", project="WEB"), actor)
    tracking.forget(PAY)
    assert chain.held
    commands.remove_connection(library, "web", actor)
    tracking.forget(PAY)
    assert not chain.held


def test_a_token_is_asked_for_once_and_again_where_the_site_did_not_take_it(
    workspace: Workspace, chain: Chain
) -> None:
    library, actor, said, asked = workspace.library, workspace.actor, ["", "stale"], 0

    def answer(_: Connection) -> str:
        nonlocal asked
        asked += 1
        return said.pop(0) if said else sites.TOKEN

    with judged(sites.site(Flavour.DATA_CENTER)) as jira:
        here = replace(PAY, site=jira.url, flavour=Kind.DATA_CENTER, email="", project="REL")
        for id in ("one", "two"):
            commands.save_connection(library, replace(here, id=id), actor)
        tracking = Tracking(workspace, answer)

        def troubles() -> list[str]:
            report = tracking.sync(
                agree=lambda _: False,
                wait=lambda until, *, for_site: False,
                progress=lambda what, done, total: None,
                cancelled=Event(),
            )
            return [trouble.reason for trouble in report.troubles]

        assert (len(troubles()), asked) == (2, 1), "nobody gives it, nor for the other project"
        assert "does not accept the token" in troubles()[0]
        assert (troubles(), troubles(), asked) == ([], [], 3)
    assert not chain.held


def test_nobody_to_ask_is_said(tracking: Tracking, chain: Chain) -> None:
    alone = Tracking(tracking.workspace, lambda _: "")
    with pytest.raises(NoTokenError, match=PAY.site) as missing:
        alone.token(PAY)
    with pytest.raises(InvalidInputError) as nothing:
        alone.one()
    told = [missing.value.advice, nothing.value.advice]
    assert all("settings" in one and "afterwhy" not in one for one in told), "as in a window"
    assert not chain.held


def test_which_connection_is_meant(tracking: Tracking) -> None:
    library, actor = tracking.workspace.library, tracking.workspace.actor
    with pytest.raises(InvalidInputError, match="not connected"):
        tracking.one()
    commands.save_connection(library, PAY, actor)
    assert tracking.one() == tracking.one("pay") == PAY
    commands.save_connection(library, OPS, actor)
    assert tracking.one("ops") == OPS
    for name in ("", "WEB"):
        with pytest.raises(KnownError):
            tracking.one(name)
