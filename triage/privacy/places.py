"""Addresses: a named place with the number of a house, or a named place after words such as 家住."""

import re
from collections.abc import Iterator

_D = "0-9零〇一二两三四五六七八九幺"
_S = r"[\s,，、]{0,2}"
_HAN = r"[\u4e00-\u9fff]"
_RESIDENTIAL = (
    "小区|花园|家园|新村|新苑|公寓|大厦|社区|山庄|别墅|名邸|华府|公馆|新城|宿舍|家属院|家属楼|大院|街坊|大道|胡同|街道|新区|"
    "苑|园|村|镇|乡|路|街|巷|庄|屯|寨|庭|郡|墅|轩|邸|府|居"
)
_PLACE = (
    f"{_RESIDENTIAL}|广场|国际|中心|天街|市场|营房|里弄|公社|农场|林场|工业园|产业园|开发区|[一二三四五六七八九]区|[一二三四五六七八九]期|"
    "里|湾|城|坪|坡|沟|岭|桥|港|坊|阁|院|厂|段|堡|坝|洼|洲|岛|塘|浜|桥头|院子|楼盘|大楼|商城|台"
)
_NUMBER = rf"(?:第?[{_D}十百千]{{1,7}}(?:[-杠之][{_D}]{{1,4}}){{0,2}}[a-z]?|[a-z]\s?[{_D}]{{0,4}}|[甲乙丙丁东西南北])"
_UNIT = (
    "号院|号楼|号门|号|栋|幢|座|单元|室|层|楼|村民小组|小组|社|组|弄|门|排|巷|区|期|"
    "街坊|房(?![东子屋间管产主租])|铺|梯|户|院"
)
_ASSET = (
    r"\s?(?:杆|塔|变|配电|开关|环网|线(?!路[^\n]{0,3}住)|柜|箱|台区|机组|公交|车|"
    r"出口|地铁|站|桩|井|坑|闸|断路器|电缆|刀闸|文件|议)"
)
_NUMBERED = rf"{_S}{_NUMBER}\s?(?:{_UNIT})(?!{_ASSET})"
_ROOM = rf"(?:{_S}的?[{_D}]{{2,4}}(?:[-杠之][{_D}]{{1,4}}){{0,2}}(?![{_D}十百千万分块元度点年月日:.]))?"
_MORE = rf"(?:{_S}的?{_NUMBER}\s?(?:{_UNIT})|{_S}(?:{_HAN}\s?){{1,8}}?(?:{_PLACE}){_NUMBERED})"
_NUMBERED_PLACE = re.compile(rf"(?P<place>{_PLACE})(?P<first>{_NUMBERED})(?P<more>{_MORE}{{0,5}}){_ROOM}")
_NAME = re.compile(rf"(?:{_HAN}\s?){{1,22}}\Z")
_CUE = (
    r"(?:(?:家|现在|一直)?\s?住\s?(?:的(?:地方)?)?\s?(?:在|是|址是?)?|地\s?址\s?(?:是|就是|在|:|写的是)?|家\s?(?:就)?(?:在|住)|(?:我|咱|俺)们?家(?:是|在|就在)?|"
    r"(?:送|寄|派)到|寄往|位于|门牌号?是?|在)[\s,:，]{0,2}(?:嗯|呃|额|啊|那个|这个|就是)?[\s,，]{0,2}"
)
_CUED_NUMBERED = re.compile(
    rf"{_CUE}(?P<all>(?:{_HAN}\s?){{2,14}}?{_S}{_NUMBER}\s?(?:期|区|栋|幢|座|号楼|弄)(?!{_ASSET}){_MORE}{{1,5}}{_ROOM})"
)
_CUED_PLACE = re.compile(
    r"(?:(?:家|我|我们|我家|我们家)\s?(?:就)?住\s?(?:在)?|住\s?址\s?(?:是|:)?|地\s?址\s?(?:是|:))[\s,:，]{0,2}(?:嗯|呃|那个)?[\s,，]{0,2}"
    rf"(?P<all>(?:(?![的了吗呢吧这那哪])(?:{_HAN}\s?)){{2,16}}?(?:{_RESIDENTIAL}))(?={_S}(?:$|[^\u4e00-\u9fff]|[的这那里附全整都没停有现]|旁边|门口|对面))"
)
_STOP = re.compile(
    "住在|家在|位于|地址|就在|靠近|送到|寄到|派到|是在|[我你您他她它们在是到去的了这那跟给说呢啊住从叫吧就请往把寄也都还只被让对要停]|"
    "(?<!未)来(?![福安凤宾龙])|有(?![缘福])|和(?![平睦谐顺兴美园煦])|(?<=[我你他她们大公国])家(?![园])|家(?=[住在是里的])"
)
_GENERIC = re.compile(
    r"(?:整个|整栋|整|这个|那个|哪个|全|本|该|某个?|一个|一条|两个|几个|每个|同一个?|老旧?|新|旧|旁边|对面|隔壁|附近|后面|前面|门口|底下|上面|下面|里面|外面|"
    r"别的?|其他|其它|周围|周边|小区|社区|村子?|镇上?|街上?|路上?|停电|没电|用户|住户|业主|"
    r"物业|电费|报修|今天|昨天|前天|晚上|早上|上午|下午|中午|现在|刚才|一共|总共|大概|反正|然后|但是|因为|所以|可能|应该|已经|为什么|怎么)*[农乡山县市楼上下前后东西南北左右大小中电线平高低]?"
)
_NOT_A_PLACE = re.compile(
    r"(?:线|电|短|断|开|通|一|走|马|铁|网|回|支|公|管|电|思|半|上|高速|(?:\A|[坐乘])[0-9一二三四五六七八九十]+)$"
)
_A_DAY = re.compile(
    r"(?:号)(?=\s?(?:上午|下午|早上|晚上|凌晨|中午|夜里|那天|当天|停|开始|到|至|前|后|之前|之后|以前|就|才|又|再|交|缴|扣|抄|来|打))"
)


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand. A number of a building alone, a day of the month and a line's pole are none."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted([*_numbered(text), *_cued(text)]):
        if kept and start <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    yield from kept


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    floor = 0
    for match in _NUMBERED_PLACE.finditer(text):
        name = _NAME.search(text, max(floor, match.start() - 44), match.start())
        start = _named_from(text, name.start(), match) if name else None
        if start is not None:
            yield start, match.end()
        floor = match.end()


