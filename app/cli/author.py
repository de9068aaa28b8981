"""Asking who writes: once, at the first command that writes, and only a person at a terminal."""

import click

from app import settings
from app.cli import output
from models.errors import KnownError


def ask_once() -> None:
    """Asks for the author's name if there is none. Enter skips; it is not asked for again."""
    chosen = settings.load()
    if chosen.author or chosen.author_asked or not output.on_a_terminal():
        return
    try:
        name = click.prompt(
            "Your name, for the history (Enter: none)", default="", show_default=False, err=True
        )
        settings.save(author=name.strip(), author_asked="yes")
    except KnownError as error:
        output.note(error.sentence())
