"""A file that is imported again is joined with what was written here: no word of either is lost."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.markdown.apply import Done, Outcome, apply, foreseen
from integrations.markdown.form import to_markdown
from integrations.markdown.plan import Verdict, plan
from models import vocabulary
from models.commands import post_mortems
from models.document import Document, same_content, to_json
from models.domain.incident import Event
from models.domain.post_mortem import Comment
from models.domain.whys import Stop, StopReason, walk
from models.queries import post_mortems as queries
from models.store.library import Actor, Library
from tests import SOAK
from tests.models.examples import fresh_library
from tests.models.test_merging import words

TERMS = vocabulary.load()
HERE, ELSEWHERE = Actor("", "Incident commander"), Actor("", "Writer")
TEXT = """# Report disk full

## Summary

Reports stopped for an hour.

Nobody was told about that.

## Timeline

- 2026-03-02 10:00 UTC Reports stop.
- 2026-03-02 10:30 UTC A user calls.
- 2026-03-02 11:00 UTC The disk is emptied.

## 5 Whys

1. Why did reports stop? The disk was full.
   1. Why was it full? Nobody looked at it.

## Action items

- Watch the disk
- Empty it at night
"""


def event(id: str, text: str) -> Event:
    """An event at the end of the timeline."""
    return Event(id, datetime(2026, 3, 2, 12, tzinfo=UTC), text=text)


class Wiki(NamedTuple):
    """A library and a file that was imported into it."""

    library: Library
    file: Path

    def take(self) -> Outcome:
        planned = plan(self.library, [self.file], TERMS)
        return apply(self.library, planned, ELSEWHERE, TERMS, update=True)

    def update(self, text: str) -> Done:
        """Import another text, as foreseen; once more brings nothing."""
        self.file.write_text(text)
        (entry,) = plan(self.library, [self.file], TERMS).entries
        before, then = foreseen(self.library, entry, TERMS)
        assert before == self.document
        (done,) = self.take().updated
        assert same_content(_undated(then), _undated(self.document))
        (again,) = plan(self.library, [self.file], TERMS).entries
        assert again.verdict is Verdict.DUPLICATE
        return done

    @property
    def document(self) -> Document:
        (found,) = queries.every(self.library)
        return found

    def write(self, **fields: object) -> None:
        """Change the post-mortem here."""
        known = self.document
        changed = replace(known.post_mortem, **fields)  # type: ignore[arg-type]
        post_mortems.save(self.library, changed, known.version, HERE)

    def write_event(self, place: int, event: Event | None) -> None:
        (incident,) = self.document.post_mortem.incidents
        log = [*incident.timeline]
        log[place : place + 1] = [event] if event else []
        self.write(incidents=(replace(incident, timeline=tuple(log)),))

    @property
    def events(self) -> dict[str, str]:
        """Id -> text of the timeline."""
        (incident,) = self.document.post_mortem.incidents
        return {event.id: event.text for event in incident.timeline}


def _undated(document: Document) -> Document:
    """Without the moments at which comments were made."""
    mortem = document.post_mortem
    comments = tuple(replace(comment, at=None) for comment in mortem.comments)
    return replace(document, post_mortem=replace(mortem, comments=comments))


@pytest.fixture
def wiki(tmp_path: Path) -> Iterator[Wiki]:
    with fresh_library() as library:
        (tmp_path / "disk.md").write_text(TEXT)
        made = Wiki(library, tmp_path / "disk.md")
        made.take()
        yield made


def test_both_keep_what_they_changed(wiki: Wiki) -> None:
    wiki.write(summary=wiki.document.post_mortem.summary.replace("an hour", "two hours"))
    wiki.write(tags=("storage",), lessons=replace(wiki.document.post_mortem.lessons, text="Look."))
    done = wiki.update(TEXT.replace("Nobody was told", "No user was told"))
    after = wiki.document.post_mortem
    assert after.summary == "Reports stopped for two hours.\n\nNo user was told about that."
    assert (after.tags, after.lessons.text, after.comments) == (("storage",), "Look.", ())
    assert (done.notices, done.merged) == ((), None)


def test_words_that_both_changed_are_told_and_kept(wiki: Wiki) -> None:
    wiki.write(summary=wiki.document.post_mortem.summary.replace("an hour", "two hours"))
    done = wiki.update(TEXT.replace("an hour", "three hours"))
    after = wiki.document.post_mortem
    assert "three hours" in after.summary
    (comment,) = after.comments
    assert "two hours" in comment.text
    assert not comment.resolved
    assert done.merged is not None
    (conflict,) = done.merged.conflicts
    assert (conflict.mine, conflict.theirs) == (
        "Reports stopped for three hours.",
        "Reports stopped for two hours.",
    )
    (notice,) = done.notices
    assert notice.startswith("Summary was changed here and in the file")


def test_what_was_written_here_outlives_every_later_update(wiki: Wiki) -> None:
    wiki.write(tags=("storage",))
    second = TEXT.replace("Nobody was told", "No user was told")
    wiki.update(second)
    assert wiki.document.post_mortem.tags == ("storage",)
    third = second.replace("an hour", "four hours")
    wiki.update(third)
    wiki.update(third.replace("is emptied", "is replaced"))
    after = wiki.document.post_mortem
    assert after.tags == ("storage",)
    assert after.summary == "Reports stopped for four hours.\n\nNo user was told about that."
    kinds = [revision.kind for revision in queries.history(wiki.library, after.id)]
    assert kinds.count("file") == kinds.count("imported") == 3


def test_what_both_wrote_alike_is_the_base_of_what_follows(wiki: Wiki) -> None:
    wiki.write(summary=wiki.document.post_mortem.summary.replace("an hour", "two hours"))
    wiki.update(TEXT.replace("an hour", "two hours"))
    wiki.write(summary=wiki.document.post_mortem.summary.replace("two hours", "two long hours"))
    done = wiki.update(TEXT.replace("an hour", "two hours").replace("calls", "writes"))
    assert done.merged is None
    assert "two long hours" in wiki.document.post_mortem.summary


def test_an_inserted_event_shifts_no_id(wiki: Wiki) -> None:
    before = wiki.events
    first = "- 2026-03-02 10:00 UTC Reports stop."
    wiki.update(TEXT.replace(first, f"- 2026-03-02 09:00 UTC A warning.\n{first}"))
    after = wiki.events
    assert [*after.values()] == ["A warning.", *before.values()]
    assert [*after][1:] == [*before]
    # Going back to the first text and forward again makes no id twice either.
    wiki.update(TEXT + "\n## Notes\n\nBack.\n")
    wiki.update(TEXT.replace(first, f"- 2026-03-02 09:00 UTC Another.\n{first}"))
    assert [*wiki.events][1:] == [*before]
    assert len({*wiki.events}) == 4


def test_a_stop_and_a_root_that_were_set_here_stay(wiki: Wiki) -> None:
    (tree,) = wiki.document.post_mortem.whys
    (top,) = tree.nodes
    (leaf,) = top.children
    stopped = replace(leaf, stop=Stop(StopReason.FIXABLE))
    wiki.write(whys=(replace(tree, nodes=(replace(top, children=(stopped,)),)),))
    (root,) = wiki.document.roots
    wiki.update(TEXT.replace("Nobody looked", "No alert looked"))
    after = wiki.document
    assert [n.answer for _, n in walk(after.post_mortem.whys[0])][1] == "No alert looked at it."
    assert after.root_of(leaf.id) is not None
    assert [one.id for one in after.roots] == [root.id]


def test_what_was_taken_away_here_stays_away(wiki: Wiki) -> None:
    wiki.write_event(1, None)
    known = wiki.document
    post_mortems.replace(wiki.library, replace(known, actions=known.actions[:1]), HERE, base=known)
    wiki.update(TEXT.replace("an hour", "two hours"))
    assert [*wiki.events.values()] == ["Reports stop.", "The disk is emptied."]
    assert [action.title for action in wiki.document.actions] == ["Watch the disk"]


def test_an_action_that_left_the_file_is_told(wiki: Wiki) -> None:
    ref = wiki.document.actions[1].ref
    done = wiki.update(TEXT.replace("- Empty it at night\n", ""))
    assert done.notices == (f"{ref} left {wiki.document.ref}: the file has it no more.",)


def test_an_export_that_was_edited_elsewhere_is_joined(wiki: Wiki) -> None:
    exported = to_markdown(wiki.document)
    comment = Comment("c1", "summary", "Is that so?", "Reviewer")
    wiki.write(comments=(comment,), tags=("storage",))
    before = wiki.document
    other = wiki._replace(file=wiki.file.with_name("sent-back.md"))
    done = other.update(exported.replace("Nobody was told", "No user was told"))
    after = wiki.document
    assert (done.ref, done.merged) == (before.ref, None)
    assert after.post_mortem.comments == (comment,)
    assert after.post_mortem.tags == ("storage",)
    assert "No user was told" in after.post_mortem.summary
    assert [*wiki.events] == [e.id for e in before.post_mortem.incidents[0].timeline]


def test_a_json_export_that_was_edited_elsewhere_is_joined(wiki: Wiki) -> None:
    exported = json.dumps(to_json(wiki.document))
    wiki.write_event(1, event("e9", "Written here."))
    other = wiki._replace(file=wiki.file.with_name("sent-back.json"))
    other.update(exported.replace("Nobody was told", "No user was told"))
    assert "Written here." in wiki.events.values()
    assert "No user was told" in wiki.document.post_mortem.summary


def test_a_fresh_export_of_an_imported_file_is_compared_with_its_own_version(wiki: Wiki) -> None:
    """Not with what the file said when it was imported first: an event would be there twice."""
    with fresh_library() as library:
        here = wiki._replace(library=library, file=wiki.file.with_name("sent.md"))
        here.file.write_text(to_markdown(wiki.document))
        here.take()
        here.write_event(1, event("e9", "Written here."))
        exported = to_markdown(here.document)
        assert here.update(exported.replace("Written here", "Mended there")).merged is None
        assert [*here.events].count("e9") == 1
        assert here.events["e9"] == "Mended there."
        assert len(here.events) == 3


def test_without_a_known_base_the_file_wins(wiki: Wiki) -> None:
    """An export of another library's copy, whose version means nothing here."""
    exported = to_markdown(replace(wiki.document, version=99))
    wiki.write(contributing_factors="Written here.")
    other = wiki._replace(file=wiki.file.with_name("sent-back.md"))
    other.update(exported.replace("an hour", "two hours"))
    after = wiki.document
    assert "two hours" in after.post_mortem.summary
    assert after.post_mortem.contributing_factors == ""
    earlier = queries.revision(wiki.library, after.post_mortem.id, 2)
    assert earlier.post_mortem.contributing_factors == "Written here."


