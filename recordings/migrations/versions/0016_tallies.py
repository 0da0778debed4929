"""How many calls there are of each kind is kept, and filters can be kept and shared.

On SQLite triggers keep the tallies with every row of the list, whoever writes it. On PostgreSQL, where two writers
would wait for each other over one tally, they are counted when they are asked for.

Revision ID: 0016_tallies
Revises: 0015_hooks
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_tallies"
down_revision = "0015_hooks"
branch_labels = None
depends_on = None

KEY = "category, state, urgent, district"
COUNTED = f"SELECT {KEY}, count(*) AS calls FROM listed GROUP BY {KEY}"
OLD = " AND ".join(f"{part.strip()} = old.{part.strip()}" for part in KEY.split(","))
NEW = ", ".join(f"new.{part.strip()}" for part in KEY.split(","))
LESS = f"UPDATE tallies SET calls = calls - 1 WHERE {OLD};"
MORE = f"INSERT INTO tallies ({KEY}, calls) VALUES ({NEW}, 1) ON CONFLICT ({KEY}) DO UPDATE SET calls = calls + 1;"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.create_table(
            "tallies",
            sa.Column("category", sa.String(12), nullable=False),
            sa.Column("state", sa.String(14), nullable=False),
            sa.Column("urgent", sa.Boolean, nullable=False),
            sa.Column("district", sa.String(2), nullable=False),
            sa.Column("calls", sa.Integer, nullable=False),
            sa.PrimaryKeyConstraint("category", "state", "urgent", "district", name="pk_tallies"),
        )
        op.execute(f"INSERT INTO tallies ({KEY}, calls) {COUNTED}")
        op.execute(f"CREATE TRIGGER listed_more AFTER INSERT ON listed BEGIN {MORE} END")
        op.execute(f"CREATE TRIGGER listed_less AFTER DELETE ON listed BEGIN {LESS} END")
        op.execute(f"CREATE TRIGGER listed_moved AFTER UPDATE OF {KEY} ON listed BEGIN {LESS} {MORE} END")
    else:
        op.execute(f"CREATE VIEW tallies AS {COUNTED}")
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("address", sa.JSON, nullable=False),
        sa.Column("shared", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filters"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_saved_filters_user_id_users"),
        sa.UniqueConstraint("user_id", "name", name="uq_saved_filters_user_id"),
    )


def downgrade() -> None:
    op.drop_table("saved_filters")
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("listed_more", "listed_less", "listed_moved"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.drop_table("tallies")
    else:
        op.execute("DROP VIEW tallies")
