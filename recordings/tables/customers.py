"""Who has a meter, and what the bill says. Filled from the utility's own billing, never written by a call."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base


class Customer(Base):
    """One customer number 户号 with its account. Money is in fen, hundredths of a yuan."""

    __tablename__ = "customers"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    """The customer number, digits only."""
    name: Mapped[str] = mapped_column(String(100), default="")
    """For the console; never said on the telephone."""
    address: Mapped[str] = mapped_column(String(200), default="")
    """For the console; never said on the telephone."""
    district: Mapped[str] = mapped_column(String(2), default="")
    """Key of the district, empty when not known."""
    balance: Mapped[int] = mapped_column(BigInteger)
    """In fen; below zero is owed."""
    last_bill: Mapped[int | None] = mapped_column(BigInteger)
    """In fen; None when there was none yet."""
    due_on: Mapped[date | None] = mapped_column(Date)
    """Day until which the last bill is to be paid."""
    price_step: Mapped[int | None]
    """Step of the stepped price 阶梯电价, 1 to 3; None where it does not apply."""
    updated_at: Mapped[datetime]
    phones: Mapped[list["CustomerPhone"]] = relationship(
        back_populates="customer", order_by="CustomerPhone.id", cascade="all, delete-orphan"
    )


class CustomerPhone(Base):
    """A telephone number by which a customer is recognised. One phone may belong to several customers."""

    __tablename__ = "customer_phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_number: Mapped[str] = mapped_column(ForeignKey("customers.number"), index=True)
    phone: Mapped[str] = mapped_column(String(40), index=True)
    """Digits only, without the country's code."""
    customer: Mapped[Customer] = relationship(back_populates="phones")