def test_the_files_text_is_in_the_history(wiki: Wiki) -> None:
    wiki.write(tags=("storage",))
    wiki.update(TEXT.replace("an hour", "two hours"))
    id = wiki.document.post_mortem.id
    newest = queries.history(wiki.library, id)[0]
    assert (newest.kind, newest.is_aside) == ("file", True)
    kept = queries.revision(wiki.library, id, newest.number)
    assert kept.post_mortem.tags == ()
    assert "two hours" in kept.post_mortem.summary
    assert queries.of_version(wiki.library, id, wiki.document.version) == wiki.document


# -- any edits on both sides -------------------------------------------------------------------

LINES = [n for n, line in enumerate(TEXT.splitlines()) if line and not line.startswith("#")]

file_edits = st.lists(
    st.tuples(st.sampled_from(["reword", "above", "drop"]), st.sampled_from(LINES)), max_size=5
)
edits_here = st.lists(
    st.tuples(
        st.sampled_from(["summary", "event", "new event", "no event", "why", "tag", "comment"]),
        st.integers(0, 2),
    ),
    max_size=4,
)


def edited(text: str, edits: list[tuple[str, int]], name: str) -> str:
    """A text after edits in a wiki; each brings a word that is nowhere else."""
    lines = {number: [line] for number, line in enumerate(text.split("\n"))}
    for count, (how, number) in enumerate(edits):
        word = f"{name}{count}"
        head = re.match(r"\s*(?:- 2026-\S+ \S+ UTC |- |1\. (?:Why [^?]+\? )?)?", lines[number][0])
        mark = head[0] if head else ""
        if how == "drop":
            lines[number] = [""]
        elif how == "reword" and lines[number][0].strip():
            lines[number][0] = f"{mark}{word} {lines[number][0][len(mark) :]}"
        elif how == "above" and "- " in mark:
            lines[number].insert(1, f"{mark}{word} was seen.")
    return "\n".join(line for some in lines.values() for line in some)


