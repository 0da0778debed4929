"""Pages of the console as a person reads them."""

import re


def plain(html: str) -> str:
    """What a person reads: without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split()).replace("&nbsp;", " ")


def english(html: str) -> list[str]:
    """Everything that a page says in English, phrase by phrase."""
    return [plain(said) for said in re.findall(r'<span class="en" lang="en">(.*?)</span>', html)]


def history(page: str) -> str:
    """The words on the category, the machine's and people's."""
    found = re.search(r'<p class="history">(.*?)</p>', page, re.DOTALL)
    assert found
    return re.sub(r" (Machine|Repair|Billing|Complaint|Praise|changed to|confirmed as|also)", "", plain(found[1]))
