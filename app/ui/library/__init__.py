"""The Library: facets, list and reading pane."""
