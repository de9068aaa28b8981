"""The codec: what it writes it reads back, and a fault names its place."""

import contextlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codec
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import Incident
from models.domain.moments import Moment
from models.domain.post_mortem import PostMortem
from models.domain.whys import WhyNode, WhyTree
from models.errors import InvalidInputError
from tests.strategies import actions, post_mortems

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@given(post_mortems())
def test_a_post_mortem_comes_back(mortem: PostMortem) -> None:
    assert codec.loads(PostMortem, codec.dumps(mortem)) == mortem


@given(actions())
def test_an_action_comes_back(action: ActionItem) -> None:
    assert codec.loads(ActionItem, codec.dumps(action)) == action


@given(post_mortems())
def test_the_text_is_canonical(mortem: PostMortem) -> None:
    text = codec.dumps(mortem)
    assert codec.dumps(codec.loads(PostMortem, text)) == text


def test_times_are_written_in_utc() -> None:
    at = datetime(2026, 3, 1, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    assert codec.encode(at) == "2026-03-01T09:30:00Z"
    with pytest.raises(ValueError, match="no zone"):
        codec.encode(at.replace(tzinfo=None))


def _with(**fields: Any) -> dict[str, Any]:
    return {"id": "p", "title": "t", **fields}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "The document: an object"),
        ({"id": "p"}, "title: this field is missing"),
        (_with(colour="red"), "colour: this field is not known"),
        (_with(historical=1), "historical: true or false"),
        (_with(tags="one"), "tags: a list"),
        (_with(tags=["one", 2]), r"tags\[1\]: text"),
        (_with(title=None), "title: text"),
        (_with(status="done"), "status: 'done' is not one of: Draft"),
        (_with(status=["Draft"]), "status: "),
        (_with(review_due="2026-02-30"), "review_due: '2026-02-30' is not a date"),
        (_with(review_due=20260101), "review_due: 20260101 is not a date"),
        (_with(review_due="2026-W01-1"), "review_due: "),
        (_with(review_meeting="2026-02-01T10:00"), "review_meeting: .* has no zone"),
        (_with(review_meeting="0001-01-01T00:00+05:00"), "review_meeting: "),
        (_with(review_meeting=5), "review_meeting: 5 is not a time"),
        (
            _with(whys=[{"id": "w", "nodes": [{"id": "n", "stop": {}}]}]),
            r"whys\[0\].nodes\[0\].stop",
        ),
        (_with(incidents=[{"id": "i", "times": {"onset": {"at": "soon"}}}]), "times.onset.at"),
        (_with(summary="half \ud83d a face"), "summary: half of a character"),
    ],
)
def test_a_fault_names_its_place(data: object, place: str) -> None:
    with pytest.raises(InvalidInputError, match=place):
        codec.decode(PostMortem, data)


def test_a_fault_inside_a_record_names_it() -> None:
    with pytest.raises(InvalidInputError, match="The document: An attachment needs the SHA-256"):
        codec.decode(Attachment, {"id": "a", "name": "x", "sha256": "../../secret"})
    with pytest.raises(InvalidInputError, match="size: this number is too large"):
        codec.decode(Attachment, {"id": "a", "name": "x", "sha256": "0" * 64, "size": 10**30})


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"id": NaN', "\x00", "1" * 5000])
def test_what_is_not_json_is_a_plain_error(text: str) -> None:
    with pytest.raises(InvalidInputError):
        codec.loads(PostMortem, text)


def _chain(length: int) -> PostMortem:
    node = WhyNode("n0")
    for n in range(1, length):
        node = WhyNode(f"n{n}", children=(node,))
    return PostMortem("p", "t", whys=(WhyTree("w", nodes=(node,)),))


def test_a_hundred_whys_below_each_other_are_kept() -> None:
    deep = _chain(100)
    assert codec.loads(PostMortem, codec.dumps(deep)) == deep


def test_what_could_not_be_read_again_is_not_written() -> None:
    with pytest.raises(InvalidInputError, match="nested too deeply"):
        codec.dumps(_chain(200))


def test_half_characters_are_not_written() -> None:
    with pytest.raises(InvalidInputError, match="half of a character"):
        codec.dumps(PostMortem("p", "\ud800"))


@given(post_mortems())
def test_the_schema_accepts_what_is_written(mortem: PostMortem) -> None:
    jsonschema.validate(codec.encode(mortem), SCHEMA)


SCHEMA = codec.schema(PostMortem)
_PATHS = (
    ("title",),
    ("status",),
    ("historical",),
    ("tags",),
    ("tags", 0),
    ("incidents", 0, "state"),
    ("incidents", 0, "times"),
    ("incidents", 0, "times", "onset"),
    ("incidents", 0, "impact", "windows"),
    ("incidents", 0, "surprise"),
    ("lessons",),
    ("sections", 0),
    ("authors",),
)


@given(
    st.sampled_from(_PATHS),
    st.none() | st.booleans() | st.integers() | st.text() | st.just([]) | st.just({}),
)
def test_schema_and_decoding_refuse_the_same(path: tuple[Any, ...], value: object) -> None:
    mortem = PostMortem("p", "t", incidents=(Incident("i"),), tags=("a",))
    data = codec.encode(mortem)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if isinstance(place, list):
        place[:] = [value]
    else:
        place[path[-1]] = value
    valid = jsonschema.Draft202012Validator(SCHEMA).is_valid(json.loads(json.dumps(data)))
    try:
        codec.decode(PostMortem, data)
    except InvalidInputError:
        assert not valid
    else:
        assert valid


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_decodes_or_is_a_plain_error(data: object) -> None:
    for kind in (PostMortem, ActionItem, Moment, Attachment):
        with contextlib.suppress(InvalidInputError):
            codec.decode(kind, data)


def test_dates_stay_dates() -> None:
    action = ActionItem("a", "t", due=date(2026, 4, 1), ready_at=NOW)
    assert codec.encode(action)["due"] == "2026-04-01"
    assert codec.loads(ActionItem, codec.dumps(action)) == action
