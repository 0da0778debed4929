"""What must be acted on is found with its words, its place and what it comes to."""

from pathlib import Path

import pytest

from triage.errors import TableInvalid
from triage.facts.amounts import amount
from triage.facts.evaluation import evaluate
from triage.facts.extraction import extract
from triage.facts.fact import FactKind


@pytest.mark.parametrize(
    ("said", "value"),
    [("一百二十八", 128), ("三千五", 3500), ("三千零五", 3005), ("十", 10), ("二十三", 23), ("一点五", 1.5),
     ("12.5", 12.5),      ("两万三千", 23000), ("二零二六", 2026), ("五", 5)],
)  # fmt: skip
def test_numbers_are_what_people_mean(said: str, value: float) -> None:
    assert amount(said) == value


@pytest.mark.parametrize(
    "said", ["几十", "十几", "三四", "两三百", "一百多", "上千", "百八十", "大概三百", "两到三", ""]
)
def test_a_vague_number_has_no_value(said: str) -> None:
    assert amount(said) is None


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("这个月电费三百二十块五", FactKind.MONEY, "三百二十块五", "320.5"),
        ("充了128.50元", FactKind.MONEY, "128.50元", "128.5"),
        ("停了三个半小时了", FactKind.DURATION, "三个半小时", "210"),
        ("停了半个小时", FactKind.DURATION, "半个小时", "30"),
        ("昨天晚上八点半就没电了", FactKind.TIME, "昨天晚上八点半", ""),
        ("我们这二十三户都黑了", FactKind.HOUSEHOLDS, "二十三户", "23"),
        ("就我家没电", FactKind.HOUSEHOLDS, "就我家", "1"),
        ("空气开关跳闸了", FactKind.FAILED, "跳闸", "跳闸"),
        ("有火花在冒", FactKind.DANGER, "火花", "spark"),
        ("修好了给我回个电话", FactKind.CALL_BACK, "给我回个电话", ""),
        ("你们什么态度", FactKind.MOOD, "什么态度", "angry"),
        ("欠了12345.67元", FactKind.MONEY, "12345.67元", "12345.67"),
        ("扣了两千万一千块", FactKind.MONEY, "两千万一千块", "20001000"),
        ("谷时一度四毛七分", FactKind.MONEY, "四毛七分", "0.47"),
        ("我给它充了两千三", FactKind.MONEY, "两千三", "2300"),
        ("二十五号下午抄的表", FactKind.TIME, "二十五号下午", ""),
        ("好了跟我说一声啊", FactKind.CALL_BACK, "跟我说一声啊", ""),
        ("我一直等师傅的回话", FactKind.CALL_BACK, "等师傅的回话", ""),
        ("我怕死了", FactKind.MOOD, "怕死", "worried"),
    ],
)
def test_a_fact_has_its_words_and_its_value(text: str, kind: FactKind, words: str, value: str) -> None:
    found = [fact for fact in extract(text) if fact.kind is kind]
    assert [(fact.text, fact.value) for fact in found if fact.text == words] == [(words, value)]
    assert all(text[fact.start : fact.end] == fact.text for fact in extract(text))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("多扣了我几十块", FactKind.MONEY, "几十块"),
        ("一个月好几百块钱谁受得了", FactKind.MONEY, "好几百块钱"),
        ("充了几千块进去", FactKind.MONEY, "几千块"),
        ("才十几块的事", FactKind.MONEY, "十几块"),
        ("这个月二十几块钱", FactKind.MONEY, "二十几块钱"),
        ("以前都是一百多块", FactKind.MONEY, "一百多块"),
        ("以前都是100多块钱", FactKind.MONEY, "100多块钱"),
        ("每个月两三百块", FactKind.MONEY, "两三百块"),
        ("每个月一百二三十块", FactKind.MONEY, "一百二三十块"),
        ("每个月十七八块", FactKind.MONEY, "十七八块"),
        ("每个月三、四百块", FactKind.MONEY, "三、四百块"),
        ("一下子上千块没了", FactKind.MONEY, "上千块"),
        ("损失了数千元", FactKind.MONEY, "数千元"),
        ("一个月百十来块", FactKind.MONEY, "百十来块"),
        ("也就百八十块", FactKind.MONEY, "百八十块"),
        ("交了千把块", FactKind.MONEY, "千把块"),
        ("两百到三百块的样子", FactKind.MONEY, "两百到三百块"),
        ("300~400元", FactKind.MONEY, "300~400元"),
        ("大概三百块吧", FactKind.MONEY, "大概三百块"),
        ("不到三百块", FactKind.MONEY, "不到三百块"),
        ("三百块左右吧", FactKind.MONEY, "三百块左右"),
        ("现在一块多一度", FactKind.MONEY, "一块多"),
        ("楼上才五毛几", FactKind.MONEY, "五毛几"),
        ("一块五六一度", FactKind.MONEY, "一块五六"),
        ("一度电五六毛", FactKind.MONEY, "五六毛"),
        ("一度电好几毛", FactKind.MONEY, "好几毛"),
        ("上个月我充了两三百", FactKind.MONEY, "两三百"),
        ("上个月我充了好几百", FactKind.MONEY, "好几百"),
        ("停了好几个小时了", FactKind.DURATION, "好几个小时"),
        ("停了三四个小时", FactKind.DURATION, "三四个小时"),
        ("停了三到四个小时", FactKind.DURATION, "三到四个小时"),
        ("停了三个多小时", FactKind.DURATION, "三个多小时"),
        ("停了十几个小时", FactKind.DURATION, "十几个小时"),
        ("停了二十来分钟", FactKind.DURATION, "二十来分钟"),
        ("打了几十分钟电话", FactKind.DURATION, "几十分钟"),
        ("要等个把小时", FactKind.DURATION, "个把小时"),
        ("等了好几天", FactKind.DURATION, "好几天"),
        ("等了三五天", FactKind.DURATION, "三五天"),
        ("等了半天没人来", FactKind.DURATION, "半天"),
        ("我们这几十户都黑了", FactKind.HOUSEHOLDS, "几十户"),
        ("我们这二十多户都黑了", FactKind.HOUSEHOLDS, "二十多户"),
        ("我们这两百几十户都黑了", FactKind.HOUSEHOLDS, "两百几十户"),
        ("我们这七八户都黑了", FactKind.HOUSEHOLDS, "七八户"),
        ("我们这百十来户都黑了", FactKind.HOUSEHOLDS, "百十来户"),
        ("我们这上百户都黑了", FactKind.HOUSEHOLDS, "上百户"),
    ],
)  # fmt: skip
def test_a_number_told_vaguely_keeps_its_words_and_gets_no_value(text: str, kind: FactKind, words: str) -> None:
    assert [(fact.text, fact.value) for fact in extract(text) if fact.kind is kind] == [(words, "")]


