"""Where post-mortems are kept: a library folder with an SQLite database that holds the truth."""
