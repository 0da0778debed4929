"""Danger words raise the urgency at once, unless the caller says that it is not there."""

import pytest

from triage.classifier import Classifier
from triage.danger import dangers
from triage.folding import fold
from triage.rules import shipped_dangers
from triage.verdict import Category, Urgency


@pytest.mark.parametrize(
    "text",
    [
        "有人触电了",
        "高压线断了落在地上，没人敢过",
        "电表箱冒烟了",
        "配电房起火了你们快来",
        "洗衣机漏电，一碰就麻",
        "电线掉在马路中间了",
        "變壓器冒煙著火了",
        "電線掉下來了，掉在菜市場門口",
        # Homophones of a recogniser.
        "表箱里冒眼了",
        "电现掉地上了",
        "厨房里楼上都漏店",
        "配电箱企火了快来",
        # Somebody's life hangs on it.
        "停电了，我爸用着呼吸机",
        "电梯里困着两个人，全楼没电",
        # Words near a denial that is none.
        "插座不停冒烟",
        "没电，还冒烟了",
        "家里没电冒火花",
        "没过多久就着火了",
        "没有人管，电线掉地上一天了",
        "没有冒烟，但是着火了",
        "不光停电，电表还冒烟",
        "去年着过火，现在又冒烟了",
        "你们来看看有没有漏电，水龙头麻手",
        "我怕电线要着火，你们快来修",
        # A question is no denial.
        "会不会触电",
        "水龙头是不是漏电",
        "线离窗户这么近会不会触电啊",
        "要不是漏电孩子怎么会麻",
    ],
)
def test_danger_is_urgent(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).urgency is Urgency.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "脚手架碰到线了，架子上有人",
        "树倒下来压在线上",
        "风把膜吹到高压线上",
        "变压器一直在漏油",
        "零线断了，家里的电器烧了一排",
        "电压突然升到三百，灯泡都爆了",
        "正在做血透，机器停了",
        "人叫不醒了，嘴唇发紫",
        "闻着有煤气味，能不能开灯",
        "有个孩子往铁塔上爬",
        "水坑里有电，走过去脚发麻",
        "插座喷火，窗帘点着了",
        "铁塔塔身歪了",
        "箱子里的铜排都露着",
        "充电宝放在床上着了",
    ],
)
def test_dangers_without_a_common_word_are_urgent(classifier: Classifier, text: str) -> None:
    assert dangers(shipped_dangers(), fold(text))
    assert classifier.classify(text).urgency is Urgency.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "我一听就火大",
        "师傅冒着雨爬杆子",
        "按了三下没有反应",
        "电费是在线上交的",
        "水电人员什么时候上门",
        "煤气公司的电话是多少",
        "孩子爬到树上去了",
        "电压高不高要怎么测",
        "电话一直挂在线上等着",
        "压在线上缴费那里",
        "孩子在床上睡着了",
        "刚挂了热线，又想起一件事",
        "水电手续怎么办",
        "我就在门口等着了",
    ],
)
def test_words_like_a_dangers_are_none(text: str) -> None:
    assert dangers(shipped_dangers(), fold(text)) == ()


@pytest.mark.parametrize("verb", ["打", "交", "换", "用", "修", "买", "当", "查", "听", "学", "接", "装"])
@pytest.mark.parametrize("noun", ["电话", "电费", "电表", "电磁炉", "电工", "电视", "电脑", "电路", "电动车", "电焊"])
def test_a_verb_before_makes_it_no_shock(verb: str, noun: str) -> None:
    assert dangers(shipped_dangers(), fold(f"我{verb}过{noun}的")) == ()


@pytest.mark.parametrize("text", ["昨天停过电", "早上来过电", "我家充过电", "这个月断过电", "今天电倒是有", "给电了吗"])
def test_power_that_came_or_went_is_no_shock(text: str) -> None:
    assert dangers(shipped_dangers(), fold(text)) == ()


@pytest.mark.parametrize("text", ["这铁门过电", "水管子过电了", "过电，赶紧来人", "她遭电打了", "手给电到了"])
def test_a_shock_in_dialect_is_found(text: str) -> None:
    assert dangers(shipped_dangers(), fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "没有冒烟，就是没电了",
        "家里停电，没着火也没冒烟",
        "没有看到冒烟和起火，就是跳闸",
        "没有冒烟、着火、漏电，只是灯不亮",
        "电线没有掉，杆子也没倒，就是没电",
        "没人触电，就是停电了",
        "这个不会触电，我就问问装表",
        "师傅说不是漏电，就是没电",
        "冒烟倒没有，就是不亮",
        "师傅检查过了不漏电，还是没电",
        "漏电保护器跳了推不上去",
        "电费这么高，是不是哪里漏电了",
        "请问怎么防止触电",
        "我气得头上冒烟，你们什么态度",
        "去年着过火，后来换了新线",
        "谢谢师傅，上次冒烟是他冒雨来修好的，要表扬",
        "家里停电了，快派人来",
        "这个月电费三百多",
        "上个月变压器起火那次，你们来得太慢，我要个说法",
        # Other lines, other boxes, other machines.
        "电话线断了你们修吗",
        "我们电视线断了",
        "水表箱里头泡水了",
        "请问你们那个楼有没有带电梯",
        "停电以后我的手机一充电死机",
    ],
)
def test_what_is_not_there_is_not_urgent(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).urgency is Urgency.NORMAL


def test_the_danger_is_in_the_evidence(classifier: Classifier) -> None:
    verdict = classifier.classify("师傅你好，我想反映个情况，路边那根电线掉地上了，小孩来来回回地走")
    assert verdict.urgency is Urgency.URGENT
    assert any("电线掉地上" in evidence.text for evidence in verdict.evidence)


def test_denied_danger_does_not_make_a_bill_a_repair(classifier: Classifier) -> None:
    verdict = classifier.classify("家里没有冒烟没有漏电，都好好的，就是电费收多了，退给我")
    assert verdict.category is Category.BILLING
