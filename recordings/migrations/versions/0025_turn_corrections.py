"""What people heard where the machine wrote something else.

Revision ID: 0025_turn_corrections
Revises: 0024_loudness
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_turn_corrections"
down_revision = "0024_loudness"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turn_corrections",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("turn_id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turn_corrections"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_turn_corrections_call_id_calls"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_turn_corrections_turn_id_turns"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_turn_corrections_user_id_users"),
    )
    op.create_index("ix_turn_corrections_call_id", "turn_corrections", ["call_id"])
    op.create_index("ix_turn_corrections_turn_id", "turn_corrections", ["turn_id"])


def downgrade() -> None:
    op.drop_table("turn_corrections")
