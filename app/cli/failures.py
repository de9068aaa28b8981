"""How a command fails: a sentence and an exit code, never a traceback."""

import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from app import settings
from app.cli import output
from app.cli.output import Exit
from models.errors import KnownError


def report(error: BaseException, *, as_json: bool) -> Exit:
    """Says what went wrong on stderr, with --json on stdout, too, and returns the exit code."""
    if isinstance(error, click.UsageError):
        output.note(_usage(error))
        known = KnownError(error.format_message(), kept="Nothing was done.")
        code = Exit.USAGE
    else:
        known, code = _explained(error), Exit.KNOWN_ERROR
        output.note(known.sentence())
    if as_json:
        output.print_json({"error": explained(known)})
    return code


def explained(error: KnownError) -> dict[str, str]:
    """An error as JSON data."""
    return {"message": str(error), "kept": error.kept, "advice": error.advice}


def _usage(error: click.UsageError) -> str:
    lines = [f"Error: {error.format_message()}"]
    if error.ctx is not None:
        lines = [error.ctx.get_usage(), f"Try '{error.ctx.command_path} --help'.", "", *lines]
    return "\n".join(lines)


def _explained(error: BaseException) -> KnownError:
    if isinstance(error, KnownError):
        return error
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return KnownError("Stopped.", kept="What was saved before is safe.")
    if isinstance(error, click.ClickException):
        return KnownError(error.format_message())
    if isinstance(error, UnicodeEncodeError):  # Python lets such arguments in as lone surrogates
        return KnownError("What was given is not text in UTF-8.", kept="Nothing was changed.")
    return _unexpected(error)


def _unexpected(error: BaseException) -> KnownError:
    what = f"Something unexpected went wrong: {type(error).__name__}."
    try:
        log = _log(error)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        return KnownError(what, kept=f"The details could not be written down: {reason}.")
    return KnownError(
        what,
        kept="What was saved before is safe.",
        advice=f"The details are in {log}; please report them.",
    )


def _log(error: BaseException) -> Path:
    log = settings.state_folder() / "afterwhy.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    details = "".join(traceback.format_exception(error))
    with log.open("a", encoding="utf-8", errors="backslashreplace") as out:
        out.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n")
    return log
