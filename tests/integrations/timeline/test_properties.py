"""Whatever is pasted: nothing raises, no word is lost, and our own lines come back."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.form import to_markdown
from integrations.markdown.zones import zone_from
from integrations.timeline.reading import read_events
from integrations.timeline.resolving import Answers
from models.document import Document
from models.domain.incident import Event, Incident
from models.domain.moments import Precision
from models.domain.post_mortem import PostMortem
from tests.integrations.timeline.test_formats import CASES
from tests.strategies import HOSTILE

pytestmark = pytest.mark.hypothesis

_WORD = re.compile(r"[^\W_]+")
_LINES = [line for text, _, _ in CASES.values() for line in text.split("\n")]
_PIECES = st.one_of(
    st.sampled_from(_LINES),
    st.sampled_from(sorted(text for text, _, _ in CASES.values())),
    st.sampled_from(HOSTILE),
    st.text(max_size=15),
    st.sampled_from(["[", "{", "]", "}", ",", '{"ts":', "T+5m", "12:00", "Today", "Mon", "\r", ""]),
)
pastes = st.lists(_PIECES, max_size=12).map("\n".join) | st.lists(_PIECES, max_size=6).map("".join)
zones = st.sampled_from(["", "UTC", "CET", "Europe/Berlin", "America/New_York"])


@given(pastes, zones, st.none() | st.dates(), st.none() | st.booleans())
def test_nothing_raises_and_no_word_is_lost(
    text: str, zone: str, day: date | None, day_first: bool | None
) -> None:
    now = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    answers = Answers(zone_from(zone) if zone else None, day, day_first, now=now)
    reading = read_events(text, answers)
    places = sorted({(row.start, row.end) for row in reading.rows})
    places += [(rest.start, rest.end) for rest in reading.rests]
    kept = Counter(word for start, end in set(places) for word in _WORD.findall(text[start:end]))
    assert not Counter(_WORD.findall(text)) - kept
    for row in reading.rows:
        assert row.source == text[row.start : row.end]
        assert not row.waits_for or row.moment.at is None
        assert not row.choices or row.moment.at is None
        row.event(lambda: "1")
    known = [row.moment.at for row in reading.rows if row.moment.at is not None]
    assert known == sorted(known)


_words = st.lists(
    st.sampled_from(["errors", "on", "saving", "the", "flag", "was", "set", "pool"]), min_size=1
).map(" ".join)
_events = st.builds(
    Event,
    id=st.uuids().map(str),
    at=st.integers(0, 10**7).map(
        lambda minutes: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    zone=st.sampled_from(["UTC", "CET", "+05:30", "-08:00"]),
    precision=st.sampled_from([Precision.EXACT, Precision.APPROXIMATE]),
    kind=st.sampled_from(["note", "action", "detected", "recovered"]),
    text=_words,
    starred=st.booleans(),
)


@given(st.lists(_events, min_size=1, max_size=5))
def test_our_own_timeline_comes_back_from_its_markdown(events: list[Event]) -> None:
    mortem = PostMortem("1", title="x", incidents=(Incident("2", timeline=tuple(events)),))
    written = to_markdown(Document(mortem))
    begin = written.index("## Timeline")
    text = written[begin : written.index("\n## ", begin + 1)]
    facts = [(e.at, e.precision, e.kind, e.text) for e in events]
    read = [(r.moment.at, r.moment.precision, r.kind, r.text) for r in read_events(text).rows]
    assert sorted(read, key=str) == sorted(facts, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        '{"a":' * 5_000,
        "|" * 20_000,
        "14:02 " * 4_000,
        "today " * 4_000,
        "x|y\n|" + " " * 50_000,
        "name" + " " * 50_000 + "x",
        ":a:" + " " * 50_000 + "x",
        '"a,b\n\n' * 2_000,
        "+1m" * 5_000,
    ],
)
def test_absurd_pastes_are_read(text: str) -> None:
    reading = read_events(text)
    assert len(reading.rows) <= 1
