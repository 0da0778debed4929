"""Customers are found by number or telephone, and nothing that proves nobody is told."""

from dataclasses import fields

import pytest

from orders.customers import Account, accounts_of_phone, district_of_phone, find_account, plain_phone
from recordings.tables import Customer, CustomerPhone


@pytest.fixture
def customers(archive, now):
    with archive.session() as s:
        for number, district, phones in (
            ("3300000001", "1", ["13800000001"]),
            ("3300000002", "1", ["13800000001", "057188880000"]),
            ("3300000003", "2", ["057188880000"]),
        ):
            s.add(
                Customer(
                    number=number, name="张三", address="解放路 8 号", district=district, balance=-1250, last_bill=8830,
                    updated_at=now, phones=[CustomerPhone(phone=phone) for phone in phones],
                )
            )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("13800000001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("8613800000001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("0571-8888 0000", "057188880000"),
        ("+86 571 8888 0000", "057188880000"),
        ("86001234", "86001234"),
        ("8655551234", "8655551234"),
        ("anonymous", ""),
        ("", ""),
    ],
)
def test_a_telephone_is_the_same_however_it_is_written(given, plain):
    assert plain_phone(given) == plain


def test_an_account_holds_no_name_and_no_address():
    assert {field.name for field in fields(Account)} == {
        "number", "district", "balance", "last_bill", "due_on", "price_step"
    }  # fmt: skip


def test_one_telephone_may_belong_to_several_customers(archive, customers):
    with archive.reading() as s:
        assert [a.number for a in accounts_of_phone(s, "+8613800000001")] == ["3300000001", "3300000002"]
        assert find_account(s, "3300000001").balance == -1250
        assert find_account(s, "3300000009") is None
        assert not accounts_of_phone(s, "")


def test_a_caller_is_placed_only_where_all_their_accounts_are(archive, customers):
    with archive.reading() as s:
        assert district_of_phone(s, "13800000001") == "1"
        assert district_of_phone(s, "057188880000") == "", "in two districts: the caller is asked"
        assert district_of_phone(s, "13900000000") == ""
