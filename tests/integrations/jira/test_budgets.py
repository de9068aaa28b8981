"""How many requests a thousand tickets take, counted by the site; none is too long for a URL."""

from datetime import timedelta

from integrations.jira.remote import Remote, Sight
from tests.integrations.jira.opening import draft, opened
from tests.jira_fake import FakeJira, examples, issues

THOUSAND = 1000


def made_by_hand(jira: FakeJira, count: int) -> list[str]:
    """Tickets with our labels, made without a request."""
    site = jira.site
    by = site.users[examples.BOT]
    fields = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    made = [
        issues.create(site, by, {**fields, "labels": ["afterwhy", f"afterwhy-{number}"]})
        for number in range(count)
    ]
    site.clock.advance(hours=1)
    return [str(issue.id) for issue in made]


def counted(jira: FakeJira, remote: Remote, ids: list[str], since: timedelta) -> tuple[int, int]:
    """How many requests it takes to ask what changed, and how many tickets did."""
    before = jira.journal.count()
    found = list(remote.changed(ids, jira.site.clock.now - since))
    return jira.journal.count() - before, len(found)


def test_a_thousand_tickets(jira: FakeJira) -> None:
    ids = made_by_hand(jira, THOUSAND)
    with opened(jira) as remote:
        remote.facts()
        before = jira.journal.count()
        assert remote.visible(ids).seen == set(ids)
        assert jira.journal.count() - before == 1

        del jira.site.issues[int(ids[7])]
        assert remote.visible(ids).missing == {ids[7]}
        assert jira.journal.count() - before <= 1 + 3
        left = [id for id in ids if id != ids[7]]

        list(remote.changed(left[:1], jira.site.clock.now))
        assert counted(jira, remote, left, timedelta()) == (1, 0)
        requests, found = counted(jira, remote, left, timedelta(days=1))
        assert found == THOUSAND - 1
        assert requests <= THOUSAND / 50

        remote.stories(left[:1])
        before = jira.journal.count()
        assert remote.stories(left).keys() == set(left)
        assert jira.journal.count() - before <= THOUSAND / 100

        before = jira.journal.count()
        assert sum(1 for _ in remote.read(left)) == THOUSAND - 1
        assert jira.journal.count() - before <= THOUSAND / 100
    assert max(len(str(one.query)) for one in jira.journal.exchanges) < 1000


def test_short_pages_lose_nothing_and_labels_are_asked_for_together(jira: FakeJira) -> None:
    some = made_by_hand(jira, 250)
    jira.site.short_page = 50
    with opened(jira) as remote:
        assert {issue.ticket_id for issue in remote.read(some)} == set(some)
        changed = remote.changed(some, jira.site.clock.now - timedelta(days=1))
        assert {issue.ticket_id for issue in changed} == set(some)
        assert remote.visible(some) == Sight(frozenset(some), frozenset(some))
        assert remote.stories(some).keys() == set(some)
        before = jira.journal.count()
        found = remote.labelled([f"afterwhy-{number}" for number in range(0, 500, 10)])
        assert jira.journal.count() - before == 1
    assert len(found) == 25
    assert {hit.ticket_id for hits in found.values() for hit in hits} <= set(some)


def test_where_pages_are_short_some_tickets_are_looked_at_now_and_others_later(
    jira: FakeJira,
) -> None:
    some = made_by_hand(jira, 250)
    del jira.site.issues[int(some[7])], jira.site.issues[int(some[200])]
    jira.site.short_page = 40
    left = list(some)
    missing: set[str] = set()
    with opened(jira) as remote:
        remote.facts()
        for _ in range(2):
            before = jira.journal.count()
            sight = remote.visible(left)
            assert jira.journal.count() - before <= 12
            assert len(sight.looked_at) >= min(4 * 40, len(left))
            missing |= sight.missing
            left = [id for id in left if id not in sight.looked_at]
    assert (missing, left) == ({some[7], some[200]}, [])


def test_making_many_asks_for_what_it_needs_once(jira: FakeJira) -> None:
    with opened(jira) as remote:
        remote.create_fields("REL", "Task")
        made = [remote.create(draft(f"afterwhy-{number}")) for number in range(20)]
    assert len({one.ticket_id for one in made}) == 20
    assert jira.journal.count("POST /issue") == 20
    assert jira.journal.count() == 20 + 3
