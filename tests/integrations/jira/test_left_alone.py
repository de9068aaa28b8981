"""A site that asks for time is left alone by every project and every sync until it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.commands import tracking
from models.queries import tracking as queries
from tests.integrations.jira.desk import CREATE, SEARCHES, Desk
from tests.jira_fake import faults
from tests.models.examples import ANN

BUSY = faults.refusal(429, retry_after=300)


@pytest.mark.parametrize("route", [CREATE, SEARCHES, "GET /myself"])
def test_the_next_sync_asks_nothing_before_and_the_order_stays(desk: Desk, route: str) -> None:
    items = [desk.add("Cap the retries"), desk.add("Page the owner")]
    until = desk.jira.site.clock.now + timedelta(seconds=300)
    desk.jira.faults.plan(route, BUSY)
    assert desk.sync().next_try == until
    for seconds in (60, 239):
        desk.jira.site.clock.advance(seconds=seconds)
        desk.jira.journal.clear()
        report = desk.sync()
        assert desk.jira.journal.count() == 0
        assert report.next_try == until
        assert any("09:05:00 UTC" in note for note in report.notes)
        assert not report.needs_attention
    desk.jira.site.clock.advance(seconds=1)
    assert [one.action for one in desk.sync().created] == [item.ref for item in items]
    assert [one.values["summary"] for one in desk.made()] == [item.title for item in items]


def test_a_sync_that_can_wait_does(cloud_desk: Desk) -> None:
    desk, item = cloud_desk, cloud_desk.add()
    desk.jira.faults.plan(SEARCHES, BUSY)
    desk.sync()
    desk.patient = True
    assert [one.action for one in desk.sync().created] == [item.ref]


def test_other_projects_of_the_site_wait_as_well(cloud_desk: Desk) -> None:
    desk = cloud_desk
    (known,) = queries.connections(desk.library)
    other = replace(known, id="c2", teams=("Payments",))
    tracking.save_connection(desk.library, other, ANN)
    desk.jira.faults.plan("GET /myself", BUSY)
    report = desk.sync()
    assert desk.jira.journal.count() == 2, "the address and who we are, of the first one only"
    assert report.next_try == desk.jira.site.clock.now + timedelta(seconds=300)
    new = replace(known, id="c3", teams=("Search",))
    tracking.save_connection(desk.library, new, ANN)
    desk.sync()
    assert desk.jira.journal.count() == 2, "one that was connected since waits, too"


def test_a_time_that_no_site_can_have_asked_for_is_not_kept(cloud_desk: Desk) -> None:
    desk, item = cloud_desk, cloud_desk.add()
    clock = desk.jira.site.clock
    clock.advance(days=400)
    desk.jira.faults.plan("GET /myself", BUSY)
    desk.sync()
    clock.advance(days=-400)
    assert [one.action for one in desk.sync().created] == [item.ref]
