"""Exporting post-mortems as files."""

from dataclasses import dataclass, field
from pathlib import Path

import click

from app.bootstrap import Workspace
from app.cli import output
from app.cli.interrupts import stopping
from app.cli.output import Exit
from app.cli.session import Session, command
from app.telling import Told
from integrations.export.files import Format, export_documents
from integrations.export.wording import Words
from models.commands import attachments
from models.errors import KnownError, LibraryError
from models.queries import post_mortems
from models.redaction import SECTIONS


@dataclass
class _Report:
    """What was written, by ref, and what was not."""

    files: dict[str, Path] = field(default_factory=dict)
    failed: dict[str, KnownError] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    stopped: bool = False


def _place(_context: click.Context, _parameter: click.Parameter, given: str) -> Path:
    if not given.strip():
        raise click.BadParameter("it needs a folder or a file.")
    return Path(given)


class _SectionName(click.Choice[str]):
    """A section, by its key or its heading."""

    name = "section"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The key of the section."""
        bare = _letters(value)
        named = (k for k, heading in SECTIONS.items() if bare in (_letters(k), _letters(heading)))
        return super().convert(next(named, value), param, ctx)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@command("export")
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option("--all", "every", is_flag=True, help="Every post-mortem that is not in the trash.")
@click.option("--format", "form", type=click.Choice([f.value for f in Format]), default="md")
@click.option("--to", required=True, callback=_place, help="A folder, or a file.")
@click.option(
    "--redacted", is_flag=True, help="For people outside: no persons, internal links, names."
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    type=_SectionName(list(SECTIONS)),
    help="Only these sections, by key or heading.",
)
@click.option(
    "--public-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Its links stay with --redacted.",
)
def export(
    session: Session,
    *,
    refs: tuple[str, ...],
    every: bool,
    form: str,
    to: Path,
    redacted: bool,
    sections: tuple[str, ...],
    hosts: tuple[str, ...],
) -> Exit:
    """Export post-mortems, each as a file: Markdown, HTML, PDF, Word (docx) or JSON.

    Markdown and JSON import back to the same. --to names a folder, or for one post-mortem a file
    that ends like its format. With --redacted a file says at its end what it leaves out; read it
    before it goes out. Ctrl-C stops between two files.
    """
    if bool(refs) == every:
        raise click.UsageError("Name post-mortems or give --all, one of the two.")
    workspace = session.workspace
    names = post_mortems.ids(workspace.library) if every else tuple(dict.fromkeys(refs))
    if len(names) != 1:
        _make_folder(to)
    told = Told(redacted, sections, hosts)
    report = _export(workspace, names, Format(form), to, told)
    if report.failed and not report.files:
        raise next(iter(report.failed.values()))
    _tell(session, report, to)
    return Exit.IN_PART if report.failed or report.stopped else Exit.DONE


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {folder} cannot be made: {error.strerror or error}.",
            kept="Nothing was written.",
            advice="Name another folder with --to.",
        ) from error


def _export(
    workspace: Workspace, names: tuple[str, ...], form: Format, to: Path, told: Told
) -> _Report:
    report = _Report()
    words = Words(workspace.vocabularies, workspace.frameworks)
    with output.progress("Exporting") as show, stopping() as stopped:
        for name in names:
            if stopped():
                report.stopped = True
                break
            try:
                document = post_mortems.document(workspace.library, name)
                telling = told.of(document)
                written = export_documents(
                    [telling.document],
                    form,
                    to,
                    lambda a: attachments.path_of(workspace.library, a.sha256),
                    words=words,
                    external=told.redacted,
                )
                report.files[document.ref] = written.files[0]
                report.notices += telling.notices
            except KnownError as error:
                report.failed[name] = error
            show(len(report.files) + len(report.failed), len(names))
    return report


def _tell(session: Session, report: _Report, to: Path) -> None:
    for words in (*report.notices, *(error.sentence() for error in report.failed.values())):
        output.note(words)
    if report.stopped:
        output.note("Stopped. What was written stays.")
    data = {
        "exported": [{"ref": ref, "path": str(path)} for ref, path in report.files.items()],
        "failed": [{"ref": n, "reason": e.sentence()} for n, e in report.failed.items()],
        "notices": list(report.notices),
    }
    files = list(report.files.values())
    session.answer(data, str(files[0]) if len(files) == 1 else f"{len(files)} files in {to}")