@pytest.mark.parametrize("text", ["一度电几块钱", "还要几个小时", "要等几天", "你们那边几户停电", "用了几百度电",
                                  "几十号人等着呢"])  # fmt: skip
def test_what_may_be_asked_or_has_another_unit_is_no_fact(text: str) -> None:
    unwanted = (FactKind.MONEY, FactKind.DURATION, FactKind.HOUSEHOLDS, FactKind.TIME)
    assert not [fact for fact in extract(text) if fact.kind in unwanted]


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("才八十几这个月翻番了", FactKind.TIME, "这个月", ""),
        ("万一三个小时没修好呢", FactKind.DURATION, "三个小时", "180"),
        ("万一一个小时没修好呢", FactKind.DURATION, "一个小时", "60"),
        ("千万三天内给我回话", FactKind.DURATION, "三天", "4320"),
        ("一度电八毛五", FactKind.MONEY, "八毛五", "0.85"),
        ("一度八点五六元", FactKind.MONEY, "八点五六元", "8.56"),
        ("充了一百二", FactKind.MONEY, "一百二", "120"),
        ("充了百二十块", FactKind.MONEY, "百二十块", "120"),
        ("总户数十二户", FactKind.HOUSEHOLDS, "十二户", "12"),
        ("最近三天停了两次", FactKind.DURATION, "三天", "4320"),
        ("三天多次打电话", FactKind.DURATION, "三天", "4320"),
    ],
)
def test_a_number_told_exactly_keeps_its_value(text: str, kind: FactKind, words: str, value: str) -> None:
    assert [(fact.text, fact.value) for fact in extract(text) if fact.kind is kind] == [(words, value)]


