"""The rows of a customers file: told apart from their encoding and their heading, each checked."""

import codecs
import csv
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from orders.customers import plain_phone
from orders.errors import CustomersUnreadable

HEADINGS = {
    "number": ("number", "customer_number", "户号", "客户编号"),
    "phones": ("phones", "phone", "电话", "手机", "联系电话"),
    "district": ("district", "片区", "区域"),
    "name": ("name", "户名", "姓名"),
    "address": ("address", "地址", "用电地址"),
    "balance": ("balance", "余额", "账户余额"),
    "last_bill": ("last_bill", "上期电费", "电费"),
    "due_on": ("due_on", "due_date", "缴费截止日", "截止日期"),
    "price_step": ("price_step", "阶梯", "阶梯档"),
}
"""What a column may be called."""
NEEDED = ("number", "balance")
"""Columns that must be there."""
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer as the file has it. Money in fen."""

    line: int
    """Line of the file on which the row ends."""
    number: str
    phones: tuple[str, ...]
    district: str
    """Key of the district, empty for none."""
    name: str
    address: str
    balance: int
    last_bill: int | None
    due_on: date | None
    price_step: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken, and why."""

    line: int
    why: str


def encoding_of(file: Path) -> str:
    """utf-8-sig when all of it is UTF-8, with or without a mark, else gb18030, which GBK is part of.

    Raises CustomersUnreadable for what is neither, and for a file that cannot be read.
    """
    try:
        for name in ("utf-8-sig", "gb18030"):
            decoder = codecs.getincrementaldecoder(name)()
            try:
                with file.open("rb") as opened:
                    while chunk := opened.read(CHUNK):
                        if "\0" in decoder.decode(chunk):
                            raise CustomersUnreadable(f"{file} is no text file; save it as CSV, in UTF-8 or GBK")
                    decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return name
    except OSError as error:
        raise CustomersUnreadable(f"{file} cannot be read: {error.strerror}; name another file") from None
    raise CustomersUnreadable(f"{file} is neither UTF-8 nor GBK; save it as CSV, in UTF-8")


def read_rows(
    raw: BinaryIO, file: Path, encoding: str, *, length: int, districts: Mapping[str, str]
) -> Iterator[CustomerRow | Fault]:
    """Every row of an open file. `length` is that of a customer number; `districts` gives a key for a key or a name.

    Raises CustomersUnreadable when the heading lacks what is needed.
    """
    lines = TextIOWrapper(raw, encoding, newline="")
    heading = lines.readline()
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    columns = _columns(file, next(csv.reader([heading], delimiter=separator), []))
    seen: dict[str, int] = {}
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(reader.line_num + 1, f"cannot be told into columns ({error}); mend its quotation marks")
            continue
        line = reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(
                line,
                {name: cells[place].strip() for name, place in columns.items() if place < len(cells)},
                length,
                districts,
            )
            if row.number in seen:
                raise ValueError(f"customer number {row.number} is on line {seen[row.number]} already")
        except ValueError as error:
            yield Fault(line, str(error))
            continue
        seen[row.number] = line
        yield row


def _columns(file: Path, heading: Collection[str]) -> dict[str, int]:
    """Which column is where."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(heading):
        for name, called in HEADINGS.items():
            if cell.strip().lower() in called:
                columns.setdefault(name, place)
    for name in NEEDED:
        if name not in columns:
            ways = " or ".join(HEADINGS[name])
            raise CustomersUnreadable(f"{file} has no column {name}; its first line must name one {ways}")
    return columns


def _row(line: int, cells: Mapping[str, str], length: int, districts: Mapping[str, str]) -> CustomerRow:
    number = cells.get("number", "")
    if not re.fullmatch(rf"[0-9]{{{length}}}", number):
        raise ValueError(f"customer number {number!r} is not {length} digits (orders.customer_number_length)")
    district = cells.get("district", "")
    if district and district not in districts:
        raise ValueError(f"there is no district {district!r}; give a key or a name of `lianxin district list`")
    step = cells.get("price_step", "")
    if step not in ("", "1", "2", "3"):
        raise ValueError(f"price step {step!r} is not 1, 2, 3 or nothing")
    phones = [plain_phone(phone) for phone in re.split(r"[;；、/|]", cells.get("phones", "")) if phone.strip()]
    if "" in phones or any(len(phone) > 20 for phone in phones):
        raise ValueError(f"phone {cells.get('phones', '')!r} is no telephone number")
    name, address = cells.get("name", ""), cells.get("address", "")
    if len(name) > 100 or len(address) > 200:
        raise ValueError("the name has more than 100 characters, or the address more than 200")
    balance, last = _fen("balance", cells.get("balance", "")), _fen("last bill", cells.get("last_bill", ""))
    if balance is None:
        raise ValueError("the balance is missing")
    return CustomerRow(
        line, number, tuple(dict.fromkeys(phones)), districts[district] if district else "", name, address, balance,
        last, _day(cells.get("due_on", "")), int(step) if step else None,
    )  # fmt: skip


def _fen(name: str, text: str) -> int | None:
    """Yuan such as -1,234.50 or ¥88.3 in fen."""
    if not text:
        return None
    plain = text.replace(",", "").replace("，", "").lstrip("¥￥").removesuffix("元")
    if not re.fullmatch(r"[-+]?[0-9]{1,10}(\.[0-9]{1,2}0*)?", plain):
        raise ValueError(f"{name} {text!r} is no amount in yuan")
    return int(Decimal(plain) * 100)


def _day(text: str) -> date | None:
    """2026-03-05, 2026/3/5, 20260305 or 2026年3月5日."""
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})", text)
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"due date {text!r} is no day; write it as 2026-03-05") from None
