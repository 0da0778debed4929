"""Sessions of a user can be ended: a count that every session is held against.

Revision ID: 0002_end_sessions
Revises: 0001_first_ring
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_end_sessions"
down_revision = "0001_first_ring"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("sessions_ended", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    # Not in batch mode: that would make the table anew, and rows elsewhere refer to its users.
    op.drop_column("users", "sessions_ended")
