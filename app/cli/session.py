"""What a command works with: its options, the library it opens on first use, its answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app import settings
from app.cli import author, output
from app.cli.interrupts import stopping
from models.errors import InvalidInputError, KnownError, LibraryError, NotFoundError

if TYPE_CHECKING:
    from app.bootstrap import Workspace

F = TypeVar("F", bound=Callable[..., object])


@dataclass
class Session:
    """One run of a command. ``makes_library``: whether it makes the library where there is none;
    ``writes``: whether it writes, and signs what it does; ``foresees``: whether it only says what
    it would do, and takes a library that is not there for an empty one.

    ``in_part`` is set when what is answered is not all that was asked for, ``leaves_index`` when
    indexing what was written is left to the next command.
    """

    json: bool = False
    folder: Path | None = None
    makes_library: bool = False
    writes: bool = False
    foresees: bool = False
    in_part: bool = False
    leaves_index: bool = False

    @cached_property
    def workspace(self) -> "Workspace":
        """The library that the options and the environment name.

        Only some commands make one: a mistyped folder must not look like an empty library. In the
        default place none is expected before the first use; then what is read is empty.
        """
        from app import bootstrap

        folder = settings.library_folder(self.folder)
        if self.writes:
            author.ask_once()
        if self.makes_library or not _is_missing(folder):
            return bootstrap.open_workspace(self.folder)
        if self.foresees:
            return bootstrap.open_empty()
        if folder != settings.default_library():
            raise LibraryError(
                f"There is no library in {folder}.",
                kept="Nothing was made there.",
                advice=f"Check the folder, or make one with: afterwhy --library '{folder}' init",
            )
        output.note("There is no library yet. Begin with: afterwhy init, new or import")
        return bootstrap.open_empty()

    def note_faults(self) -> None:
        """Says which data files of a team are left out, and why."""
        for fault in self.workspace.data_faults:
            output.note(f"A file of your own is left out: {fault.sentence()}")

    def catch_up(self) -> None:
        """Brings the index up to the library. What prevents it is said, and the index of before
        answers; if there is none, nothing can.
        """
        try:
            self._catch_up()
        except KnownError as error:
            if not self.workspace.index.status().generation:
                raise
            output.note(error.sentence())
            output.note("The latest changes may be missing from this answer.")
            self.in_part = True

    def index_written(self) -> None:
        """Indexes what was just written, and what a command before it left.

        If that fails, it is said: what was written is safe, and the next command goes on with it.
        """
        try:
            self._catch_up()
            self.workspace.index.settle()
        except KnownError as error:
            output.note(error.sentence())
        except KeyboardInterrupt:
            output.note("Indexing was stopped.")
        else:
            return
        output.note("Everything is saved, but a search may miss it until the index is complete.")
        self.in_part = True

    def _catch_up(self) -> None:
        from search.writer import Cancelled

        try:
            with output.progress("Indexing") as show, stopping() as stopped:
                self.workspace.index.catch_up(show, stopped)
        except Cancelled:
            raise KeyboardInterrupt from None

    def tell_notices(self, query: str, notices: Iterable[str], *, mended: bool) -> None:
        """Says what was made of a query; one that had to be ``mended`` was answered in part."""
        if query.strip() and not any(map(str.isalnum, query)):
            output.note("The query holds no word.")
        for notice in notices:
            output.note(notice)
        self.in_part = self.in_part or mended

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


@contextmanager
def _unchanged() -> Iterator[None]:
    """Says of a refused writing command that it did nothing."""
    try:
        yield
    except (InvalidInputError, NotFoundError) as error:
        error.kept = error.kept or "Nothing was changed."
        raise


def _is_missing(folder: Path) -> bool:
    try:
        if any(part.exists() and not part.is_dir() for part in folder.parents):
            return False  # opening it says why
        return not folder.exists() or (folder.is_dir() and not (folder / "library.db").exists())
    except OSError:
        return False  # opening it says why


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


def command(
    name: str,
    *,
    makes_library: bool = False,
    takes_query: bool = False,
    writes: bool = False,
) -> Callable[[F], click.Command]:
    """A command with ``--json``. Its function gets the ``Session`` first and may return an exit
    code other than 0. One that ``takes_query`` gets its ``words``, which may begin with ``-``.
    """

    def made(function: F) -> click.Command:
        def run(session: Session, *arguments: Any, **options: Any) -> object:
            session.makes_library, session.writes = makes_library, writes
            if not writes:
                return function(session, *arguments, **options)
            with _unchanged():
                code = function(session, *arguments, **options)
            if session.writes and not session.leaves_index:
                session.index_written()
            return code

        with_session = json_option(click.pass_obj(update_wrapper(run, function)))
        if not takes_query:
            return click.command(name, cls=click.Command)(with_session)
        words = click.argument("words", metavar="[QUERY]", nargs=-1, type=click.UNPROCESSED)
        context = {"ignore_unknown_options": True}
        return click.command(name, cls=_Query, context_settings=context)(words(with_session))

    return made


class _Query(click.Command):
    """Takes ``-word`` as a part of the query, but no mistyped option: ``--limti``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = sorted({name for parameter in self.get_params(ctx) for name in parameter.opts})
        end = args.index("--") if "--" in args else len(args)
        for word in args[:end]:
            name = word.partition("=")[0]
            if word.startswith("--") and not any(map(str.isspace, word)) and name not in known:
                near = get_close_matches(name, known)
                raise click.NoSuchOption(name, possibilities=near, ctx=ctx)
        return super().parse_args(ctx, args)
