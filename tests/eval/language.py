"""The language check measured against ``blame/sentences.jsonl``, without borderline lines."""

import json
from pathlib import Path
from typing import Any

from models.language import rules
from models.language.checking import check
from tests.eval.measures import rounded


def measure(data: Path) -> dict[str, Any] | None:
    """Precision and recall of the sentences with a finding, whatever its rule."""
    path = data / "blame" / "sentences.jsonl"
    if not path.is_file():
        return None
    book = rules.load()
    hits = {"blame": [0, 0], "neutral": [0, 0]}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line) if line.strip() else {}
        if entry.get("label") in hits:
            counts = hits[entry["label"]]
            counts[0] += bool(check(entry["text"], book))
            counts[1] += 1
    found, blame = hits["blame"]
    wrong, neutral = hits["neutral"]
    return {
        "precision": rounded(found / (found + wrong) if found + wrong else 0.0),
        "recall": rounded(found / blame if blame else 0.0),
        "blame": blame,
        "neutral": neutral,
    }
