"""Importing files and folders."""

from pathlib import Path
from typing import Any

import click

from app.cli import output
from app.cli.interrupts import stopping
from app.cli.output import Exit
from app.cli.session import Session, command
from integrations.markdown import apply, found_files, plan
from integrations.markdown.apply import Done, Outcome
from integrations.markdown.plan import Plan, Verdict
from integrations.markdown.source import format_of

_LARGE = 5_000_000
"""Bytes of a file that are read in some seconds."""


@command("import", makes_library=True, writes=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--dry-run", is_flag=True, help="Say what would happen; write nothing, not even a library."
)
@click.option(
    "--update", is_flag=True, help="Join a file with what was changed here, too; its words stand."
)
def import_files(session: Session, paths: tuple[str, ...], dry_run: bool, update: bool) -> Exit:
    """Import post-mortems from Markdown and HTML files, or from all those in folders.

    The same file twice adds nothing. A changed file is joined with what was written here; of words
    that both changed the file's stand, those from here stay as a comment, and the exit code is 3.
    Notices say what to check of a file. Ctrl-C stops between two documents; what was imported
    stays.
    """
    if not all(map(str.strip, paths)):
        raise click.UsageError("Name a file or a folder; . is the present one.")
    session.makes_library = session.writes = not dry_run
    session.foresees = dry_run
    with stopping() as stopped:
        with output.progress("Reading") as show:
            planned = plan.plan(
                session.workspace.library,
                [Path(path) for path in paths],
                session.workspace.vocabularies,
                progress=_telling(show),
                stopped=stopped,
            )
        if dry_run:
            outcome = _foreseen(planned, update=update)
        else:
            with output.progress("Importing") as show:
                outcome = apply.apply(
                    session.workspace.library,
                    planned,
                    session.workspace.actor,
                    session.workspace.vocabularies,
                    update=update,
                    progress=lambda done, total, _path: show(done, total),
                    stopped=stopped,
                )
    session.leaves_index = outcome.stopped
    named = {found_files.named(Path(path)) for path in paths}
    _report(session, outcome, _refs(planned, outcome), named, dry_run=dry_run)
    return _code(outcome, named)


def _telling(show: output.Progress) -> plan.Progress:
    """Progress that says of a large file that it takes a while, before it does."""

    def tell(done: int, total: int, path: str) -> None:
        show(done, total)
        try:
            size = Path(path).stat().st_size
        except (OSError, ValueError):  # such a path is told when it is to be read
            return
        if size >= _LARGE and format_of(Path(path)) is not None:
            name = Path(path).name
            output.note(f"{name} has {size / 1e6:.0f} MB: reading it takes some seconds.")

    return tell


def _foreseen(planned: Plan, *, update: bool) -> Outcome:
    """What an import would do."""

    def told(*verdicts: Verdict, settled: bool | None = None) -> tuple[Done, ...]:
        found = [e for e in planned.of(*verdicts) if settled in (None, update and e.can_update)]
        return tuple(Done(e.path, e.ref, e.title, e.reason, e.notices) for e in found)

    return Outcome(
        imported=told(Verdict.NEW),
        updated=told(Verdict.CHANGED) + told(Verdict.CONFLICT, settled=True),
        duplicates=told(Verdict.DUPLICATE),
        conflicts=told(Verdict.CONFLICT, settled=False),
        skipped=told(Verdict.SKIPPED),
        failed=told(Verdict.FAILED),
        stopped=planned.stopped,
    )


def _refs(planned: Plan, outcome: Outcome) -> dict[Path, str]:
    """The post-mortem of each file, also of one that says the same as another file."""
    refs = {e.path: e.ref for e in planned.entries}
    refs |= {done.path: done.ref for done in (*outcome.imported, *outcome.updated)}
    by_content = {e.digest: refs[e.path] for e in planned.entries if refs[e.path]}
    return {e.path: refs[e.path] or by_content.get(e.digest, "") for e in planned.entries}


def _report(
    session: Session, outcome: Outcome, refs: dict[Path, str], named: set[Path], *, dry_run: bool
) -> None:
    def told(found: tuple[Done, ...], *names: str) -> list[dict[str, Any]]:
        return [
            {
                "path": str(done.path),
                **{n: (refs[done.path] if n == "ref" else getattr(done, n)) or None for n in names},
                **({"notices": list(done.notices)} if done.notices else {}),
            }
            for done in found
        ]

    data = {
        "imported": told(outcome.imported, "ref", "title"),
        "updated": told(outcome.updated, "ref", "title"),
        "duplicates": told(outcome.duplicates, "ref"),
        "conflicts": told(outcome.conflicts, "ref", "title", "reason"),
        "skipped": told(outcome.skipped, "reason"),
        "failed": told(outcome.failed, "reason"),
    }
    missed = [done for done in outcome.skipped if done.path in named]
    for done in (*outcome.failed, *outcome.conflicts, *(missed if session.json else ())):
        output.note(f"{done.path}: {done.reason}")
    for done in (*outcome.imported, *outcome.updated):
        for notice in done.notices:
            output.note(f"{done.path}: {notice}")
    if outcome.conflicts:
        output.note("Conflicts were left as they are; --update joins the files with what is here.")
    if outcome.stopped:
        output.note("Stopped. What was imported stays; the other files were not touched.")
    session.answer(data, _text(outcome, data, dry_run=dry_run))


def _text(outcome: Outcome, data: dict[str, list[dict[str, Any]]], *, dry_run: bool) -> str:
    lines = [f"{e['ref'] or ''}  {e['title']}".strip() for e in data["imported"] + data["updated"]]
    lines += [f"skipped {done.path}: {done.reason}" for done in outcome.skipped]
    counts = ", ".join(_count(len(found), name) for name, found in data.items() if found)
    before = "Nothing was written. It would be: " if dry_run else ""
    return "\n".join([*lines, f"{before}{counts or 'no files'}"])


def _count(number: int, name: str) -> str:
    """ "1 conflict", "2 conflicts", "2 imported"."""
    return f"{number} {name.removesuffix('s') if number == 1 else name}"


def _code(outcome: Outcome, named: set[Path]) -> Exit:
    """Whether all was done.

    A file that the user named and that was skipped was not, nor one with broken front matter, nor
    one that contradicts what was written here.
    """
    skipped = any(done.path in named for done in outcome.skipped)
    in_part = any(done.in_part or done.merged for done in (*outcome.imported, *outcome.updated))
    missed = outcome.failed or outcome.conflicts or skipped or in_part
    if not (missed or outcome.stopped):
        return Exit.DONE
    did = outcome.imported or outcome.updated or outcome.duplicates or outcome.conflicts
    return Exit.IN_PART if did or outcome.stopped else Exit.KNOWN_ERROR
