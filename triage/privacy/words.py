"""Personal data that is not a number: names, addresses, plates, email."""

import re
from collections.abc import Iterator

from triage.privacy.finding import Found, Kind
from triage.privacy.reading import Reading

_D = "0-9零〇一二两三四五六七八九幺"
_S = r"[\s,，、]{0,2}"
_EMAIL = re.compile(
    r"(?<![a-z0-9])[a-z0-9][a-z0-9._+-]{0,63}\s?(?:@|艾特|小老鼠)\s?[a-z0-9][a-z0-9-]{0,62}(?:\s?(?:\.|点)\s?[a-z]{2,10}){1,3}"
)
_PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[a-hj-np-z][\s·.-]{{0,2}}"
    rf"(?=(?:[a-z]\s?){{0,5}}[{_D}])(?:[a-hj-np-z{_D}]\s?){{4,5}}[a-hj-np-z{_D}学警挂港澳](?![a-z0-9])"
)
_PLACE = "小区|花园|家园|新村|公寓|大厦|广场|社区|大道|胡同|街道|苑|园|村|镇|乡|路|街|巷|弄|里|湾|城|府|庄|屯"
_NUMBER = rf"(?:第?[{_D}十百]{{1,6}}[a-z]?|[a-z][{_D}]{{0,4}}|[甲乙丙丁东西南北])"
_UNIT = "号院|号楼|号|栋|幢|座|单元|室|层|楼|组|弄|门|排|巷"
_ADDRESS = re.compile(
    rf"(?P<name>(?:[\u4e00-\u9fff]\s?){{1,14}}?)(?P<place>{_PLACE}){_S}{_NUMBER}\s?(?:{_UNIT})"
    rf"(?:{_S}的?{_NUMBER}\s?(?:{_UNIT})){{0,4}}(?:{_S}[{_D}]{{2,4}}(?![{_D}十百千万分块元度]))?"
)
_STOP = re.compile("住在|家在|位于|地址|就在|[我你您他她它们在是到来去的了这那有和给说呢啊住从叫家吧就]")
_NOT_A_PLACE = re.compile("(?:线|电|短|断|开|通|一|走|马|铁|网|回|支)$")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳唐罗薛伍余"
    "米贝姚孟顾尹江钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁曾关段雷侯宁仇甘武刘景"
    "詹龙叶黎薄白蒲邰赖卓屠池乔阮蓝闵季贾路娄童颜郭梅盛林刁徐欧聂焦谭尚温庄晏柴瞿阎连茹向古易廖耿匡文寇欧沃蔚申冉冷辛"
    "岳齐毛汪祁康史费岑倪汤滕殷毕郝安常乐于时傅皮卞黄牟肖游涂付代"
)
_SURNAME = f"(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|慕容|令狐|夏侯|[{''.join(sorted(set(_SURNAMES)))}])"
_NO_GIVEN = "的是在住家我你您他她电打呢啊吧了说和想要问就这那从也不有来到手身户联号今昨现请给,，。"
_GIVEN = rf"(?:\s?(?![{_NO_GIVEN}])[\u4e00-\u9fff]){{1,2}}"
_TITLE = "师傅|先生|女士|小姐|经理|主任|书记|医生|老师|阿姨|大爷|大妈|工程师"
_NAMED = re.compile(
    rf"(?:我\s?叫\s?做?|名字\s?[叫是]|户\s?名\s?(?:[叫是]|:)?|户\s?主\s?(?:[叫是]|:)|联\s?系\s?人\s?(?:[叫是]|:)?)[\s,:]{{0,2}}"
    rf"(?P<full>{_SURNAME}(?!{_TITLE}){_GIVEN}|[a-z]{{2,20}}(?:\s[a-z]{{2,20}})?)"
)
_SURNAMED = re.compile(
    rf"(?:我\s?姓|免\s?贵\s?姓|(?:户\s?名|联\s?系\s?人)\s?[是姓:]?)[\s,:]{{0,2}}"
    rf"(?P<one>{_SURNAME})(?=$|[^\u4e00-\u9fff]|[{_NO_GIVEN}]|{_TITLE}|叫)(?:{_S}(?:名字)?叫\s?(?P<given>{_GIVEN}))?"
)


def words(reading: Reading) -> Iterator[Found]:
    """Every email, plate, address and name; they may overlap, the first named then counts."""
    text = reading.text
    for match in _EMAIL.finditer(text):
        yield reading.found(Kind.EMAIL, *match.span())
    for match in _PLATE.finditer(text):
        yield reading.found(Kind.PLATE, *match.span())
    for match in _ADDRESS.finditer(text):
        start = match.start() + max((stop.end() for stop in _STOP.finditer(match["name"])), default=0)
        name = text[start : match.end("name")].strip()
        if name and not (match["place"] == "路" and _NOT_A_PLACE.search(name)):
            yield reading.found(Kind.ADDRESS, start + (text[start] == " "), match.end())
    for match in _NAMED.finditer(text):
        yield reading.found(Kind.NAME, *match.span("full"))
    for match in _SURNAMED.finditer(text):
        yield reading.found(Kind.NAME, *match.span("one"))
        if match["given"]:
            yield reading.found(Kind.NAME, *match.span("given"))
