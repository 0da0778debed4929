"""The outline of every recording's sound, kept.

Revision ID: 0024_loudness
Revises: 0023_sealed_secrets
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_loudness"
down_revision = "0023_sealed_secrets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loudness",
        sa.Column("recording_id", sa.String(32), nullable=False),
        sa.Column("levels", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("recording_id", name="pk_loudness"),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_loudness_recording_id_recordings"),
    )


def downgrade() -> None:
    op.drop_table("loudness")
