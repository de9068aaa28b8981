"""A process that is really killed, at every step of a sync: there is one ticket all the same."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from models.domain.action import ActionItem, ActionState
from models.tracking.outbox import OutboxState
from tests import SOAK
from tests.integrations.jira.desk import Desk
from tests.models.examples import action, document, stored, with_actions

ROOT = Path(__file__).parents[3]
ITEMS = 3 if SOAK else 1
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by forking"),
]


@pytest.fixture(scope="module")
def killer() -> Iterator[subprocess.Popen[str]]:
    """The process that runs syncs and lets them be killed."""
    command = [sys.executable, "-m", "tests.integrations.jira.killed_sync"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0


def killed(killer: subprocess.Popen[str], desk: Desk, step: int) -> bool:
    """Whether a sync was killed at a step; False where it had fewer."""
    order = {"folder": str(desk.library.folder), "now": desk.library.now().isoformat()}
    assert killer.stdin is not None
    assert killer.stdout is not None
    killer.stdin.write(json.dumps(order | {"step": step, "all": SOAK}) + "\n")
    killer.stdin.flush()
    status = int(killer.stdout.readline())
    assert status in (0, -signal.SIGKILL)
    return status != 0


@pytest.mark.parametrize("lag", [0, 3] if SOAK else [3])
def test_10_killed_at_each_step_there_is_one_ticket(
    desk: Desk, killer: subprocess.Popen[str], lag: int
) -> None:
    desk.jira.site.lag, desk.patient = timedelta(minutes=lag), True
    steps = 0
    for step in count(1):
        items = published(desk)
        dead = killed(killer, desk, step)
        desk.sync()
        for item in items:
            issue = desk.issue(item)
            assert desk.entry(item).state is OutboxState.SYNCED
            assert desk.ticket(item).ticket_id == str(issue.id)
            assert len(issue.links) == 1
        if not dead:
            break
        steps += 1
    assert steps >= 6 * ITEMS


def published(desk: Desk) -> tuple[ActionItem, ...]:
    """Ready action items of a post-mortem that was published."""
    items = [action(f"Item {n}", state=ActionState.READY) for n in range(ITEMS)]
    made = document()
    mortem = replace(made.post_mortem, aliases=(f"https://wiki.example.com/{made.post_mortem.id}",))
    return stored(desk.library, with_actions(replace(made, post_mortem=mortem), *items)).actions
