"""Words that were masked before a call is judged: a label such as 〔手机〕 counts as a number, a name, an address.

What was said nobody here knows; that it was said is what the rules ask. Each kind of number is a digit of its own, so
that a caller's customer number is not taken for the telephone number that an agent gives away.
"""

import re

STANDS_FOR = {
    "手机": "1" * 11,
    "固话": "2" * 11,
    "身份证": "3" * 18,
    "银行卡": "4" * 16,
    "户号": "5" * 10,
    "表号": "6" * 10,
    "车牌": "某A77777",
    "邮箱": "a@a.cn",
    "地址": "某某小区8号楼8单元888室",
    "姓名": "某某某",
}
"""What the label of each kind of personal data is read as."""
LABEL = re.compile("〔(" + "|".join(STANDS_FOR) + ")〕")


def stand_ins(text: str) -> str:
    """A text with something of the same kind in place of every label."""
    return LABEL.sub(lambda label: STANDS_FOR[label[1]], text)