def _cued(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_CUED_NUMBERED, _CUED_PLACE):
        for match in pattern.finditer(text):
            start, end = match.span("all")
            start += max((stop.end() for stop in _STOP.finditer(match["all"][: _han_length(match["all"])])), default=0)
            name = text[start:end].strip()
            if len(name) > 2 and not _GENERIC.fullmatch(re.split(rf"[{_D}]|(?:{_RESIDENTIAL})\Z", name)[0].strip()):
                yield start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _han_length(name: str) -> int:
    """How far the name goes before the first digit."""
    digit = re.search(rf"[{_D}]", name)
    return digit.start() if digit else len(name)


def _named_from(text: str, start: int, match: re.Match[str]) -> int | None:
    """Where the name before the place begins, looked for from `start`; None if it has none."""
    end = match.start()
    start += max((stop.end() for stop in _STOP.finditer(text[start:end])), default=0)
    while text[start:end].startswith((" ", ",", "，")):
        start += 1
    name = text[start:end].strip()
    if not name or _GENERIC.fullmatch(name) or (match["place"] == "路" and _NOT_A_PLACE.search(name)):
        return None
    weak = match["place"] not in ("路", "街", "巷", "弄", "胡同", "大道", "大厦", "公寓")
    only_a_number = weak and not match["more"] and match["first"].rstrip().endswith("号")
    if only_a_number and (len(name) < 2 or _A_DAY.match(text, match.end("first") - 1)):
        return None
    return start
