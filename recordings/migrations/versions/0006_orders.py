"""What becomes of a call: districts, known outages, customers, and how far a case has come.

Revision ID: 0006_orders
Revises: 0005_notes
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006_orders"
down_revision = "0005_notes"
branch_labels = None
depends_on = None

DISTRICTS = (("1", "城区", "urban"), ("2", "乡镇", "rural"), ("3", "边远山区", "remote"))
"""What a utility has until it names its own; their prompts are shipped."""
CASE_TEXTS = {"state": 12, "district": 2, "customer_number": 20, "contact": 40, "promised": 12}


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    supply()
    customers()
    for name, length in CASE_TEXTS.items():
        first = "open" if name == "state" else ""
        op.add_column("cases", sa.Column(name, sa.String(length), nullable=False, server_default=first))
    op.add_column("cases", sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("cases", moment("promised_at", nullable=True))
    op.add_column("cases", moment("handled_at", nullable=True))
    owner = sa.ForeignKey("users.id", name="fk_cases_owner_id_users")
    op.add_column("cases", sa.Column("owner_id", sa.Integer, owner, nullable=True), inline_references=True)
    op.create_index("ix_cases_state_promised_at", "cases", ["state", "promised_at"])


def supply() -> None:
    districts = op.create_table(
        "districts",
        text("key", 2),
        text("name", 60),
        text("area", 10),
        sa.PrimaryKeyConstraint("key", name="pk_districts"),
        sa.UniqueConstraint("name", name="uq_districts_name"),
    )
    op.bulk_insert(districts, [{"key": key, "name": name, "area": area} for key, name, area in DISTRICTS])
    op.create_table(
        "outages",
        sa.Column("id", sa.Integer, nullable=False),
        text("district", 2),
        text("area", 200),
        text("cause", 12),
        moment("since"),
        moment("expected_back", nullable=True),
        moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outages"),
        sa.ForeignKeyConstraint(["district"], ["districts.key"], name="fk_outages_district_districts"),
    )
    op.create_index("ix_outages_district_ended_at", "outages", ["district", "ended_at"])


def customers() -> None:
    op.create_table(
        "customers",
        text("number", 20),
        text("name", 100),
        text("address", 200),
        text("district", 2),
        sa.Column("balance", sa.BigInteger, nullable=False),
        sa.Column("last_bill", sa.BigInteger, nullable=True),
        sa.Column("due_on", sa.Date, nullable=True),
        sa.Column("price_step", sa.Integer, nullable=True),
        moment("updated_at"),
        sa.PrimaryKeyConstraint("number", name="pk_customers"),
    )
    op.create_table(
        "customer_phones",
        sa.Column("id", sa.Integer, nullable=False),
        text("customer_number", 20),
        text("phone", 40),
        sa.PrimaryKeyConstraint("id", name="pk_customer_phones"),
        sa.ForeignKeyConstraint(
            ["customer_number"], ["customers.number"], name="fk_customer_phones_customer_number_customers"
        ),
    )
    op.create_index("ix_customer_phones_customer_number", "customer_phones", ["customer_number"])
    op.create_index("ix_customer_phones_phone", "customer_phones", ["phone"])


def downgrade() -> None:
    op.drop_index("ix_cases_state_promised_at", "cases")
    for name in ("owner_id", "handled_at", "promised_at", "urgent", *CASE_TEXTS):
        op.drop_column("cases", name)
    for table in ("customer_phones", "customers", "outages", "districts"):
        op.drop_table(table)
