"""By when post-mortems are to be reviewed, by the incident's severity."""

from PySide6.QtCore import Slot

from app import settings
from app.ui.context import Context
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.question import Question
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row, set_tone
from models.errors import KnownError
from models.guidance.reminders import chosen_text, due_words, read_due

_HINT = "3 days, 5 business days, or nothing for no date. A day that is set in a review wins."


class ReviewSettings(Section):
    """Days from the end of an incident to its review; saved, they act at once."""

    title = "Reviews"
    hint = "By when a post-mortem is to be reviewed. Reminders are quiet words, nothing more."
    icon = "eye"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        terms = context.workspace.vocabularies.severities.terms
        self.fields = {term.id: LineField(f"Days for {term.name}", "no date") for term in terms}
        asked = [
            Question(f"{term.name}, from the end of the incident", self.fields[term.id], small=True)
            for term in terms
        ]
        self._hint = label(_HINT, "secondary", "text2", wrap=True)
        self.save_button = Button(context.look, "Save", "primary")
        self.save_button.clicked.connect(self._save)
        for field in self.fields.values():
            field.setMaximumWidth(320)
            field.returnPressed.connect(self._save)
        self.setLayout(column(*asked, self._hint, 8, row(self.save_button, None), None))
        self.refresh()

    def refresh(self) -> None:
        """Show the days that count now."""
        rules = self.context.workspace.guide.review_due
        for severity, field in self.fields.items():
            if not field.hasFocus():
                field.show_text(due_words(rules.get(severity)))

    @Slot()
    def _save(self) -> None:
        try:
            chosen = {name: read_due(name, field.text()) for name, field in self.fields.items()}
            settings.save(review_due=chosen_text(chosen))
        except KnownError as error:
            self._hint.setText(error.sentence())
            set_tone(self._hint, "amber")
            return
        rules = self.context.workspace.guide.review_due
        for name, rule in chosen.items():
            rules.pop(name, None)
            if rule is not None:
                rules[name] = rule
        self._hint.setText(_HINT)
        set_tone(self._hint, "text2")
        self.context.changes_committed.emit()
        self.context.messages.toast("Saved.")
