"""What a command works with: its options, the library it opens on first use, its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.cli import output
from app.cli.interrupts import stopping
from models.errors import KnownError

if TYPE_CHECKING:
    from app.bootstrap import Workspace

F = TypeVar("F", bound=Callable[..., object])


@dataclass
class Session:
    """One run of a command."""

    json: bool = False
    folder: Path | None = None

    @cached_property
    def workspace(self) -> "Workspace":
        """The library that the options and the environment name."""
        from app import bootstrap

        return bootstrap.open_workspace(self.folder)

    def catch_up(self) -> None:
        """Brings the index up to the library; what prevents it is said, and searching goes on."""
        from search.writer import Cancelled

        try:
            with output.progress("Indexing") as show, stopping() as stopped:
                self.workspace.index.catch_up(show, stopped)
        except Cancelled:
            raise KeyboardInterrupt from None
        except KnownError as error:
            output.note(error.sentence())

    def answer(self, data: Mapping[str, Any], text: str) -> None:
        """Prints the result: ``data`` with --json, else ``text``."""
        if self.json:
            output.print_json(data)
        else:
            output.print_text(text)

    def close(self) -> None:
        """Closes the library if it was opened."""
        if "workspace" in self.__dict__:
            self.workspace.close()


def _use_json(context: click.Context, _parameter: click.Parameter, chosen: bool) -> None:
    if chosen:
        context.ensure_object(Session).json = True


json_option = click.option(
    "--json",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_use_json,
    help="Print one JSON document.",
)


def command(name: str, **settings: Any) -> Callable[[F], click.Command]:
    """A command with ``--json``. Its function gets the ``Session`` first and may return an exit
    code other than 0.
    """

    def made(function: F) -> click.Command:
        with_session: Callable[..., object] = click.pass_obj(function)
        return click.command(name, cls=click.Command, **settings)(json_option(with_session))

    return made


def takes_query(function: F) -> F:
    """An argument ``words`` for a query; with ``query_settings`` it may hold ``-word``."""
    return click.argument("words", metavar="[QUERY]", nargs=-1, type=click.UNPROCESSED)(function)


query_settings = {"context_settings": {"ignore_unknown_options": True}}
"""Lets what looks like an option but is none be a part of the query."""
