"""Import with preview, choices, progress and cancel."""
