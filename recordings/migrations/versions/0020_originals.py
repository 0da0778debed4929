"""Transcripts are kept masked, their originals encrypted beside them.

Revision ID: 0020_originals
Revises: 0019_vocabulary
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_originals"
down_revision = "0019_vocabulary"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "originals",
        sa.Column("transcript_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("hidden", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("transcript_id", name="pk_originals"),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcripts.id"], name="fk_originals_transcript_id_transcripts"),
    )


def downgrade() -> None:
    op.drop_table("originals")
