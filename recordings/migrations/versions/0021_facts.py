"""Facts of what was said, beside the category.

Revision ID: 0021_facts
Revises: 0020_originals
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_facts"
down_revision = "0020_originals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("transcript_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(100), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("second", sa.Double, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcripts.id"], name="fk_facts_transcript_id_transcripts"),
    )
    op.create_index("ix_facts_transcript_id", "facts", ["transcript_id"])


def downgrade() -> None:
    op.drop_table("facts")
