"""What the words around digits say of them."""

import re
from dataclasses import dataclass

from triage.privacy.finding import Kind
from triage.privacy.reading import WALL

_WORDS = (
    (Kind.ID_CARD, "身份证|身份号|证件|公民身份|id ?card|id ?number|(?<![a-z])id(?![a-z])"),
    (
        Kind.BANK_CARD,
        "银行卡|卡号|储蓄卡|信用卡|借记卡|账号|账户|帐号|存折|[工建农中招交]行|邮储|这张卡|的卡|银行|(?<![a-z])card",
    ),
    (
        Kind.CUSTOMER_NUMBER,
        "户号|客户编号|用户编号|客户号|用户号|客户代码|用户代码|用电编号|用电号|缴费号|交费号|缴费编号|交费编号|缴费账号|电费号|"
        "customer|account",
    ),
    (
        Kind.METER_NUMBER,
        "(?<!水)(?<!气)表号|资产编号|资产号|资产码|(?:电表|电能表|表计|表|计量)(?:的|上的?|上面的?)?(?:编号|编码|号码|号)|条形码|条码|meter",
    ),
    (Kind.LANDLINE, "座机|固话|固定电话|宅电|landline"),
    (
        Kind.MOBILE,
        "手机|电话|号码|联系方式|联系我|打给|打我|打这个|微信|来电|回电|回拨|拨打|留个号|mobile|phone|(?<![a-z])(?:tel|call|cell)(?![a-z])",
    ),
)
_NOT_PERSONAL = (
    "工单|订单|单号|单子|单据|服务单|受理|案件|案号|个案|流水|回执|凭证|交易号|读数|示数|表底|止码|起码|合同|文号|票号|发票|"
    "工号|编号|代码|验证码|校验码|邮编|版本|型号|序列号|批次|快递|运单|车次|航班|登记号|报修号|投诉号|编码|"
    "(?<![a-z])(?:order|ticket|case|invoice)"
)
_AMOUNT = "电费(?!号|单)|余额|金额|电量|度数|抄表|热线"
_NEAR = re.compile(
    "|".join(f"(?P<{kind}>(?:{words})(?:号码?)?)" for kind, words in _WORDS)
    + f"|(?P<no>(?:{_NOT_PERSONAL})(?:号码?)?)|(?P<amount>{_AMOUNT})"
)
_AT_ONCE = re.compile(
    r"(?:号码?|编号|编码|的|是|为|叫|就|:|\s|[,，。、]|嗯|呃|额|啊|那个|一?共|总共|还有|还剩|交了|充了|了|到|[a-z]{1,4}(?![a-z])|\d|-|#){0,14}"
)
_CLAUSE_END = re.compile("[,，。;；!！?？\n]")
_AFTER = re.compile(r"[\s,。]{0,3}(?:这)?(?:就)?是(?:我们?|他|她)?(?:家|妈|爸)?(?:的)?(?P<said>[^\s\d]{2,5})")
_CODE = re.compile(
    r"(?<![a-z])(?!(?:id|no|is|my|me|to|at|or|wx|tel|um|uh|er|and|the)[\s.#:-]*\Z)(?:[a-z]\s?){1,4}[-.#]?\s?\Z"
)
_DECIMAL_OR_CODE = re.compile(r"[#]\s?\Z|\d[.:点]\Z")
_MEASURE = re.compile(
    r"\s?(?:元|块|度|千瓦|kw|分钟|小时|年|月|日|点|伏|千伏|kv|安培|%|米|公里|平方|户|次|万|亿|个|人|天|毛|角|分钱|美元|:\d|\.\d)"
)
_UNIT = re.compile(r"\s?(?:楼|栋|幢|单元|层|号(?!码)|室|家|位|遍|岁|样|条|根|台|组|户|周|星期|十|百|千|遍)")
_REACH = 30
"""How many characters before a number a word may stand that says what it is."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is said around a run of digits."""

    kind: Kind | None
    """What the nearest word says that the number is."""
    not_personal: bool
    """Whether the nearest word says that it is a case, a reading, an amount …"""
    at_once: bool
    """Whether that word stands right before the digits."""


def surroundings(text: str, floor: int, start: int, end: int) -> Surroundings:
    """Look at what stands around `text[start:end]`, not farther back than `floor`."""
    before = text[max(floor, start - _REACH) : start].rpartition(WALL)[2]
    near, stands = None, 0
    for word in _NEAR.finditer(before):
        near, stands = word.lastgroup, word.end()
    if near:
        at_once = _AT_ONCE.fullmatch(before, stands) is not None
        if near == "amount":
            return Surroundings(None, at_once, at_once)
        if near == "no":
            return Surroundings(None, at_once or not _CLAUSE_END.search(before, stands), at_once)
        return Surroundings(Kind(near), False, at_once)
    after = _AFTER.match(text, end)
    word_after = _NEAR.search(after["said"]) if after else None
    near = word_after.lastgroup if word_after else None
    if near in (None, "no", "amount"):
        return Surroundings(None, near is not None, near is not None)
    return Surroundings(Kind(str(near)), False, True)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is no part of a code (GD2026…), a decimal or a quantity."""
    before = text[max(0, start - 8) : start]
    return not (_CODE.search(before) or _DECIMAL_OR_CODE.search(before) or _MEASURE.match(text, end))


def is_quantity(text: str, end: int) -> bool:
    """Whether what follows makes the digits before it an amount, a time, or a floor."""
    return _MEASURE.match(text, end) is not None or _UNIT.match(text, end) is not None
