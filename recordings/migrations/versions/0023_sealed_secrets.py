"""Room for sealed secrets of second factors and web hooks; the console seals those from before when it starts.

Back again, what is sealed goes: the program of before could not read it. People set up their codes anew, and hooks are
added anew.

Revision ID: 0023_sealed_secrets
Revises: 0022_sealed_sounds
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_sealed_secrets"
down_revision = "0022_sealed_sounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("second_factors", "hooks"):
        resize(table, 300)


def downgrade() -> None:
    op.execute("DELETE FROM second_factors WHERE secret LIKE 'sealed:%'")
    op.execute("DELETE FROM hook_deliveries WHERE hook_id IN (SELECT id FROM hooks WHERE secret LIKE 'sealed:%')")
    op.execute("DELETE FROM hooks WHERE secret LIKE 'sealed:%'")
    for table, length in (("second_factors", 32), ("hooks", 60)):
        resize(table, length)


def resize(table: str, length: int) -> None:
    """Another column in its place: SQLite changes none, and to make the table anew would lose what refers to it."""
    op.add_column(table, sa.Column("resized", sa.String(length), nullable=False, server_default=""))
    op.execute(f"UPDATE {table} SET resized = secret")
    op.drop_column(table, "secret")
    op.execute(f"ALTER TABLE {table} RENAME COLUMN resized TO secret")
