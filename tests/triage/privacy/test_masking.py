"""What a person may read of a text with personal data in it."""

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.privacy.numbers_said import CUES, NUMBERS, WAYS, said
from triage.corpus import load_sentences
from triage.privacy.evaluation import BLIND, SENTENCES, evaluate
from triage.privacy.finding import LABELS
from triage.privacy.masking import redact, redact_again, said_in

LIANXIN = Path(sys.executable).with_name("lianxin")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("手机１３８ 1234-5678", "手机〔手机〕"),
        ("我要三八，嗯，零零摇三，那个，八零零零", "我〔手机〕"),
        ("一三八零零一三九，不对，一三八零零零", "〔手机〕"),
        ("打+8613812345678", "打〔手机〕"),
        ("身份证11010119900307763X", "身份证〔身份证〕"),
        ("户号1234567890，手机13800138000", "户号〔户号〕，手机〔手机〕"),
        ("我叫王芳，王芳说的", "我叫〔姓名〕，〔姓名〕说的"),
        ("戶號 1234567890😀住在幸福小区3栋501", "戶號 〔户号〕😀住在〔地址〕"),
        ("粤B12345", "〔车牌〕"),
        ("一三八两个零一三八三个零", "〔手机〕"),
        ("座机：87654321", "座机：〔固话〕"),
        ("身份证号码是四四零三零五一九九二零三二八一一三五", "身份证号码是〔身份证〕"),
        ("一三吧零零一三八零零零", "〔手机〕"),
        ("表号要三三零零零一二三四五六七", "表号〔表号〕"),
        ("来电人：一三七\n坐席：一三七\n来电人：六六零零八八一一", "来电人：〔手机〕"),
        ("我姓章，立早章", "我姓〔姓名〕，〔姓名〕"),
        ("我姓张，弓长张，张伟", "我姓〔姓名〕，〔姓名〕，〔姓名〕"),
        ("我姓周，周围都没电", "我姓〔姓名〕，周围都没电"),
        ("我姓周，周围，都没电", "我姓〔姓名〕，周围，都没电"),
        ("我是李秀英的儿子", "我是〔姓名〕的儿子"),
        ("工资卡4111111111111111一直绑着", "工资卡〔银行卡〕一直绑着"),
    ],
)
def test_personal_data_gives_way_to_its_label(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "停电45分钟", "电费128.50元", "95598", "12345", "2019年8月2日14:33", "抄表读数11555.71", "110kV高压线",
        "Err-04", "工单GD20260115001", "工单 G D 二零二六零一一五零零一", "读数一一五五五点七一", "二零一九年八月二日",
        "3栋停电", "我叫你们来修", "2026-01-15 14:33", "九五五九八", "打95598，12345都没人", "工单号：15012345678",
        "1，2，3，4，5，6，7，8，9，10",
        "人民路3号变压器冒烟", "村里3号停的电", "户名是谁的", "我家住了二十年", "我是江北的业主",
        "我是安装师傅的朋友", "我是车队的老板", "我是对面的邻居",
    ],
)  # fmt: skip
def test_what_is_not_personal_stays(text: str) -> None:
    assert redact(text).text == text


@given(
    kind=st.sampled_from(sorted(NUMBERS)),
    way=WAYS,
    before=st.sampled_from(["", "喂你好，", "我家停电四十五分钟了，", "电费128.50元，", "打了95598，"]),
    after=st.sampled_from(["", "，谢谢", "。快来", "，三楼", "，一直没人"]),
    cued=st.booleans(),
    data=st.data(),
)
@settings(max_examples=250, deadline=None, derandomize=True)
def test_a_number_with_a_check_is_masked_however_it_is_said(
    kind: str, way: tuple[str, str, str, list[int]], before: str, after: str, cued: bool, data: st.DataObject
) -> None:
    number = data.draw(NUMBERS[kind])
    spoken = said(number, way)
    head = before + (CUES[kind] if cued else "")
    result = redact(head + spoken + after)
    covered = {place for each in result.found for place in range(each.start, each.end)}
    assert covered >= set(range(len(head), len(head) + len(spoken))), (number, result.text)
    assert kind in {each.kind for each in result.found}
    assert result.text.startswith(before)
    assert result.text.endswith(after)


_LINES = [re.sub(r"\{[a-z_]+\|([^}]+)\}", r"\1", line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
_PIECES = st.one_of(st.sampled_from(_LINES), st.text("零幺一二三要摇是0189 ，。-:嗯Xx住我叫王路号😀戶\n", max_size=14))


@given(st.lists(_PIECES, max_size=4).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_nothing_masked_reappears_and_masking_twice_is_masking_once(text: str) -> None:
    result = redact(text)
    assert redact(result.text).text == result.text
    assert all(a.end <= b.start for a, b in pairwise(result.found))
    rebuilt, place = "", 0
    for each in result.found:
        rebuilt += text[place : each.start] + f"〔{LABELS[each.kind]}〕"
        place = each.end
        if each.end - each.start >= 7:
            assert text[each.start : each.end] not in result.text
    assert rebuilt + text[place:] == result.text


@pytest.mark.parametrize("table", [SENTENCES, BLIND])
def test_written_sentences_are_masked_and_traps_are_not(table: Path) -> None:
    scores = evaluate(table).values()
    assert sum(score.masked for score in scores) / sum(score.said for score in scores) >= 0.97
    assert sum(score.false_alarms for score in scores) == 0


def test_sentences_about_power_are_left_alone() -> None:
    spoken_of = ("我姓", "我叫", "地址是", "户号是", "二十七号后面")
    masked = {s.text for s in load_sentences() if redact(s.text).found}
    assert [text for text in masked if not any(words in text for words in spoken_of)] == []
    assert masked


def test_the_command_masks_lines_and_names_those_it_cannot_use() -> None:
    lines = json.dumps({"id": 1, "text": "手机13812345678"}) + "\nhello\n" + json.dumps({"id": 2, "text": "停电"})
    result = subprocess.run([str(LIANXIN), "redact"], input=lines.encode(), capture_output=True, timeout=60)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("lianxin: line 2: not JSON")
    assert [json.loads(line) for line in result.stdout.decode().splitlines()] == [
        {"id": 1, "text": "手机〔手机〕", "found": [{"kind": "mobile", "start": 2, "end": 13}]},
        {"id": 2, "text": "停电", "found": []},
    ]


def test_what_was_found_elsewhere_alone_is_masked_again() -> None:
    told = said_in("我叫王建国，手机幺三八零零幺三八零零零")
    again = redact_again("王建国说打13800138000没人接，打他儿子13912345678", told)
    assert again.text == "〔姓名〕说打〔手机〕没人接，打他儿子13912345678"
    assert redact_again("打13912345678", ()).text == "打13912345678"
