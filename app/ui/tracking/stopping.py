"""Jobs that ask Jira: broken off there, they are stopped here."""

from collections.abc import Callable
from typing import TypeVar

from app.ui.tasks import Job, JobCancelledError

T = TypeVar("T")


def stoppable(work: Callable[[Job], T]) -> Callable[[Job], T]:
    """The work as a job whose requests may be broken off."""

    def run(job: Job) -> T:
        from integrations.jira.remote import CancelledError

        try:
            return work(job)
        except CancelledError as stopped:
            raise JobCancelledError from stopped

    return run