def test_only_the_agent_promises() -> None:
    said = "师傅半小时内到，我们会给您回电"
    promises = [fact.text for fact in extract(said, agent=True) if fact.kind is FactKind.PROMISE]
    assert promises[0].startswith("半小时内到")
    assert len(promises) == 2
    assert not [fact for fact in extract(said) if fact.kind is FactKind.PROMISE]


@pytest.mark.parametrize("text", ["不是停电是电费", "没有冒烟", "户号忘了", "要是停电怎么办"])
def test_what_is_denied_or_only_supposed_is_no_fact(text: str) -> None:
    assert not [f for f in extract(text) if f.kind in (FactKind.FAILED, FactKind.DANGER, FactKind.HOUSEHOLDS)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("解放路二十六号", FactKind.TIME), ("住十五号楼", FactKind.TIME), ("交了两百五十度的钱", FactKind.MONEY)],
)
def test_what_only_looks_like_one_is_no_fact(text: str, kind: FactKind) -> None:
    assert not [fact for fact in extract(text) if fact.kind is kind]


@pytest.mark.parametrize(
    ("said", "promise"),
    [
        ("四十分钟到抱歉让您久等", "四十分钟到"),
        ("半小时内自动送电还有其他需要吗", "半小时内自动送电"),
        ("二十分钟到请留个电话到了师傅好联系您", "二十分钟到"),
        ("师傅四十分钟左右到您家请您保持电话畅通", "四十分钟左右到您家"),
        ("师傅四十分钟左右到您家，请您保持电话畅通", "四十分钟左右到您家"),
        ("我们明天上午十点之前给您回电话请您留意", "明天上午十点之前给您回电话"),
        ("我们明天上午十点之前给您回电话", "明天上午十点之前给您回电话"),
        ("四十五分钟到达现场其他还有什么需要", "四十五分钟到达现场"),
        ("抢修人员四十五分钟内赶到现场您先别碰", "四十五分钟内赶到现场"),
        ("三个工作日内跟您联系您看还有什么要说的", "三个工作日内跟您联系"),
        ("两到三个工作日内给您答复感谢您的来电", "两到三个工作日内给您答复"),
        ("五个工作日内有专人答复您请问还有别的吗", "五个工作日内有专人答复您"),
        ("今天下午四点前恢复供电给您带来不便非常抱歉", "今天下午四点前恢复供电"),
        ("预计下午五点半左右恢复送电您放心", "下午五点半左右恢复送电"),
        ("晚上八点之前绝对给您修好放心吧", "晚上八点之前绝对给您修好"),
        ("十分钟左右自动来电您试试看", "十分钟左右自动来电"),
        ("师傅大概二十来分钟就到您家楼下了您准备一下", "大概二十来分钟就到您家楼下"),
        ("两三个小时能修好我们也在催", "两三个小时能修好"),
        ("两个小时之内处理完给您打电话您别急", "两个小时之内处理完给您打电话"),
        ("一个小时内师傅到您家检查一下您看行吗", "一个小时内师傅到您家检查一下"),
        ("三十分钟到四十分钟到您那边路上有点堵", "三十分钟到四十分钟到您那边"),
        ("我马上给您派人过去您把门打开", "马上给您派人过去"),
        ("我马上催抢修班争取尽快", "马上催抢修班"),
        ("马上派抢修人员过去处理您家离远一点", "马上派抢修人员过去处理"),
        ("师傅马上就到您家您再等等", "马上就到您家"),
        ("尽快安排师傅上门处理您还有什么问题", "尽快安排师傅上门处理"),
        ("今天之内给您回电话不管查没查到", "今天之内给您回电话"),
        ("核实以后会有专人联系您请保持畅通", "会有专人联系您"),
        ("会有师傅跟您联系还有别的需要吗", "会有师傅跟您联系"),
        ("稍后会有工作人员给您回电话谢谢", "会有工作人员给您回电话"),
        ("处理完了我们给您打电话回访祝您生活愉快", "给您打电话回访"),
        ("这边帮您登记请问您家有几口人", "帮您登记"),
        ("这边帮您登记一下师傅电话给您", "帮您登记一下"),
        ("我帮您催一下师傅请稍等", "帮您催一下师傅"),
        ("我会转给供电所所里会处理", "会转给供电所"),
        ("您反映的我给您登记上有变化告诉您", "给您登记上"),
        ("明天上午九点师傅上门换表您家里留个人", "明天上午九点师傅上门换表"),
        ("二十四小时内会恢复一般十几个小时就好", "二十四小时内会恢复"),
        ("退费三到五个工作日到账到账了会有短信", "三到五个工作日到账"),
        ("今晚九点前百分之百来电您放心", "今晚九点前百分之百来电"),
        ("放心今晚一定给您送上电您再等一等", "今晚一定给您送上电"),
        ("三天之内一定给您一个说法您消消气", "三天之内一定给您一个说法"),
        ("我们会登记成工单还有别的吗", "会登记成工单"),
        ("我马上通知抢修队二十分钟左右到", "马上通知抢修队"),
        ("抢修车马上出发我同时通知交警", "马上出发"),
        ("三个工作日内上门拆表您看行吗", "三个工作日内上门拆表"),
        ("以后我们提前三天通知不会再出现这种情况", "提前三天通知"),
        ("好的四十五分钟内到到之前师傅会先给您打电话", "四十五分钟内到"),
        ("半小时内师傅一定到不到您打给我", "半小时内师傅一定到"),
    ],
)  # fmt: skip
def test_a_promise_ends_with_what_is_promised(said: str, promise: str) -> None:
    found = [fact.text for fact in extract(said, agent=True) if fact.kind is FactKind.PROMISE]
    assert found[:1] == [promise]


