"""What taking a file would change, before it is taken."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.markdown.apply import apply, foreseen
from integrations.markdown.plan import Entry, Verdict, plan
from models import vocabulary
from models.commands import post_mortems
from models.differences import Kind, differences
from models.queries import post_mortems as queries
from models.store.library import Actor, Library
from tests.models.examples import empty_library

TERMS = vocabulary.load()
TEXT = """# Disk full

## Summary

The report disk was full for an hour.

## Timeline

- 2026-03-02 10:00 UTC Reports stop.
- 2026-03-02 11:00 UTC The disk is emptied.

## 5 Whys

1. Why did reports stop? The disk was full.
   1. Why was it full? Nobody looked at it.

## Action items

- Watch the disk
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with empty_library(tmp_path / "library") as opened:
        yield opened


def conflict(library: Library, file: Path, text: str) -> Entry:
    """The entry of a file that was imported, edited here, and then changed to ``text``."""
    file.write_text(TEXT)
    apply(library, plan(library, [file], TERMS), Actor(""), TERMS)
    (known,) = queries.every(library)
    edited = replace(known.post_mortem, tags=("storage",))
    post_mortems.save(library, edited, known.version, Actor("Ann"))
    file.write_text(text)
    (entry,) = plan(library, [file], TERMS).entries
    assert entry.verdict is Verdict.CONFLICT
    return entry


def test_only_what_the_file_changed_is_foreseen(library: Library, tmp_path: Path) -> None:
    text = TEXT.replace("for an hour", "for two hours").replace(
        "- 2026-03-02 10:00 UTC Reports stop.",
        "- 2026-03-02 09:55 UTC A warning.\n- 2026-03-02 10:00 UTC Reports stop.",
    )
    entry = conflict(library, tmp_path / "disk.md", text)
    found = differences(*foreseen(library, entry, TERMS))
    assert [(c.place.section, c.kind) for c in found] == [
        ("summary", Kind.CHANGED),
        ("timeline", Kind.ADDED),
    ]
    assert [c.label for c in found] == ["Summary", "Event 2026-03-02 09:55 UTC"]


def test_looking_ahead_writes_nothing_and_comes_true(library: Library, tmp_path: Path) -> None:
    text = TEXT.replace("Nobody looked at it.", "No alert watched it.")
    entry = conflict(library, tmp_path / "disk.md", text)
    before = queries.by_id(library, entry.post_mortem_id)
    here, then = foreseen(library, replace(entry, reading=None), TERMS)
    assert here == before == queries.by_id(library, entry.post_mortem_id)
    apply(library, plan(library, [entry.path], TERMS), Actor(""), TERMS, update=True)
    now = queries.by_id(library, entry.post_mortem_id)
    assert [n.answer for n in now.post_mortem.whys[0].nodes[0].children] == [
        n.answer for n in then.post_mortem.whys[0].nodes[0].children
    ]
    assert now.post_mortem.tags == then.post_mortem.tags
