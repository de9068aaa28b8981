"""The empty library: three ways to begin."""