@pytest.mark.parametrize("said", ["您停了三天请问联系电话多少", "四十分钟到现在还没到吗", "您说师傅一个小时还没来",
                                  "一天到晚停电我理解您", "系统显示十分钟前已经送电", "抢修要四十五分钟到三个小时",
                                  "今天能不能修好我不好说", "我没有办法马上答复"])  # fmt: skip
def test_what_the_agent_only_asks_or_repeats_is_no_promise(said: str) -> None:
    assert not [fact for fact in extract(said, agent=True) if fact.kind is FactKind.PROMISE]


@pytest.mark.parametrize(
    "said", ["晚上七点之前修好", "会有师傅跟您联系", "给您打个电话", "一小时内赶到"]
)  # fmt: skip
def test_what_the_agent_undertakes_is_a_promise(said: str) -> None:
    assert [fact for fact in extract(f"您放心，{said}", agent=True) if fact.kind is FactKind.PROMISE]


def test_most_facts_of_the_sentences_set_aside_are_found_and_few_that_nobody_told() -> None:
    scores = evaluate().values()
    told, found = sum(score.told for score in scores), sum(score.found for score in scores)
    named, right = sum(score.named for score in scores), sum(score.right for score in scores)
    assert told >= 70
    assert found / told >= 0.85
    assert right / named >= 0.85


@pytest.mark.parametrize("line", ["停电", "caller\t{weather|下雨}了", "somebody\t停电"])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "t.txt").write_text(line, encoding="utf-8")
    with pytest.raises(TableInvalid, match=r"t\.txt, line 1"):
        evaluate(tmp_path / "t.txt")
