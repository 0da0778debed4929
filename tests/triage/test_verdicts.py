"""What callers say, and where it must land. None of these sentences is in the training tables."""

import pytest

from triage.classifier import Classifier
from triage.verdict import Category, Urgency

SAID = {
    Category.REPAIR: [
        "你好，我们家从半夜开始就没有电，邻居家都有，麻烦派个师傅过来",
        "俺家的灯咋都不亮咧，推闸也推不上去",
        "变压器嗡嗡响，刚才还冒了火花",
        "挺电了一上午了冰箱里的东西都化了",
        "我沒有投訴的意思，就是家裡停電了，請派人來修",
    ],
    Category.BILLING: [
        "这个月电费怎么收了我六百多，平时才一百出头",
        "我在微信上交的电费，到现在也没有到账",
        "麻烦帮我开一张电费发票",
        "因为欠费给我停的电，现在钱交上了，什么时候给我送电",
    ],
    Category.COMPLAINT: [
        "你们营业厅那个工作人员态度太差了，问她两句就翻白眼",
        "打了五遍电话，一个推一个，到现在没有人管",
        "施工队把我家院墙挖塌了，连句道歉都没有",
        "抢修的人私下里跟我要钱，不给就不干活",
    ],
    Category.INQUIRY: ["请问后天我们小区是不是计划停电，几点到几点", "营业厅周末上班吗"],
    Category.SERVICE: ["我想申请装一个充电桩", "帮我办理一下电表过户"],
    Category.REPORT: ["我要举报我们楼下的饭店偷电"],
    Category.SUGGESTION: ["我提个建议，停电通知最好提前一周贴出来"],
    Category.PRAISE: ["谢谢昨天来的抢修师傅，服务特别好，我要表扬他"],
    Category.CHASE: ["我昨天报的修，现在处理得怎么样了"],
    Category.OTHER: ["喂喂听得见吗", "不好意思我打错了"],
}


@pytest.mark.parametrize(("category", "text"), [(category, text) for category, texts in SAID.items() for text in texts])
def test_a_caller_is_understood(classifier: Classifier, category: Category, text: str) -> None:
    assert classifier.classify(text).category is category


def test_a_third_outage_told_in_anger_is_a_repair_first_and_a_complaint_second(classifier: Classifier) -> None:
    verdict = classifier.classify("这个礼拜第三次停电了，你们到底怎么搞的，太不像话了，现在屋里还是黑的，赶紧来人")
    assert (verdict.category, verdict.second) == (Category.REPAIR, Category.COMPLAINT)


@pytest.mark.parametrize(
    "text",
    [
        "你们这破电一天断了八回，气死人，快叫人来弄",
        "我家又跳了，找你们比登天还难，派个人过来行不行",
        "线又断了，前天接的什么东西，赶紧给我重新接好",
    ],
)
def test_who_sends_for_a_crew_in_anger_gets_one(classifier: Classifier, text: str) -> None:
    verdict = classifier.classify(text)
    assert (verdict.category, verdict.second) == (Category.REPAIR, Category.COMPLAINT)


@pytest.mark.parametrize(
    "text", ["我们镇上年年都停，从来没人给个说法", "前年起就老停电，写信也没人回，我是来要个态度的"]
)
def test_a_history_of_outages_is_a_complaint(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).category is Category.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "电费月初我就交了，一分都不欠，现在屋里黑灯瞎火的",
        "钱没问题，卡里还有七十多，可灯就是打不着",
        "我一看余额还有两百，那怎么冰箱电视全停了呢",
    ],
)
def test_who_has_paid_and_sits_in_the_dark_has_a_fault(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).category is Category.REPAIR


@pytest.mark.parametrize("text", ["欠费停的电，我交上了，给我送一下", "忘了交钱被停了，刚才补齐了，多久能来电"])
def test_power_asked_back_after_paying_is_a_bill(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).category is Category.BILLING


def test_a_bill_disputed_with_rude_staff_is_a_bill_first_and_a_complaint_second(classifier: Classifier) -> None:
    verdict = classifier.classify("电费多收了我一百多，打电话问，你们的人态度恶劣还骂我，凭什么，把多扣的钱退给我")
    assert (verdict.category, verdict.second) == (Category.BILLING, Category.COMPLAINT)


@pytest.mark.parametrize(
    "text", ["家里停电了，麻烦派个师傅来看看", "这个月电费多少钱", "我想办个过户", "谢谢师傅，修得真快"]
)
def test_a_plain_call_has_no_second_category(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).second is None


def test_a_question_about_a_planned_outage_is_no_fault_report(classifier: Classifier) -> None:
    verdict = classifier.classify("我看到停电公告了，请问明天的检修包括我们小区吗，停到几点")
    assert verdict.category is Category.INQUIRY
    assert verdict.urgency is Urgency.NORMAL


def test_the_same_words_come_out_with_and_without_punctuation_and_spaces(classifier: Classifier) -> None:
    plain = classifier.classify("我家停电了快派人来修")
    spaced = classifier.classify("我家 停电 了 快 派 人 来 修")
    assert spaced.category is plain.category
    assert spaced.confidence == plain.confidence


def test_a_text_is_surer_when_it_is_plain_than_when_it_says_little(classifier: Classifier) -> None:
    sure = classifier.classify("家里停电了，跳闸推不上去，麻烦派电工来抢修")
    unsure = classifier.classify("那个事情是这样的")
    assert sure.confidence > 0.9 > 0.8 > unsure.confidence


def test_two_trainings_give_the_same_verdicts(classifier: Classifier) -> None:
    again = Classifier.trained()
    for text in [text for texts in SAID.values() for text in texts]:
        assert again.classify(text) == classifier.classify(text)
