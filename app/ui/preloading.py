"""Modules that the first list does not wait for, imported while nobody needs them yet."""

from importlib import import_module

from app.ui.tasks import Job

_LATER = (
    "app.ui.search.page",
    "app.ui.document.page",
    "app.ui.trash.page",
    "app.ui.tracking.page",
    "app.ui.first_run.page",
    "app.ui.settings.page",
    "app.ui.document.new_dialog",
    "app.ui.document.editing",
    "app.ui.editor.page",
    "app.ui.importing.page",
    "app.ui.exporting.dialog",
)
"""What the first list does not wait for."""


def import_recovery(job: Job) -> None:
    """What the look for unsaved words needs, as a job."""
    import_module("app.ui.editor.recovery")


def import_rest(job: Job) -> None:
    """All that a session will need, as a job."""
    for name in _LATER:
        job.check()
        import_module(name)
