"""Calls in doubt are a mark of their own in the list: filtered by an index, and counted with the other kinds.

Revision ID: 0027_in_doubt
Revises: 0026_deliveries_of_a_hook
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_in_doubt"
down_revision = "0026_deliveries_of_a_hook"
branch_labels = None
depends_on = None

BEFORE = ("category", "state", "urgent", "district")
AFTER = (*BEFORE, "doubtful")
NEWEST = "SELECT max(id) FROM triage WHERE triage.call_id = listed.call_id"
IN_DOUBT = (
    "UPDATE listed SET doubtful = {yes} WHERE by_person = '' AND said != '' AND EXISTS "
    f"(SELECT 1 FROM triage WHERE triage.id = ({NEWEST}) AND confidence < 0.7)"
)


def upgrade() -> None:
    drop_tallies()
    drop_indexes(BEFORE)
    op.add_column("listed", sa.Column("doubtful", sa.Boolean, server_default=sa.false(), nullable=False))
    op.execute(IN_DOUBT.format(yes="true" if op.get_bind().dialect.name == "postgresql" else "1"))
    create_indexes(AFTER)
    create_tallies(AFTER)


def downgrade() -> None:
    drop_tallies()
    drop_indexes(AFTER)
    op.drop_column("listed", "doubtful")
    create_indexes(BEFORE)
    create_tallies(BEFORE)


def create_indexes(filters: tuple[str, ...]) -> None:
    """One a filter, each holding all the others."""
    for first in filters:
        op.create_index(f"ix_listed_{first}", "listed", [first, "id", *(each for each in filters if each != first)])


def drop_indexes(filters: tuple[str, ...]) -> None:
    for first in filters:
        op.drop_index(f"ix_listed_{first}", "listed")


def create_tallies(kind: tuple[str, ...]) -> None:
    """Counted now and kept by triggers on SQLite; counted when asked for on PostgreSQL (see 0016_tallies)."""
    key = ", ".join(kind)
    counted = f"SELECT {key}, count(*) AS calls FROM listed GROUP BY {key}"
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"CREATE VIEW tallies AS {counted}")
        return
    types = {"category": sa.String(12), "state": sa.String(14), "district": sa.String(2)}
    columns = [sa.Column(name, types.get(name, sa.Boolean()), nullable=False) for name in kind]
    calls = sa.Column("calls", sa.Integer, nullable=False)
    op.create_table("tallies", *columns, calls, sa.PrimaryKeyConstraint(*kind, name="pk_tallies"))
    old = " AND ".join(f"{name} = old.{name}" for name in kind)
    new = ", ".join(f"new.{name}" for name in kind)
    less = f"UPDATE tallies SET calls = calls - 1 WHERE {old};"
    more = f"INSERT INTO tallies ({key}, calls) VALUES ({new}, 1) ON CONFLICT ({key}) DO UPDATE SET calls = calls + 1;"
    op.execute(f"INSERT INTO tallies ({key}, calls) {counted}")
    op.execute(f"CREATE TRIGGER listed_more AFTER INSERT ON listed BEGIN {more} END")
    op.execute(f"CREATE TRIGGER listed_less AFTER DELETE ON listed BEGIN {less} END")
    op.execute(f"CREATE TRIGGER listed_moved AFTER UPDATE OF {key} ON listed BEGIN {less} {more} END")


def drop_tallies() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("listed_more", "listed_less", "listed_moved"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.drop_table("tallies")
    else:
        op.execute("DROP VIEW tallies")
