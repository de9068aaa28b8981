"""The editor: every section of a post-mortem in a form made for it, saved as it is typed."""
