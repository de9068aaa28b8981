"""When the first of the autosaves was made that one revision joins; "at" is the last one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; empty is a revision of one write."""
    op.add_column("revisions", sa.Column("begun_at", sa.DateTime(), nullable=True))
