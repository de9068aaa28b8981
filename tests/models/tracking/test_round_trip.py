"""What the library keeps of trackers comes back as it was."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from models import codec
from models.tracking.connections import Connection
from models.tracking.fields import FieldConflict
from models.tracking.outbox import Entry
from models.tracking.sprints import DoneMove, Seen, Sprint, SprintMove
from models.tracking.tickets import Ticket

texts = st.text(max_size=8)
numbers = st.integers(0, 2**53 - 1)
times = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
words = st.dictionaries(texts, texts, max_size=2)
plain = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
values = st.dictionaries(texts, plain, max_size=2)


def several(one: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Up to two of a kind."""
    return st.lists(one, max_size=2).map(tuple)


ids = st.frozensets(numbers, max_size=3)
maybe = st.none() | times
sprints = st.builds(
    Sprint, id=numbers, name=texts, starts_at=maybe, ends_at=maybe, completed_at=maybe
)
moves = st.builds(SprintMove, times, ids, ids, numbers)
done_moves = st.builds(DoneMove, times, st.booleans(), st.booleans(), numbers)
seen = st.builds(
    Seen,
    sprints=st.none() | several(sprints),
    done=st.booleans(),
    moves=several(moves),
    done_moves=several(done_moves),
    known=several(sprints),
)
tickets = st.builds(
    Ticket,
    texts, texts, texts, texts,
    visible=st.booleans(),
    seen_at=maybe,
    base=words,
    conflicts=several(st.builds(FieldConflict, texts, texts, texts, texts)),
    sprint=st.none() | texts,
    seen=st.none() | seen,
)  # fmt: skip
entries = st.builds(
    Entry,
    texts, times,
    sent_at=maybe,
    sent=words,
    high_water=numbers,
    looked_at=maybe,
    not_before=maybe,
    fields=several(texts),
    extra=several(texts),
    values=values,
)  # fmt: skip
connections = st.builds(
    Connection,
    texts, texts,
    project=texts,
    board=st.none() | numbers,
    teams=several(texts),
    fields=values,
    priorities=words,
    states=words,
    agreed=st.booleans(),
)  # fmt: skip


@given(tickets)
def test_a_ticket_comes_back(ticket: Ticket) -> None:
    assert codec.loads(Ticket, codec.dumps(ticket)) == ticket


@given(entries)
def test_an_entry_comes_back(entry: Entry) -> None:
    assert codec.loads(Entry, codec.dumps(entry)) == entry


@given(connections)
def test_a_connection_comes_back(connection: Connection) -> None:
    assert codec.loads(Connection, codec.dumps(connection)) == connection
