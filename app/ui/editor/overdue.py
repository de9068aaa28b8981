"""Status updates that were late, in words."""

from integrations.export.wording import clock, duration
from models.status_updates import Overdue


def late_words(overdue: Overdue) -> str:
    """How long nobody was told anything, and what had been promised."""
    due = f"one was promised for {clock(overdue.due)} UTC" if overdue.promised else ""
    if overdue.until is None:
        return f"No update after {clock(overdue.since)} UTC" + (f"; {due}" if due else "")
    silent = duration((overdue.until - overdue.since).total_seconds())
    late = f"; {due}" if due else f", {duration(overdue.late_s or 0)} more than agreed"
    return f"No update for {silent}{late}"


def span_words(overdue: Overdue) -> str:
    """From when to when."""
    if overdue.until is None:
        return ""
    return f"{clock(overdue.since)} to {clock(overdue.until)} UTC"
