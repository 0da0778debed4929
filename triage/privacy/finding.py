"""What a piece of personal data is: its kind and its place."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the data is; the value is what people and programs read."""

    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    CUSTOMER_NUMBER = "customer_number"
    METER_NUMBER = "meter_number"
    PLATE = "plate"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"


LABELS = {
    Kind.ID_CARD: "身份证",
    Kind.BANK_CARD: "银行卡",
    Kind.MOBILE: "手机",
    Kind.LANDLINE: "固话",
    Kind.CUSTOMER_NUMBER: "户号",
    Kind.METER_NUMBER: "表号",
    Kind.PLATE: "车牌",
    Kind.EMAIL: "邮箱",
    Kind.ADDRESS: "地址",
    Kind.NAME: "姓名",
}
"""The word that stands in a text in place of the data, between 〔 and 〕."""


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data."""

    kind: Kind
    start: int
    """Its first character, counted in the text as it was given."""
    end: int
    """The character after its last one."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data."""

    text: str
    """The text with every piece replaced by its label."""
    found: tuple[Found, ...]
    """What was replaced, in order, never overlapping."""
