"""Numbers with their check digit, and the ways in which people say and recognisers write them."""

from hypothesis import strategies as st

_WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]
_DIGITS = "零一二三四五六七八九"


def _card_digit(body: str) -> str:
    for last in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(body + last)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return body + last
    raise AssertionError(body)


def _id_card(region: str, day: tuple[int, int, int], order: int) -> str:
    body = f"{region}{day[0]}{day[1]:02}{day[2]:02}{order:03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _row(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def said(number: str, how: tuple[str, str, str, list[int]]) -> str:
    """One number, with a sound for 1, a sign for 0, something between groups, and the lengths of the groups."""
    one, zero, between, lengths = how
    spoken = [
        one if digit == "1" else zero if digit == "0" else _DIGITS[int(digit)] if digit != "X" else digit
        for digit in number
    ]
    groups, place = [], 0
    for length in lengths:
        groups.append("".join(spoken[place : place + length]))
        place += length
    return between.join(group for group in [*groups, "".join(spoken[place:])] if group)


NUMBERS = {
    "id_card": st.builds(
        _id_card,
        st.sampled_from(["330106", "110101", "440305", "510104"]),
        st.tuples(st.integers(1930, 2012), st.integers(1, 12), st.integers(1, 28)),
        st.integers(0, 999),
    ),
    "bank_card": st.builds(
        lambda head, rest: _card_digit(head + rest), st.sampled_from(["622202", "621700"]), _row(12)
    ),
    "mobile": st.builds(lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), _row(9)),
    "landline": st.builds(
        lambda area, first, rest: area + first + rest,
        st.sampled_from(["010", "021", "0571"]),
        st.sampled_from("2345678"),
        _row(7),
    ),
}
CUES = {"id_card": "身份证", "bank_card": "卡号", "mobile": "手机", "landline": "座机"}
WAYS = st.tuples(
    st.sampled_from(["一", "幺"]),
    st.sampled_from(["零", "〇"]),
    st.sampled_from(["", " ", "，", "，嗯，", "，那个，", "\n坐席：嗯\n来电人："]),
    st.lists(st.integers(2, 5), max_size=5),
)  # fmt: skip
