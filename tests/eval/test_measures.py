"""The measures that judge the product are right themselves."""

import json
import math
from datetime import datetime
from pathlib import Path

import pytest

from models.domain.incident import Event
from models.domain.moments import Precision
from tests.eval import language, ranking, rows
from tests.eval.measures import average_precision, interval, ndcg, recall


def test_average_precision() -> None:
    assert average_precision(["a", "x", "b"], {"a", "b"}) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(["x"], {"a"}) == 0.0


def test_ndcg() -> None:
    gains = {"a": 1.0, "b": 1.0}
    expected = (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert ndcg(["a", "x", "b"], gains, 10) == pytest.approx(expected)
    assert ndcg(["x", "a"], gains, 1) == 0.0


def test_recall_and_interval() -> None:
    assert recall(["a", "x", "b"], {"a", "b"}, 2) == 0.5
    low, high = interval([0.0, 1.0] * 50)
    assert 0.3 < low < 0.5 < high < 0.7


def test_a_collection_is_ranked_through_the_search_box(tmp_path: Path) -> None:
    folder = tmp_path / "ir" / "tiny"
    folder.mkdir(parents=True)
    texts = ["pool of connections empty", "disk full of logs", "certificate expired"]
    documents = [{"id": i, "title": "", "text": text} for i, text in enumerate(texts, 1)]
    (folder / "docs.jsonl").write_text("\n".join(map(json.dumps, documents)))
    (folder / "queries.jsonl").write_text(json.dumps({"id": 1, "text": "empty connection pool"}))
    (folder / "qrels.tsv").write_text("1\t1\t2\n1\t2\t-1\n")
    figures = {"map": 1.0, "ndcg@10": 1.0}
    assert ranking.measure(tmp_path) == {"tiny": {"queries": 1, **figures, "bm25s": figures}}
    assert ranking.measure(tmp_path / "ir") is None


def test_language_counts_sentences_with_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "blame"
    folder.mkdir()
    sentences = [
        ("blame", "The team should have tested the restore."),
        ("blame", "Nothing here is found by a rule."),
        ("neutral", "The server failed to start."),
        ("neutral", "We forgot the index."),
        ("borderline", "We forgot the other one."),
    ]
    lines = [json.dumps({"label": label, "text": text}) for label, text in sentences]
    (folder / "sentences.jsonl").write_text("\n".join(lines))
    expected = {"precision": 0.5, "recall": 0.5, "blame": 2, "neutral": 2}
    assert language.measure(tmp_path) == expected
    assert language.measure(folder) is None


TIMELINE = """# T

10:00 not in a timeline

## Timeline

All times in UTC, written 2024-05-04.

| Time | Event |
|------|-------|
| 2024-05-03 10:00 | fell |

- **10:05** rose
- a remark

### 10:10

Looked at graphs.

## After
- 10:20 no row
"""


def test_the_oracle_counts_rows_as_people_do() -> None:
    found = [(row.stamp.strip("* "), row.text.strip()) for row in rows.rows_of(TIMELINE)]
    assert found == [
        ("2024-05-03 10:00", "fell"),
        ("10:05", "** rose"),
        ("10:10", "Looked at graphs."),
    ]


@pytest.mark.parametrize(
    ("at", "precision", "found"),
    [
        ("2024-05-03T10:00:00+00:00", Precision.EXACT, True),
        ("2024-05-03T10:30:00+00:00", Precision.EXACT, False),
        ("2024-05-04T10:00:00+00:00", Precision.EXACT, False),
        ("2024-05-03T00:00:00+00:00", Precision.DAY, True),
        (None, Precision.UNKNOWN, True),
        (None, Precision.EXACT, False),
    ],
)
def test_the_oracle_wants_the_right_time_or_an_honest_one(
    at: str | None, precision: Precision, found: bool
) -> None:
    moment = datetime.fromisoformat(at) if at else None
    event = Event("e", moment, "UTC", precision, text="pods fell")
    assert rows.is_found(rows.Row("2024-05-03 10:00", "pods fell"), (event,)) is found


@pytest.mark.parametrize(
    ("stamp", "above", "at", "found"),
    [
        ("2024-05-03 10:00", "Timeline (CET)", "2024-05-03T09:00:00+00:00", True),
        ("2024-05-03 10:00", "Timeline (CET)", "2024-05-03T10:00:00+00:00", False),
        ("2024-05-03 10:00 UTC", "Timeline (CET)", "2024-05-03T10:00:00+00:00", True),
        ("2024-05-03 10:00 pm", "All times in UTC-5", "2024-05-04T03:00:00+00:00", True),
        ("2024-05-03 10:00 pm", "All times in UTC-5", "2024-05-03T15:00:00+00:00", False),
        ("May 3rd, 2024 10:00 PT", "", "2024-05-03T17:00:00+00:00", True),
        ("May 3rd, 2024 10:00 PT", "", "2024-05-02T17:00:00+00:00", False),
    ],
)
def test_the_oracle_knows_zones_days_and_halves_of_the_day(
    stamp: str, above: str, at: str, found: bool
) -> None:
    event = Event("e", datetime.fromisoformat(at), "UTC", text="pods fell")
    assert rows.is_found(rows.Row(stamp, "pods fell", above), (event,)) is found
