"""What an export is asked to write, carried out in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.telling import Told, carried
from integrations.export.files import (
    Exported,
    Format,
    base_name,
    export_documents,
    free_file,
    write_file,
)
from integrations.export.wording import Words
from integrations.review_copy import to_html_copy, to_markdown_copy
from models.commands import attachments
from models.domain.attachment import Attachment
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace


@dataclass(frozen=True)
class Order:
    """Which post-mortems go where, in which form, and how much of them is told.

    ``is_copy`` asks for review copies; then the form is Markdown or HTML and all is told.
    """

    ids: tuple[str, ...]
    form: Format
    folder: Path
    told: Told
    is_copy: bool = False

    def carried_out(
        self,
        workspace: "Workspace",
        words: Words,
        progress: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Exported:
        """Write the files, one document after another. Raises ``ExportError``."""
        library = workspace.library

        def file_of(attachment: Attachment) -> Path:
            return attachments.path_of(library, attachment.sha256)

        files: list[Path] = []
        notices: list[str] = []
        for done, id in enumerate(self.ids):
            if cancelled():
                return Exported(tuple(files), cancelled=True, notices=tuple(notices))
            document = queries.by_id(library, id)
            if self.is_copy:
                is_page = self.form is Format.HTML
                text = (
                    to_html_copy(document, words, file_of)
                    if is_page
                    else to_markdown_copy(document, words)
                )
                target = free_file(self.folder / f"{base_name(document)}-review.{self.form}")
                write_file(target, text)
                files.append(target)
                notices += carried(document)
            else:
                telling = self.told.of(document)
                notices += telling.notices
                files += export_documents(
                    [telling.document],
                    self.form,
                    self.folder,
                    file_of,
                    words=words,
                    external=self.told.redacted,
                ).files
            progress(done + 1)
        return Exported(tuple(files), notices=tuple(notices))
