"""The sound of personal data is sealed; what lies open from before is found by its mark and sealed by the workers.

Revision ID: 0022_sealed_sounds
Revises: 0021_facts
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_sealed_sounds"
down_revision = "0021_facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("originals", sa.Column("sound_sealed", sa.Boolean, nullable=False, server_default=sa.false()))
    originals = sa.table("originals", sa.column("hidden", sa.JSON), sa.column("sound_sealed", sa.Boolean))
    hides_nothing = sa.cast(originals.c.hidden, sa.Text) == "[]"
    op.execute(originals.update().where(hides_nothing).values(sound_sealed=True))
    op.create_index("ix_originals_sound_sealed", "originals", ["sound_sealed"])
    op.create_table(
        "sealed_sounds",
        sa.Column("recording_id", sa.String(32), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_sha256", sa.String(64), nullable=False),
        sa.Column("sealed_sha256", sa.String(64), nullable=False),
        sa.Column("sealed_size", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("recording_id", name="pk_sealed_sounds"),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_sealed_sounds_recording_id_recordings"),
    )


def downgrade() -> None:
    op.drop_table("sealed_sounds")
    op.drop_index("ix_originals_sound_sealed", "originals")
    op.drop_column("originals", "sound_sealed")
