"""Jira: action items out, exactly once, and what became of them back."""
