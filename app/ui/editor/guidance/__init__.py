"""Guidance in the window: what to write next, questions and example, the checklist of a gate."""
