"""The command line: finds the command, runs it, and turns every failure into an exit code."""

from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from app.cli import failures, output
from app.cli.interrupts import passed_over
from app.cli.output import Exit
from app.cli.session import Session, json_option

COMMANDS = {
    "init": ("library:init", "Make a library, empty or with examples."),
    "import": ("importing:import_files", "Import Markdown and HTML files or folders."),
    "new": ("post_mortems:new", "Start a post-mortem."),
    "list": ("post_mortems:list_", "List post-mortems."),
    "show": ("post_mortems:show", "Print a post-mortem."),
    "edit": ("editing:edit", "Open a post-mortem in $EDITOR."),
    "apply": ("writing:apply", "Replace the content of a post-mortem from a file."),
    "search": ("searching:search", "Search post-mortems."),
    "similar": ("searching:similar", "List the failures most like one, and why."),
    "timeline": ("timeline:timeline", "Add events read from a chat, a log or a table."),
    "lint": ("lint:lint", "Check the language: blame, vague words, open actions."),
    "status": ("statuses:status", "Say what a post-mortem lacks, or take its next step."),
    "action": ("actions:action", "List, add, change and show action items."),
    "jira": ("jira:jira", "Connect Jira, sync action items, and mend what it refuses."),
    "relate": ("post_mortems:relate", "Say how one post-mortem stands to another."),
    "set": ("labels:set_", "Set services, severity, status and tags of many at once."),
    "rename": ("labels:rename", "Rename a service or a tag everywhere, or merge two."),
    "history": ("revisions:history", "List the revisions of a post-mortem."),
    "restore": ("revisions:restore", "Go back to a revision."),
    "delete": ("revisions:delete", "Move post-mortems to the trash."),
    "trash": ("revisions:trash", "List what is in the trash."),
    "undelete": ("revisions:undelete", "Take post-mortems out of the trash."),
    "export": ("exporting:export", "Export to Markdown, HTML, PDF, Word or JSON."),
    "review-copy": ("review_copies:review_copy", "Write a copy that colleagues can comment in."),
    "import-comments": ("review_copies:import_comments", "Read the comments of such a copy."),
    "index": ("searching:index", "Look at the search index or rebuild it."),
    "samples": ("library:samples", "Take the sample library out again."),
    "author": ("library:author", "Say who writes, for history and reviews."),
}
"""Command -> where it is and its line in the help; a module is loaded when its command runs."""


class _Commands(click.Group):
    """The commands, in the order above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(import_module(f"app.cli.{module}"), attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _folder(_context: click.Context, _parameter: click.Parameter, given: str | None) -> Path | None:
    if given is None:
        return None
    if not given.strip():
        raise click.BadParameter("it needs a folder.")
    return Path(given)


@click.command(cls=_Commands)
@click.option("--library", "folder", callback=_folder, help="The library's folder.", metavar="DIR")
@click.version_option(package_name="afterwhy", prog_name="afterwhy")
@json_option
@click.pass_obj
def cli(session: Session, folder: Path | None) -> None:
    """Write the post-mortem. Find the last time. Finish the fix.

    Without a command the window opens.
    """
    session.folder = folder


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    output.prepare_streams()
    session = Session(json=_asks_for_json(arguments))
    try:
        with closing(session):
            code = _invoke(session, arguments)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - it is reported and logged
        with passed_over():
            code = failures.report(error, as_json=session.json)
    return int(code)


def _invoke(session: Session, arguments: list[str]) -> int:
    code: Any = cli.main(arguments, prog_name="afterwhy", obj=session, standalone_mode=False)
    ended = Exit.DONE if code is None else int(code)
    return Exit.IN_PART if session.in_part and ended == Exit.DONE else ended


def _asks_for_json(arguments: list[str]) -> bool:
    """Whether --json is among the options, known before they are parsed in case they are wrong."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return "--json" in arguments[:end]
