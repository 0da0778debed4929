"""What a row shows of a long transcript."""

import pytest

from web.calls.excerpt import excerpt, find_hits


def as_written(text: str, *terms: str, width: int = 20) -> str:
    """The excerpt with its marks written as brackets."""
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in excerpt(text, terms, width))


@pytest.mark.parametrize(
    ("text", "terms", "shown"),
    [
        ("", (), ""),
        ("家里停电了", (), "家里停电了"),
        ("一" * 25, (), "一" * 20 + "…"),
        ("家里停电了", ("停电",), "家里[停电]了"),
        ("停电，停电", ("停电",), "[停电]，[停电]"),
        ("家里停，电了", ("停电",), "家里[停，电]了"),
        ("UPS坏了", ("ups",), "[UPS]坏了"),
        ("停电停电了", ("停电停电", "停电"), "[停电停电]了"),
        ("一" * 30 + "停电" + "二" * 30, ("停电",), "…" + "一" * 12 + "[停电]" + "二" * 6 + "…"),
        ("一" * 19 + "停电", ("停电",), "…" + "一" * 12 + "[停电]"),
        ("a.b*c", (".b*",), "a[.b*]c"),
        ("家里", ("，",), "家里"),
    ],
)
def test_the_beginning_or_the_place_that_was_searched_for(text, terms, shown) -> None:
    assert as_written(text, *terms) == shown


def test_hits_are_in_order_and_never_overlap() -> None:
    assert find_hits("停电停电", ("电停", "停电")) == [(0, 2), (2, 4)]
