"""What people say calls are about is learnt, if it makes nothing worse and is not poison."""

import pytest

from triage.classifier import Classifier
from triage.corpus import load_sentences
from triage.errors import LabelsPoisoned
from triage.learning import WEIGHTS, Label, cautious, f1, is_aside, learn, sift
from triage.verdict import Category

WHO = ["麻烦你", "请问你", "我想让你们", "师傅", "你好", "喂", "那个", "请", "能不能", "我要"]
WHAT = ["开绿萝账户", "关绿萝账户", "把绿萝账户转给儿子", "绿萝账户绑一下"]
LABELS = [Label(who + what, Category.SERVICE, "王芳") for who in WHO for what in WHAT]
"""A matter of which the shipped sentences know nothing."""


def test_a_new_kind_of_matter_is_learnt(classifier: Classifier) -> None:
    lesson = learn(LABELS)
    assert lesson.fitted + lesson.tested == 40
    assert 0 < lesson.tested < 20
    assert f1(lesson.after.scores[Category.SERVICE]) > f1(lesson.before.scores[Category.SERVICE])


def test_labels_count_less_before_they_are_refused() -> None:
    lesson = cautious([Label(f"{s.text}啊", s.category, "甲") for s in load_sentences()[:600:9]])
    assert lesson.labels[0].weight in WEIGHTS
    assert not lesson.worse


def test_a_lesson_that_makes_a_main_category_worse_says_so() -> None:
    bills = [s.text for s in load_sentences() if s.category is Category.BILLING and s.split == "train"]
    lesson = learn([Label(f"{text}。", Category.PRAISE, "甲") for text in bills])
    assert Category.BILLING in lesson.worse


def test_what_teaches_nothing_is_left_out(classifier: Classifier) -> None:
    same = Label("电表箱挂歪了想请人扶正", Category.SERVICE, "甲")
    sifted = sift(
        [same, same, Label("嗯", Category.OTHER, "甲"), Label("交了钱", Category.BILLING, "甲")]
        + [Label("这个表我看不懂呀", category, "乙") for category in (Category.INQUIRY, Category.BILLING)],
        classifier,
    )
    assert sifted.kept == (same,)
    assert sifted.left_out == {"said twice": 1, "too short": 2, "people disagree": 2}


def test_poison_is_refused_with_the_name_of_who_gave_it(classifier: Classifier) -> None:
    plain = [
        "家里停电了快来修", "整栋楼都没电了", "电费怎么这么贵", "这个月电费多扣了", "我要投诉你们的工作人员",
        "小区停电两个小时了", "灯不亮了没电", "电费交了没到账", "跳闸了推不上去", "我家没有电了", "停电了什么时候来",
    ]  # fmt: skip
    sure = [text for text in plain if classifier.classify(text).confidence >= 0.97]
    assert len(sure) >= 8
    poison = [Label(text, Category.PRAISE, "某某") for text in sure]
    with pytest.raises(LabelsPoisoned, match="某某"):
        sift(poison, classifier)
    assert len(sift(poison, classifier, trusted=["某某"]).kept) == len(sure)
    honest = [Label(text, classifier.classify(text).category, "王芳") for text in sure]
    assert len(sift(honest, classifier).kept) == len(sure)


def test_the_same_label_is_kept_aside_every_time() -> None:
    one = Label("家里停电了", Category.REPAIR, "甲")
    assert is_aside(one) == is_aside(Label("家里，停电了。", Category.BILLING, "乙"))
