"""Calls are found by one row each, and by an index of all that was said; filled when the archive is opened next.

Revision ID: 0008_listing
Revises: 0007_discarded
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_listing"
down_revision = "0007_discarded"
branch_labels = None
depends_on = None

FILTERS = ("category", "state", "urgent", "district")
TRIGGER = "CREATE TRIGGER unlisted AFTER DELETE ON listed"


def upgrade() -> None:
    op.create_table(
        "listed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False, nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("category", sa.String(12), nullable=False),
        sa.Column("by_person", sa.String(10), nullable=False),
        sa.Column("urgent", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(14), nullable=False),
        sa.Column("district", sa.String(2), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("numbers", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_listed"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_listed_call_id_calls"),
        sa.UniqueConstraint("call_id", name="uq_listed_call_id"),
    )
    for first in FILTERS:
        op.create_index(f"ix_listed_{first}", "listed", [first, "id", *(f for f in FILTERS if f != first)])
    # What a removed call said leaves the index with it, whoever removes it.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE call_words USING fts5"
            "(said, sounds, numbers, tokenize = 'unicode61 remove_diacritics 0')"
        )
        op.execute(f"{TRIGGER} BEGIN DELETE FROM call_words WHERE rowid = old.id; END")
    else:
        op.execute(
            "CREATE TABLE call_words (rowid BIGINT PRIMARY KEY, said TEXT NOT NULL, sounds TEXT NOT NULL, "
            "numbers TEXT NOT NULL)"
        )
        op.execute(
            "CREATE FUNCTION unlisted() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN DELETE FROM call_words WHERE rowid = OLD.id; RETURN OLD; END $$"
        )
        op.execute(f"{TRIGGER} FOR EACH ROW EXECUTE FUNCTION unlisted()")


def downgrade() -> None:
    op.drop_table("listed")
    op.execute("DROP TABLE call_words")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION unlisted()")
