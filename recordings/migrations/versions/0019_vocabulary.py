"""The utility's own words.

Revision ID: 0019_vocabulary
Revises: 0018_agents
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_vocabulary"
down_revision = "0018_agents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vocabulary",
        sa.Column("word", sa.String(20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_vocabulary")),
    )


def downgrade() -> None:
    op.drop_table("vocabulary")
