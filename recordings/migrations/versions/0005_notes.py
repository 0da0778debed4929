"""People write notes on a call, or on a moment of it.

Revision ID: 0005_notes
Revises: 0004_find_in_audit
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_notes"
down_revision = "0004_find_in_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("recording_id", sa.String(32), nullable=True),
        sa.Column("second", sa.Double(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_notes_call_id_calls")),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name=op.f("fk_notes_recording_id_recordings")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_call_id"), "notes", ["call_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_notes_call_id"), "notes")
    op.drop_table("notes")
