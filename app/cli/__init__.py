"""The command line; loads no Qt, not even lazily."""
