"""Review copies: files for colleagues to comment in, and their comments on the way back."""

from pathlib import Path

import click

from app.cli import output, text_input
from app.cli.output import Exit
from app.cli.session import Session, command
from app.telling import carried
from integrations.export.files import write_file
from integrations.export.wording import Words
from integrations.review_copy import placed, read_copy, to_html_copy, to_markdown_copy
from models.commands import attachments
from models.commands import post_mortems as commands
from models.commenting import with_remarks
from models.errors import InvalidInputError
from models.queries import post_mortems


@command("review-copy")
@click.argument("ref")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="html")
@click.option("--to", required=True, type=click.Path(path_type=Path), help="The file to write.")
def review_copy(session: Session, *, ref: str, form: str, to: Path) -> None:
    """Write a copy of REF that colleagues can comment in without Afterwhy.

    HTML opens in a browser, which saves the comments in the file; Markdown is for a text editor.
    Bring it back with import-comments. A file that is there is left alone: it may hold comments.
    """
    workspace = session.workspace
    library = workspace.library
    document = post_mortems.document(library, ref)
    words = Words(workspace.vocabularies, workspace.frameworks)
    if form == "md":
        text = to_markdown_copy(document, words)
    else:
        text = to_html_copy(document, words, lambda a: attachments.path_of(library, a.sha256))
    if to.exists():
        raise InvalidInputError(
            f"{to} is there already, perhaps with comments in it.",
            kept="It was left as it is.",
            advice="Name another file with --to.",
        )
    write_file(to, text)
    for notice in carried(document):
        output.note(notice)
    session.answer({"ref": document.ref, "path": str(to)}, str(to))


@command("import-comments", writes=True)
@click.argument("ref")
@click.argument("file", metavar="FILE|-")
def import_comments(session: Session, *, ref: str, file: str) -> Exit:
    """Read the comments of a review copy into REF; its text is not changed.

    FILE may be the Markdown, the page as the browser saved it, or what the page copied. A comment
    that came before is not added again.
    """
    library = session.workspace.library
    returned = read_copy(text_input.read(file))
    document = post_mortems.document(library, ref)
    if returned.id != document.post_mortem.id:
        raise InvalidInputError(
            f"This is a review copy of another post-mortem, not of {document.ref}.",
            kept="Nothing was read from it.",
            advice="Name the post-mortem that the copy is of.",
        )
    copied = post_mortems.of_version(library, returned.id, returned.version) or document
    words = Words(session.workspace.vocabularies, session.workspace.frameworks)
    returned = placed(returned, document, copied, words)
    joined = with_remarks(document, returned.remarks, library.now())
    if joined.added:
        commands.merge_save(library, joined.document, document, session.workspace.actor)
    for notice in returned.notices:
        output.note(notice)
    for comment in joined.moved:
        output.note(
            f"The place of a comment is gone; it stands on {comment.anchor or 'the whole'}."
        )
    data = {
        "ref": document.ref,
        "added": len(joined.added),
        "known": joined.known,
        "moved": len(joined.moved),
        "notices": list(returned.notices),
    }
    known = f", {joined.known} known already" if joined.known else ""
    number = len(joined.added)
    told = f"{number} {'comment' if number == 1 else 'comments'} added to {document.ref}{known}"
    session.answer(data, told)
    return Exit.IN_PART if returned.notices else Exit.DONE
