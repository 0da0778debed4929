"""What was looked at or changed is found in the audit without reading all of it.

Revision ID: 0004_find_in_audit
Revises: 0003_disable_users
"""

from alembic import op

revision = "0004_find_in_audit"
down_revision = "0003_disable_users"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_target_at", "audit", ["target", "at"])


def downgrade() -> None:
    op.drop_index("ix_audit_target_at", "audit")