def edit_here(wiki: Wiki, what: str, place: int, word: str) -> None:
    """One edit in the library."""
    mortem = wiki.document.post_mortem
    events = mortem.incidents[0].timeline
    if what == "summary":
        paragraphs = mortem.summary.split("\n\n")
        paragraphs[place % len(paragraphs)] += f" {word}"
        wiki.write(summary="\n\n".join(paragraphs))
    elif what == "new event" or (what == "event" and not events):
        wiki.write_event(len(events), event(f"id-{word}", word))
    elif what == "event":
        known = events[place % len(events)]
        wiki.write_event(events.index(known), replace(known, text=f"{known.text} {word}"))
    elif what == "no event" and events:
        wiki.write_event(place % len(events), None)
    elif what == "why" and mortem.whys and mortem.whys[0].nodes:
        tree = mortem.whys[0]
        top = replace(tree.nodes[0], answer=f"{tree.nodes[0].answer} {word}")
        wiki.write(whys=(replace(tree, nodes=(top, *tree.nodes[1:])),))
    elif what == "tag":
        wiki.write(tags=(*mortem.tags, word))
    elif what == "comment":
        wiki.write(comments=(*mortem.comments, Comment(f"id-{word}", "summary", word)))


@settings(max_examples=500 if SOAK else 10, deadline=None)
@given(st.lists(st.tuples(file_edits, edits_here), min_size=1, max_size=3))
def test_no_word_of_either_is_lost(rounds: list[tuple[list[tuple[str, int]], ...]]) -> None:
    with fresh_library() as library, TemporaryDirectory() as folder:
        wiki = Wiki(library, Path(folder) / "disk.md")
        wiki.file.write_text(TEXT)
        wiki.take()
        for number, (in_file, here) in enumerate(rounds):
            for count, (what, place) in enumerate(here):
                edit_here(wiki, what, place, f"here{number}x{count}x")
            before = wiki.document
            text = edited(TEXT, in_file, f"file{number}x")
            new = {word for word in re.findall(r"\w+", text) if word.startswith("file")}
            if text != wiki.file.read_text():
                wiki.update(text)
            after = wiki.document
            own = {word for word in words(before) if word.startswith("here")}
            assert own <= words(after)
            assert new <= words(after)
            ids = [event.id for event in after.post_mortem.incidents[0].timeline]
            assert len(ids) == len({*ids})
