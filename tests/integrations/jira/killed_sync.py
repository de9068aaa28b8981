"""A process that syncs until it is killed: python -m tests.integrations.jira.killed_sync

Reads a line of JSON for each sync: the library's folder, the time, the number of the step that is
not survived, and whether all steps count or only the decisive ones. Each sync is a process of its
own, forked from one that has imported everything; its exit status is printed: 0 where there were
fewer steps.
"""

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from integrations.jira.site import open_site
from integrations.jira.syncing.run import sync
from models.store.library import open_library
from tests.integrations.jira.mortal import DECISIVE, mortal, mortal_writes
from tests.jira_fake import examples
from tests.models.examples import ANN


def run(order: dict[str, Any]) -> None:
    """One sync, which ends at its n-th step as a power cut ends it."""
    left = order["step"]

    def step(name: str) -> None:
        nonlocal left
        left -= order["all"] or name in DECISIVE
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    now = datetime.fromisoformat(order["now"])
    library = open_library(Path(order["folder"]), clock=lambda: now)
    wrap, cancelled = mortal(step), Event()
    with mortal_writes(step):
        sync(
            library,
            ANN,
            lambda connection: wrap(
                open_site(
                    connection, examples.TOKEN, clock=library.now, cancelled=cancelled, timeout_s=5
                )
            ),
            agree=lambda _: True,
            wait=lambda until, *, for_site: False,
            progress=lambda *_: None,
            cancelled=cancelled,
        )
    library.close()


def main() -> None:
    """A process for each line."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
