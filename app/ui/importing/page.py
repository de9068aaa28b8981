"""Importing: what was found, what will happen to each file, then doing it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui import changing
from app.ui.context import Context
from app.ui.document import two_versions
from app.ui.editor.conflicts import FILE_AND_LIBRARY
from app.ui.importing.entry_list import EntryList
from app.ui.importing.entry_pane import EntryPane
from app.ui.importing.plan_words import choice, summary
from app.ui.page import Page
from app.ui.tasks import Job
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, frame, holder, horizontal_line, label, row
from app.ui.widgets.states import Notice, ProgressLine
from app.ui.wording import count
from integrations.markdown.apply import Done, Outcome, apply
from integrations.markdown.plan import Plan, Verdict, plan
from models.commands.post_mortems import Merged
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace

T = TypeVar("T")

FILTERS: tuple[tuple[str, str, tuple[Verdict, ...]], ...] = (
    ("all", "All", ()),
    ("import", "To import", (Verdict.NEW, Verdict.CHANGED)),
    ("conflict", "Conflicts", (Verdict.CONFLICT,)),
    ("problem", "Not imported", (Verdict.FAILED, Verdict.SKIPPED, Verdict.DUPLICATE)),
)


class ImportPage(Page):
    """Preview, choice, progress, result.

    Signals
    -------
    finished():
        The user is done here.
    files_requested(), folder_requested():
        The user wants to choose something else to import.
    """

    title = "Import"
    finished = Signal()
    files_requested = Signal()
    folder_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._plan = Plan(())
        look = context.look
        self._heading = label("", "section_title")
        self._summary = label("", "body", "text2", wrap=True)
        self.filter = Segmented("Show", [(key, text) for key, text, _ in FILTERS])
        self.filter.chosen.connect(self._filter)
        self.list = EntryList(look)
        self.list.entries.choice_changed.connect(self._show_choice)
        self.notice = Notice(look)
        self.list.selectionModel().currentChanged.connect(self._show_entry)
        self.pane = EntryPane(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(holder(row((self.list, 3), (self.pane, 2), spacing=0)))
        self._stack.addWidget(self.notice)
        self.progress = ProgressLine(look, self.stop)
        self.progress.hide()
        self._hint = label("", "secondary", "text2", wrap=True)
        self.import_button = Button(look, "Import", "primary", "download-simple")
        self.import_button.clicked.connect(self.carry_out)
        self.cancel_button = Button(look, "Cancel")
        self.cancel_button.clicked.connect(self.cancel)
        head = column(
            row((self._heading, 1), self.filter),
            self._summary,
            margins=(24, 16, 24, 12),
            spacing=6,
        )
        buttons = row((self._hint, 1), self.cancel_button, self.import_button)
        foot = frame(column(self.progress, buttons, margins=(24, 10, 24, 10)), "foot")
        body = column(head, horizontal_line(), (self._stack, 1), foot, spacing=0)
        self.setLayout(column(frame(body, "surface")))
        self.setFocusProxy(self.list)

    # -- page ----------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Files, what is told about one, and the button."""
        return [self.list, self.pane, self.import_button]

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {}

    def go_back(self) -> bool:
        """Esc stops what runs first."""
        if self._job is not None:
            self.stop()
            return True
        return False

    # -- preview -------------------------------------------------------------------------------

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders and show what importing them would do."""
        if self._job is not None:
            return
        named = paths[0].name if len(paths) == 1 else count(len(paths), "file")
        self._heading.setText(f"Import {named}")
        self._summary.setText("Reading. Nothing is added before you say so.")
        self._show_plan(Plan(()))
        workspace = self._context.workspace

        def work(job: Job) -> Plan:
            return plan(
                workspace.library,
                paths,
                workspace.vocabularies,
                progress=job.report,
                stopped=lambda: job.cancelled,
            )

        self._run(work, "Read", self._planned)

    def _planned(self, found: Plan) -> None:
        self._end()
        stopped = " Stopped early: only what was read is listed." if found.stopped else ""
        words = summary(found) or "No files were found"
        self._summary.setText(f"{words}.{stopped}")
        self._show_plan(found)
        if not found.entries:
            self.notice.show_empty(
                "folder-open",
                "Nothing to import here",
                "Markdown, HTML, text and exported JSON can be imported.",
                ("Choose files", self.files_requested.emit),
                ("Choose a folder", self.folder_requested.emit),
            )
            self._stack.setCurrentWidget(self.notice)
        else:
            self.list.setCurrentIndex(self.list.entries.index(0, 0))
            self.list.setFocus()

    def _show_plan(self, found: Plan) -> None:
        self._plan = found
        self.list.entries.show(found)
        self.filter.choose("all")
        self._stack.setCurrentIndex(0)
        self._show_choice()

    @Slot(str)
    def _filter(self, key: str) -> None:
        self.list.entries.filter(next(verdicts for k, _, verdicts in FILTERS if k == key))
        self.list.setCurrentIndex(self.list.entries.index(0, 0))
        self._show_entry(self.list.currentIndex())

    @Slot(QModelIndex)
    def _show_entry(self, index: QModelIndex) -> None:
        self.pane.show_entry(self.list.entries.entry(index) if index.isValid() else None)

    @Slot()
    def _show_choice(self) -> None:
        taken = self.list.entries.taken()
        self.import_button.setText(f" Import {count(len(taken), 'post-mortem')}")
        self.import_button.setEnabled(bool(taken) and self._job is None)
        self._hint.setText(choice(self._plan, taken))

    # -- doing ---------------------------------------------------------------------------------

    @Slot()
    def carry_out(self) -> None:
        """Import what is taken."""
        chosen = Plan(self.list.entries.taken())
        if not chosen.entries or self._job is not None:
            return
        workspace, actor = self._context.workspace, self._context.actor

        def work(job: Job) -> Outcome:
            return apply(
                workspace.library,
                chosen,
                actor,
                workspace.vocabularies,
                update=True,
                progress=job.report,
                stopped=lambda: job.cancelled,
            )

        self._run(work, "Imported", self._imported)

    def _imported(self, outcome: Outcome) -> None:
        self._end()
        self._context.changes_committed.emit()
        parts = [
            f"{count(len(outcome.imported), 'post-mortem')} imported" if outcome.imported else "",
            f"{len(outcome.updated):,} updated" if outcome.updated else "",
            f"{len(outcome.failed):,} failed" if outcome.failed else "",
        ]
        words = ", ".join(part for part in parts if part) or "Nothing was imported"
        if outcome.stopped:
            words += ", then stopped"
        refs = [done.ref for done in outcome.imported]
        undo = (lambda: self._undo(refs)) if refs else None
        self._context.messages.toast(f"{words}.", undo)
        self._say_conflicts(
            [done.merged for done in outcome.updated if done.merged is not None],
            lambda: self._say_failed(outcome.failed),
        )
        self.finished.emit()

    def _say_failed(self, failed: Sequence[Done]) -> None:
        if failed:
            reasons = "; ".join(f"{done.path.name}: {done.reason}" for done in failed[:5])
            title = f"{count(len(failed), 'file')} could not be imported"
            self._context.messages.banner("amber", title, reasons)

    def _say_conflicts(self, told: Sequence[Merged], then: Callable[[], None]) -> None:
        """Say where a file and its post-mortem had changed the same, one by one; ``then`` go on."""
        if not told:
            then()
            return
        merged, *rest = told
        context, window = self._context, self.window()

        def settled() -> None:
            context.messages.solved()
            self._say_conflicts(rest, then)

        def compare() -> None:
            id, conflicts = merged.saved.id, merged.conflicts
            two_versions.compare(
                context, window, id, conflicts, sides=FILE_AND_LIBRARY, settled=settled
            )

        more = f" The same holds for {', '.join(one.saved.ref for one in rest)}." if rest else ""
        context.messages.banner(
            "amber",
            f"{merged.saved.ref} and its file had changed the same words",
            f"{two_versions.places(merged.conflicts)}. The file's are in the text, those from here"
            f" in a comment; nothing is lost.{more}",
            ("Compare", compare),
            ("Keep it so", settled),
        )

    def _undo(self, refs: list[str]) -> None:
        """Move what was just imported to the trash."""
        context = self._context

        def find(workspace: "Workspace") -> list[str]:
            return [queries.resolve(workspace.library, ref) for ref in refs]

        context.read(find, lambda ids: changing.delete(context, ids))

    @Slot()
    def stop(self) -> None:
        """Stop between two files."""
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def cancel(self) -> None:
        """Stop, and leave."""
        self.stop()
        self.finished.emit()

    def _run(self, work: Callable[[Job], T], verb: str, done: Callable[[T], None]) -> None:
        def progress(number: int, total: int, path: str) -> None:
            self.progress.show_progress(verb, number, total, "files")

        self.progress.show_progress(verb, 0, 0, "files")
        self.progress.show()
        self._context.writes_much.emit(True)
        # Not the store lane: reading the library goes on while hundreds of files come in.
        self._job = self._context.runner.submit(
            "index",
            work,
            done,
            failed=self._failed,
            cancelled=self._end,
            progress=progress,
        )
        self._show_choice()

    def _failed(self, error: BaseException) -> None:
        self._end()
        self._context.messages.error(error)

    def _end(self) -> None:
        self._job = None
        self._context.writes_much.emit(False)
        self.progress.hide()
        self._show_choice()
