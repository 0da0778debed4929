"""`lianxin train`, as the person at the terminal sees it."""

import json
from itertools import product


def _file(path, rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_labels_are_learnt_masked_and_put_back(lianxin, tmp_path):
    rows = [
        {"text": f"{who}{what}，手机138{number:08d}", "category": "service", "by": "王芳"}
        for number, (who, what) in enumerate(
            product(
                ("麻烦你", "请问你", "师傅", "你好", "喂", "请"), ("开绿萝账户", "关绿萝账户", "把绿萝账户转给儿子")
            )
        )
    ]
    file = _file(tmp_path / "labels.jsonl", rows)
    ran = lianxin("train", "--labels", file)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    assert "18 labels" in ran.stdout
    kept = (tmp_path / "var" / "triage" / "labels.jsonl").read_text(encoding="utf-8")
    assert "〔手机〕" in kept
    assert "138000" not in kept
    assert "王芳 18" in (tmp_path / "var" / "triage" / "card.md").read_text(encoding="utf-8")
    assert lianxin("train", "--restore").stdout.startswith("The classifier before is back: 0 labels")
    assert (tmp_path / "var" / "triage" / "labels.jsonl").read_text(encoding="utf-8") == ""


def test_a_file_that_is_no_labels_is_refused_with_its_line(refused, tmp_path):
    rows = [{"text": "停电了", "category": "repair"}, {"text": "停电了", "category": "repairs"}]
    assert "line 2: no such category" in refused("train", "--labels", _file(tmp_path / "bad.jsonl", rows))
    assert "nothing was learnt yet" in refused("train", "--restore")
