"""Other programs are told what happens.

Revision ID: 0015_hooks
Revises: 0014_reviewing
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_hooks"
down_revision = "0014_reviewing"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("events", sa.String(300), nullable=False),
        sa.Column("secret", sa.String(60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hooks"),
    )
    op.create_table(
        "hook_deliveries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("hook_id", sa.Integer, nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hook_deliveries"),
        sa.ForeignKeyConstraint(["hook_id"], ["hooks.id"], name="fk_hook_deliveries_hook_id_hooks"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_hook_deliveries_call_id_calls"),
    )
    op.create_index("ix_hook_deliveries_call_id", "hook_deliveries", ["call_id"])
    op.create_index("ix_hook_deliveries_state_next_at", "hook_deliveries", ["state", "next_at"])


def downgrade() -> None:
    op.drop_table("hook_deliveries")
    op.drop_table("hooks")
