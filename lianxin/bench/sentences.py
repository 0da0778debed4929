"""What the made-up callers of the console's bench say: sentences from parts, the same for the same seed."""

from random import Random

PLACES = ("东湖小区", "西门菜市场", "向阳新村", "建设路", "解放大道", "南山村", "工业园区", "实验小学旁边", "老年公寓")
NUMBERS = "一二三四五六七八九十"
SPANS = ("半个小时", "一个多小时", "三个小时", "一上午", "从昨天晚上到现在", "两天")
SAID = {
    "repair": (
        "你好我家停电了", "整栋楼都没电", "变压器那里冒烟", "电线掉在地上了", "隔壁有电我家没电", "空气开关合不上",
        "电压不稳灯一闪一闪的", "冰箱里的东西都坏了", "家里有老人在吸氧", "刚才听到砰的一声", "电表上的灯不亮了",
    ),
    "billing": (
        "这个月电费怎么这么多", "比上个月多了一倍", "阶梯电价是怎么算的", "我已经交过费了", "发票在哪里开",
        "手机上交费没有到账", "欠费停电了交完多久来电", "电表是不是走快了", "我想查一下余额",
    ),
    "complaint": (
        "上次来的师傅态度太差", "打了好几次电话没有人管", "说好今天来一直没来", "你们推来推去", "抄表员乱抄表",
        "我要投诉营业厅的工作人员", "这个问题反映了三次了", "没有通知就停电",
    ),
    "inquiry": ("新装电表要什么手续", "过户怎么办", "几点停电几点来电", "充电桩能不能装", "营业厅周末上班吗"),
    "praise": ("谢谢你们师傅很辛苦", "大雨天还来修很感动", "服务很好表扬一下"),
    "suggestion": ("建议多装几个充电桩", "希望提前通知停电", "能不能把线埋到地下"),
}  # fmt: skip
CLOSING = ("麻烦你们快一点", "什么时候能来", "我的电话就是这个", "请给我回个电话", "谢谢", "好的就这样", "我在家等")
WEIGHTS = {"repair": 45, "billing": 25, "complaint": 12, "inquiry": 10, "praise": 3, "suggestion": 5}
FILTERED = ("repair", "billing", "complaint", "praise")
"""Categories that readers look at: the common ones, and one that is rare."""
SEARCHED = (
    "停电", "电费", "冒烟", "投诉", "充电桩", "变压器冒烟", "老年公寓", "没有人管", "南山村 停电", "阶梯电价", "发票",
    "tingdian",
)  # fmt: skip
"""What readers search for: common and rare words, two signs and more, two at once, and pinyin."""


def category(random: Random) -> str:
    """What a call is about, as often as at a utility."""
    return random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def passages(random: Random, about: str) -> list[str]:
    """What one caller says: three to eleven passages of one call, some 70 signs in the middle."""
    said = random.sample(SAID[about], min(len(SAID[about]), random.randint(1, 5)))
    where = f"我在{random.choice(PLACES)}{random.choice(NUMBERS)}栋{random.choice(NUMBERS)}单元"
    extra = [f"已经{random.choice(SPANS)}了", *random.sample(SAID[random.choice(list(SAID))], random.randint(0, 2))]
    return [said[0], where, *said[1:], *extra, *random.sample(CLOSING, random.randint(1, 3))]
