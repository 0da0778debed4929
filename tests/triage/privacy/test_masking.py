"""What a person may read of a text with personal data in it."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from triage.privacy.evaluation import SENTENCES, evaluate
from triage.privacy.masking import redact

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
    ],
)
def test_personal_data_gives_way_to_its_label(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "停电45分钟", "电费128.50元", "95598", "12345", "2019年8月2日14:33", "抄表读数11555.71", "110kV高压线", "Err-04",
        "工单GD20260115001", "工单 G D 二零二六零一一五零零一", "读数一一五五五点七一", "二零一九年八月二日", "3栋停电",
        "我叫你们来修", "2026-01-15 14:33", "九五五九八",
    ],
)  # fmt: skip
def test_what_is_not_personal_stays(text: str) -> None:
    assert redact(text).text == text


def test_nothing_masked_reappears_and_masking_twice_is_masking_once() -> None:
    chance = random.Random(4)
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    for _ in range(300):
        text = "".join(chance.choice(lines)[chance.randrange(9) :] for _ in range(chance.randrange(1, 4)))
        result = redact(text)
        assert redact(result.text).text == result.text
        assert all(a.end <= b.start for a, b in zip(result.found, result.found[1:], strict=False))
        for each in result.found:
            if each.end - each.start >= 7:
                assert text[each.start : each.end] not in result.text


def test_written_sentences_are_masked_and_traps_are_not() -> None:
    scores = evaluate().values()
    assert sum(score.masked for score in scores) / sum(score.said for score in scores) >= 0.95
    assert sum(score.false_alarms for score in scores) == 0


def test_the_command_masks_lines_and_names_those_it_cannot_use() -> None:
    lines = json.dumps({"id": 1, "text": "手机13812345678"}) + "\nhello\n" + json.dumps({"id": 2, "text": "停电"})
    result = subprocess.run([str(LIANXIN), "redact"], input=lines.encode(), capture_output=True, timeout=60)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("lianxin: line 2: not JSON")
    assert [json.loads(line) for line in result.stdout.decode().splitlines()] == [
        {"id": 1, "text": "手机〔手机〕", "found": [{"kind": "mobile", "start": 2, "end": 13}]},
        {"id": 2, "text": "停电", "found": []},
    ]
