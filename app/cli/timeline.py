"""Events for the timeline of a post-mortem, read from a chat, a log, a table."""

from typing import Any

import click

from app.cli import output, text_input
from app.cli.session import Session, command
from app.cli.writing import Change, save
from integrations.markdown.form_times import read_day, read_moment
from integrations.markdown.times import shown
from integrations.markdown.zones import SHARED, Zone, zone_from
from integrations.timeline.pages import as_text
from integrations.timeline.reading import read_events
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Asked, Question, Reading, ReadRow
from models import codec, secrets
from models.document import Document, new_id
from models.domain.incident import Incident, occurred
from models.editing.events import add_events
from models.editing.parts import with_new_incident
from models.errors import InvalidInputError
from models.queries import post_mortems

LONGEST = 100
"""Letters of an event that are printed; all of them are kept."""
_OPTIONS = {
    Asked.ZONE: "--zone Europe/Berlin",
    Asked.DAY: "--day 2026-11-19",
    Asked.ORDER: "--day-first or --month-first",
    Asked.START: '--start "2026-11-19 14:02 UTC"',
    Asked.COPIED: '--copied "2026-11-19 14:02 UTC"',
}


def _zones(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, Zone]:
    """Zones by the abbreviation that means them, "" for times without a zone."""
    zones: dict[str, Zone] = {}
    for one in given:
        name, is_named, text = one.rpartition("=")
        zone = zone_from(text)
        if zone is None or zone.doubtful:
            what = "stands for several zones" if zone else "is not known"
            raise click.BadParameter(f"{text} {what}. Write Europe/Berlin, CET or UTC+2.")
        if is_named and name.upper() not in SHARED:
            raise click.BadParameter(f"{name} is none of {', '.join(sorted(SHARED))}.")
        if zones.setdefault(name.upper(), zone) != zone:
            raise click.BadParameter("it is given twice. Name an abbreviation: IST=Asia/Kolkata.")
    return zones


@command("timeline", writes=True)
@click.argument("ref")
@click.argument("name", metavar="FILE|-")
@click.option(
    "--zone",
    "zones",
    multiple=True,
    callback=_zones,
    metavar="Z",
    help="The zone of times that name none; IST=Asia/Kolkata says what an abbreviation means.",
)
@click.option("--day", metavar="D", help="The day of times that have none.")
@click.option("--day-first/--month-first", default=None, help="How 03/04/2026 is written.")
@click.option("--start", metavar="T", help="What T+5m counts from; else the onset.")
@click.option("--copied", metavar="T", help="When it was copied: for ages, today, yesterday.")
@click.option("--dry-run", is_flag=True, help="Say what would be added; write nothing.")
def timeline(session: Session, ref: str, name: str, dry_run: bool, **said: Any) -> None:
    """Add the events of a chat, a log, alerts, a table, commits or mails to a timeline.

    Zones and days that the text does not name are asked for by their option. A local time that a
    clock change made ambiguous is added without its instant, in the words of the source. What is
    in the timeline already is left out.
    """
    session.writes = not dry_run
    workspace = session.workspace
    base = post_mortems.document(workspace.library, ref)
    document = base if base.post_mortem.incidents else with_new_incident(base)
    incident = document.post_mortem.incidents[0]
    text = as_text(text_input.read(name))
    for notice in secrets.notices(text):
        output.note(notice)
    reading = read_events(
        text,
        _answers(incident, **said),
        known=incident.timeline,
        kinds=workspace.vocabularies.event_kinds,
    )
    if reading.questions and not dry_run:
        raise InvalidInputError(
            " ".join(question.words for question in reading.questions),
            advice=f"Add {', '.join(map(_option, reading.questions))}.",
        )
    added = [row for row in reading.rows if row.is_usual]
    if added and not dry_run:
        events = [row.event(new_id) for row in added]
        save(session, Change(add_events(document, incident.id, events), base))
    session.in_part = session.in_part or any(row.moment.at is None for row in added)
    session.answer(_data(base, reading), _told(base, reading, dry_run=dry_run))


def _answers(
    incident: Incident,
    *,
    zones: dict[str, Zone],
    day: str | None,
    day_first: bool | None,
    start: str | None,
    copied: str | None,
) -> Answers:
    """What the options say, and what the incident knows of its day and its start."""
    happened = occurred(incident)
    return Answers(
        zone=zones.get(""),
        zones={name: zone for name, zone in zones.items() if name},
        day=read_day(day) if day else None,
        day_first=day_first,
        start=read_moment(start) if start else incident.times.onset,
        now=read_moment(copied).at if copied else None,
        near=happened.at.date() if happened and happened.at else None,
    )


def _data(document: Document, reading: Reading) -> dict[str, Any]:
    rows = reading.rows
    return {
        "ref": document.ref,
        "added": [_entry(row) for row in rows if row.is_usual],
        "left_out": [_entry(row) for row in rows if not row.is_usual],
        "left_over": [rest.text for rest in reading.leftovers],
        "questions": [_asked(question) for question in reading.questions],
    }


def _entry(row: ReadRow) -> dict[str, Any]:
    return {
        "at": codec.encode(row.moment.at),
        "zone": row.moment.zone,
        "precision": row.moment.precision.value,
        "written": row.written,
        "kind": row.kind,
        "text": row.text,
        "author": row.author,
        "note": row.same_as or row.doubt or row.aside,
        "choices": [codec.encode(choice.moment.at) for choice in row.choices],
    }


def _option(question: Question) -> str:
    if question.about:
        return f"--zone {question.about}=ZONE"
    return _OPTIONS[question.asked]


def _asked(question: Question) -> dict[str, Any]:
    return {
        "asked": question.asked.value,
        "about": question.about,
        "rows": question.rows,
        "words": question.words,
    }


def _told(document: Document, reading: Reading, *, dry_run: bool) -> str:
    """One line for each event, with what is to be known about it."""
    rows = reading.rows
    added = [row for row in rows if row.is_usual]
    verb = "would be added" if dry_run else "added"
    lines = [*map(_line, added), f"{document.ref}: {len(added)} of {len(rows)} events {verb}."]
    lines += [f"Left out: {_line(row)}" for row in rows if not row.is_usual]
    lines += [f"Left over: {rest.text.strip()}" for rest in reading.leftovers]
    lines += [f"{one.words} Add {_option(one)}." for one in reading.questions]
    return "\n".join(lines)


def _line(row: ReadRow) -> str:
    when = shown(row.moment) or f"? {row.written}"
    note = row.same_as or row.doubt or row.aside
    text = " ".join(row.text.split())
    text = f"{row.author}: {text}" if row.author else text
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return f"{when}  {text}{f'  ({note})' if note else ''}"
