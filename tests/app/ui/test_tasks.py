"""The task runner: delivery, order, errors, cancelling, progress, shutdown, many jobs."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.ui.pacing import Latest, Throttle
from app.ui.tasks import TURN_S, Job, Lane, TaskRunner
from models.errors import KnownError


@pytest.fixture
def errors() -> list[BaseException]:
    return []


@pytest.fixture
def runner(qapp: object, errors: list[BaseException]) -> Iterator[TaskRunner]:
    runner = TaskRunner(errors.append)
    yield runner
    runner.close()


def give(value: int) -> Callable[[Job], int]:
    return lambda job: value


def put(values: list[int], value: int) -> Callable[[object], None]:
    return lambda _: values.append(value)


def test_results_arrive_on_the_window_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []
    runner.submit(
        "store",
        lambda job: threading.current_thread().name,
        lambda worker: seen.append((worker, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("lane-store")
    assert seen[0][1] == threading.main_thread().name


def test_a_lane_keeps_its_order(runner: TaskRunner) -> None:
    order: list[int] = []
    for number in range(200):
        runner.submit("store", give(number), order.append)
    assert runner.drain()
    assert order == list(range(200))


def test_lanes_do_not_wait_for_each_other(runner: TaskRunner) -> None:
    release = threading.Event()
    seen: list[str] = []
    runner.submit("store", lambda job: release.wait(10), lambda _: seen.append("store"))
    runner.submit("search", lambda job: release.set(), lambda _: seen.append("search"))
    assert runner.drain()
    assert sorted(seen) == ["search", "store"]


def test_an_error_surfaces_where_nobody_takes_it(
    runner: TaskRunner, errors: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(job: Job) -> None:
        raise ValueError("no")

    taken: list[BaseException] = []
    runner.submit("store", fail)
    runner.submit("store", fail, failed=taken.append)
    assert runner.drain()
    assert [str(error) for error in errors] == ["no"]
    assert [str(error) for error in taken] == ["no"]
    assert caplog.text.count("a job failed") == 2


def test_a_callback_that_raises_holds_up_nobody(runner: TaskRunner, qtbot: QtBot) -> None:
    def broken(_: int) -> None:
        raise RuntimeError("callback")

    seen: list[int] = []
    with qtbot.captureExceptions() as caught:
        runner.submit("store", lambda job: 1, broken)
        runner.submit("store", lambda job: 2, seen.append)
        qtbot.waitUntil(lambda: seen == [2])
    assert [str(error) for _, error, _ in caught] == ["callback"]


def test_cancel_reaches_a_running_job_and_a_waiting_one(runner: TaskRunner) -> None:
    started = threading.Event()
    seen: list[str] = []

    def endless(job: Job) -> None:
        started.set()
        while True:
            job.check()

    def stop(name: str) -> None:
        seen.append(name)

    running = runner.submit("index", endless, cancelled=lambda: stop("running"))
    waiting = runner.submit("index", lambda job: None, cancelled=lambda: stop("waiting"))
    assert started.wait(10)
    waiting.cancel()
    running.cancel()
    assert runner.drain()
    assert seen == ["running", "waiting"]


def test_progress_is_paced_and_its_newest_comes_before_the_result(runner: TaskRunner) -> None:
    seen: list[object] = []

    def count(job: Job) -> str:
        for number in range(1, 6):
            job.report(number, 5, f"file {number}")
            delivered = threading.Event()
            runner.post(delivered.set)
            assert delivered.wait(10)
        return "done"

    runner.submit(
        "store", count, seen.append, progress=lambda done, total, text: seen.append((done, total))
    )
    assert runner.drain()  # lets no timer run, so that all five come in one pace
    assert seen == [(1, 5), (5, 5), "done"]


def test_progress_goes_on_being_shown(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[int] = []
    go_on = threading.Event()

    def work(job: Job) -> None:
        job.report(1, 3)
        job.report(2, 3)
        assert go_on.wait(10)

    runner.submit("store", work, progress=lambda done, total, text: seen.append(done))
    qtbot.waitUntil(lambda: seen[-1:] == [2])  # nothing is reported after it, and no result comes
    go_on.set()


def test_slow_results_leave_the_window_turns_between_them(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[str] = []

    def slow() -> None:
        time.sleep(TURN_S * 2)
        seen.append("result")

    for _ in range(3):
        runner.post(slow)
    QTimer.singleShot(0, lambda: seen.append("window"))
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert seen.index("window") < 3


LANES: tuple[Lane, ...] = get_args(Lane)


@given(st.lists(st.tuples(st.sampled_from(LANES), st.booleans(), st.booleans()), max_size=40))
def test_every_job_ends_exactly_once(plan: list[tuple[Lane, bool, bool]]) -> None:
    errors: list[BaseException] = []
    ended: list[int] = []
    runner = TaskRunner(errors.append)

    def work(fails: bool) -> Callable[[Job], None]:
        def run(job: Job) -> None:
            if fails:
                raise ValueError

        return run

    for number, (lane, fails, cancels) in enumerate(plan):
        end = put(ended, number)
        job = runner.submit(lane, work(fails), end, failed=end, cancelled=partial(end, None))
        if cancels:
            job.cancel()
    runner.close()
    assert sorted(ended) == list(range(len(plan)))
    assert not errors
    assert runner.pending == 0


def test_twenty_thousand_jobs(runner: TaskRunner) -> None:
    total = 0

    def add(value: int) -> None:
        nonlocal total
        total += value

    for number in range(20_000):
        runner.submit(LANES[number % 4], lambda job: 1, add)
    assert runner.drain()
    assert total == 20_000


def test_close_carries_out_accepted_writes(qapp: object) -> None:
    written: list[int] = []
    runner = TaskRunner(lambda error: None)
    for number in range(50):
        runner.submit("store", put(written, number))
    runner.close()
    assert written == list(range(50))
    late: list[str] = []
    job = runner.submit(
        "store", lambda job: written.append(-1), cancelled=lambda: late.append("no")
    )
    assert (job.cancelled, late, -1 in written) == (True, ["no"], False)


def test_latest_delivers_only_the_newest(runner: TaskRunner) -> None:
    latest: Latest[int] = Latest(runner, "search")
    seen: list[int] = []
    for number in range(100):
        latest.submit(give(number), seen.append)
    assert runner.drain()
    assert seen == [99]
    latest.submit(lambda job: 100, seen.append)
    latest.forget()
    assert runner.drain()
    assert seen == [99]


def test_throttle_acts_once_for_many_requests(qtbot: QtBot, runner: TaskRunner) -> None:
    acts: list[None] = []
    throttle = Throttle(lambda: acts.append(None), 5, runner)
    for _ in range(20):
        throttle.request()
    qtbot.waitUntil(lambda: len(acts) == 1)
    throttle.request()
    throttle.flush()
    throttle.flush()
    assert len(acts) == 2


def test_a_known_error_is_one_line_in_the_log(
    runner: TaskRunner, errors: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(job: Job) -> None:
        raise KnownError("Line 3: unreadable")

    def break_(job: Job) -> None:
        raise ValueError("surprise")

    caplog.set_level("INFO", "app.ui.tasks")
    runner.submit("store", refuse)
    runner.submit("store", break_)
    assert runner.drain()
    assert [(r.levelname, r.getMessage(), r.exc_info is None) for r in caplog.records] == [
        ("INFO", "Line 3: unreadable", True),
        ("ERROR", "a job failed", False),
    ]
    assert len(errors) == 2
