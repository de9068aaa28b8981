"""Schema migrations (Alembic); each is preceded by a backup of the file."""
