"""The audit becomes a chain: every row is sealed over the one before, and none can be changed or removed.

Rows that are there already are numbered anew without gaps and sealed as they stand.

Revision ID: 0011_audit_chain
Revises: 0010_user_districts
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011_audit_chain"
down_revision = "0010_user_districts"
branch_labels = None
depends_on = None

FIRST = "0" * 64
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.add_column("audit", sa.Column("hash", sa.String(64), nullable=False, server_default=""))
    count, head = seal_all(op.get_bind())
    op.execute(sa.text("INSERT INTO audit_head (id, count, hash) VALUES (1, :n, :h)").bindparams(n=count, h=head))
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit is only ever added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept()"
        )
        op.execute("CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_is_kept()")


def seal_all(connection: sa.Connection) -> tuple[int, str]:
    """Number and seal what is there; how many rows, and the last hash. As `recordings.audit.seal` did at this time."""
    columns: list[Any] = [sa.column("id", sa.Integer), sa.column("at", MOMENT), sa.column("user_id", sa.Integer)]
    audit = sa.table("audit", *columns, sa.column("action"), sa.column("target"), sa.column("hash"))
    rows = connection.execute(sa.select(audit).order_by(audit.c.id)).all()
    before = FIRST
    for number, row in enumerate(rows, 1):
        at: datetime = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        moment = at.astimezone(UTC).isoformat(timespec="microseconds")
        said = json.dumps([number, moment, row.user_id, row.action, row.target, before], ensure_ascii=False)
        before = sha256(said.encode()).hexdigest()
        connection.execute(sa.update(audit).where(audit.c.id == row.id).values(id=number, hash=before))
    return len(rows), before


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_update")
        op.execute("DROP TRIGGER audit_no_delete")
    else:
        op.execute("DROP TRIGGER audit_kept ON audit")
        op.execute("DROP TRIGGER audit_not_emptied ON audit")
        op.execute("DROP FUNCTION audit_is_kept()")
    op.drop_column("audit", "hash")
    op.drop_table("audit_head")
