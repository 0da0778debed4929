"""Users can be disabled: who has left signs in no more, and what the user did keeps its name.

Revision ID: 0003_disable_users
Revises: 0002_end_sessions
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_disable_users"
down_revision = "0002_end_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # Not in batch mode: that would make the table anew, and rows elsewhere refer to its users.
    op.drop_column("users", "disabled")
