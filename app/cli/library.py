"""The library as a whole: making it, its samples, who writes in it."""

import click

from app import settings
from app.cli import output, terms
from app.cli.session import Session, command, json_option


@command("init", makes_library=True)
@click.option("--sample", is_flag=True, help="Put the sample library in.")
def init(session: Session, sample: bool) -> None:
    """Make a library, empty or with examples; one that is there already stays as it is."""
    from models.store.library import exists

    folder = settings.library_folder(session.folder)
    known = exists(folder)
    library = session.workspace.library
    added = 0
    if sample:
        from models import sample as samples
        from models.commands.samples import add

        with output.progress("Sample library") as show:
            documents = samples.documents()
            saved = add(library, documents, lambda done: show(done, len(documents)))
        added = len(saved)
        session.index_written()
    text = f"The library {'is' if known else 'was made'} in {folder}."
    if sample:
        text += f" {added} samples were put in; take them out with: afterwhy samples remove"
    session.answer({"library": str(folder), "created": not known, "samples": added}, text)


@click.group("samples")
@json_option
def samples() -> None:
    """The sample library."""


def remove(session: Session) -> None:
    """Move every sample to the trash."""
    from models.commands.samples import remove as remove_samples

    workspace = session.workspace
    count = remove_samples(workspace.library, workspace.actor)
    session.answer({"removed": count}, f"{count} samples were moved to the trash.")


samples.add_command(command("remove", writes=True)(remove))


@command("author")
@click.option("--name", help="As history and reviews should name you.")
@click.option("--role", help="The role in which you write.")
def author(session: Session, name: str | None, role: str | None) -> None:
    """Say who writes, for history and reviews; without options print it."""
    given = {"author": name, "role": role}
    chosen = {key: terms.one_line(value) for key, value in given.items() if value is not None}
    now = settings.save(**chosen) if chosen else settings.load()
    text = f"{now.author or '(no name)'}, {now.role or '(no role)'}"
    session.answer({"name": now.author, "role": now.role}, text)
