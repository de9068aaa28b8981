"""Changing parts of a document: incidents, events, actions, attachments."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models.document import Document, new_id
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import Event, Incident, IncidentState, Times, current_events
from models.domain.moments import Moment
from models.domain.post_mortem import PostMortem
from models.editing import actions, attachments, events, parts

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DIGEST = "0" * 64


def a_document(*log: Event) -> Document:
    incident = Incident("i", timeline=tuple(log))
    return Document(PostMortem(new_id(), "Search was slow", incidents=(incident,)))


def texts(document: Document) -> list[str]:
    return [event.text for event in current_events(document.post_mortem.incidents[0].timeline)]


def test_an_unchanged_field_leaves_the_document_itself() -> None:
    document = a_document()

    assert parts.with_text(document, title="Search was slow") is document
    assert parts.with_incident(document, "unknown", severity="SEV1") is document


def test_a_new_incident_is_live_until_it_is_said_when_it_ended() -> None:
    document = parts.with_new_incident(a_document())
    id = document.post_mortem.incidents[1].id

    def state(times: Times) -> IncidentState:
        return parts.with_times(document, id, times).post_mortem.incidents[1].state

    assert document.post_mortem.incidents[1].state is IncidentState.LIVE
    assert state(Times(onset=Moment(NOW), detected=Moment(NOW))) is IncidentState.LIVE
    assert state(Times(mitigated=Moment(NOW))) is IncidentState.MITIGATED
    assert state(Times(resolved=Moment(NOW))) is IncidentState.MITIGATED
    known = parts.with_times(document, "i", Times(mitigated=Moment(NOW)))
    assert known.post_mortem.incidents[0].state is IncidentState.RESOLVED
    assert parts.with_times(document, "unknown", Times()) is document


def test_only_the_named_incident_changes() -> None:
    document = parts.with_new_incident(a_document())
    second = document.post_mortem.incidents[1]

    changed = parts.with_incident(document, second.id, severity="SEV2")

    assert [i.severity for i in changed.post_mortem.incidents] == ["", "SEV2"]


def test_the_last_incident_stays() -> None:
    document = parts.with_new_incident(a_document())

    one = parts.without_incident(document, "i")

    assert len(one.post_mortem.incidents) == 1
    assert parts.without_incident(one, one.post_mortem.incidents[0].id) is one


def test_a_removed_event_does_not_bring_back_what_it_corrected() -> None:
    first = Event("a", NOW, text="Errors since 14:02")
    second = Event("b", NOW, text="Errors since 14:00", corrects="a")
    third = Event("c", NOW, text="Errors since 13:58", corrects="b")
    document = a_document(first, second, third)
    assert texts(document) == ["Errors since 13:58"]

    assert texts(events.remove_event(document, "i", "c")) == []


def test_events_are_added_and_changed() -> None:
    document = events.add_event(a_document(), "i", Event("a", NOW, text="Paged"))

    changed = events.change_event(document, "i", "a", text="Paged the on-call")

    assert texts(changed) == ["Paged the on-call"]


def test_a_removed_action_ends_what_it_addressed_and_keeps_the_date() -> None:
    action = ActionItem("a", "Warm the cache")
    document = actions.link_root(actions.add_action(a_document(), action), "r", "a", NOW)
    assert document.roots_of("a") == ("r",)

    gone = actions.remove_action(document, "a", NOW)

    assert gone.actions == ()
    assert [(link.root_id, link.until) for link in gone.root_actions] == [("r", NOW)]


def test_a_root_is_linked_once_and_again_after_it_was_unlinked() -> None:
    document = actions.add_action(a_document(), ActionItem("a", "Warm the cache"))
    linked = actions.link_root(document, "r", "a", NOW)

    assert actions.link_root(linked, "r", "a", NOW) is linked
    again = actions.link_root(actions.unlink_root(linked, "r", "a", NOW), "r", "a", NOW)
    assert again.roots_of("a") == ("r",)
    assert len(again.root_actions) == 2


def test_files_of_one_name_get_names_of_their_own() -> None:
    one = Attachment("1", "graph.png", DIGEST)
    other = Attachment("2", "Graph.png", "1" * 64)

    document = attachments.add_attachment(attachments.add_attachment(a_document(), one), other)

    assert [file.name for file in document.attachments] == ["graph.png", "Graph 2.png"]


def test_the_same_file_is_attached_once() -> None:
    document = attachments.add_attachment(a_document(), Attachment("1", "graph.png", DIGEST))

    again = attachments.add_attachment(document, Attachment("2", "graph.png", DIGEST))

    assert again is document


def test_a_new_name_is_safe_and_free() -> None:
    document = a_document()
    for number, name in enumerate(("a.txt", "b.txt")):
        file = Attachment(str(number), name, f"{number}" * 64)
        document = attachments.add_attachment(document, file)

    moved = attachments.rename_attachment(document, "0", "../../b.txt")

    assert [file.name for file in moved.attachments] == ["b 2.txt", "b.txt"]
    same = attachments.rename_attachment(document, "0", "a.txt")
    assert same.attachments == document.attachments


def test_a_removed_file_leaves_the_others() -> None:
    document = a_document()
    document = replace(document, attachments=(Attachment("1", "a", DIGEST),))

    assert attachments.remove_attachment(document, "1").attachments == ()


def _at(moment: Moment | None) -> datetime | None:
    return None if moment is None else moment.at


def test_the_entry_above_is_nearest_whatever_the_order_of_writing() -> None:
    day = datetime(2026, 5, 28, 14, 2, tzinfo=UTC)
    log = [Event(str(n), day + timedelta(minutes=n), zone=f"+0{n}:00") for n in (3, 1, 2)]
    incident = Incident("i", times=Times(onset=Moment(day)), timeline=tuple(log))

    zones = [moment.zone for moment in events.beside(incident, log[2])]

    assert zones == ["+01:00", "UTC", "+03:00"]


def test_a_time_without_a_day_belongs_to_the_incident() -> None:
    day = datetime(2026, 5, 28, 14, 2, tzinfo=UTC)
    times = Times(introduced=Moment(day - timedelta(days=90)), onset=Moment(day))
    known = Incident("i", times=times, timeline=(Event("1", day + timedelta(days=1)),))
    begun_now, second_day = Event("2", NOW), Event("3", day + timedelta(days=1))

    assert _at(events.day_of(known, begun_now)) == day
    assert _at(events.day_of(known, Event("2", None))) == day
    assert _at(events.day_of(known, second_day)) == second_day.at
    assert _at(events.day_of(replace(known, state=IncidentState.LIVE), begun_now)) == NOW
    assert _at(events.day_of(Incident("i", timeline=(begun_now,)), begun_now)) == NOW
