"""Written sentences as they are said when somebody thinks while speaking: fillers, repeats, repairs, dialect words."""

import random
import re
from collections.abc import Sequence

FILLERS = ("嗯", "呃", "啊", "那个", "这个", "就是", "就是说", "然后", "哎呀", "你看")
DIALECT = {
    "什么": ("啥", "么子"),
    "怎么": ("咋", "咋个"),
    "没有": ("没得", "没"),
    "知道": ("晓得",),
    "我们": ("俺们", "咱们", "我们这儿"),
    "我": ("俺",),
    "这里": ("这儿", "这哈"),
    "那里": ("那儿",),
    "这么": ("恁",),
    "不要": ("莫", "别"),
    "干什么": ("做啥子",),
    "孩子": ("娃", "伢子"),
    "晚上": ("黑里", "夜里"),
    "很": ("老", "蛮", "贼"),
    "的": ("嘞",),
    "现在": ("这会儿",),
}
"""Words that callers from elsewhere say, in Mandarin's sounds."""


def say_freely(text: str, chance: random.Random) -> str:
    """One of the many ways to say a written sentence; often as it stands."""
    clauses = re.findall(r"[\u4e00-\u9fff]+", text)
    return "，".join(_clause(clause, chance) for clause in clauses)


def _clause(clause: str, chance: random.Random) -> str:
    if chance.random() < 0.15:
        clause = _in_dialect(clause, chance)
    if len(clause) > 4 and chance.random() < 0.08:
        clause = clause[: chance.choice((1, 2))] + clause  # begun twice
    if len(clause) > 6 and chance.random() < 0.04:
        clause = clause[: len(clause) // 2] + chance.choice(("不是", "哦不对", "不对")) + clause[len(clause) // 3 :]
    if chance.random() < 0.12:
        clause = chance.choice(FILLERS) + clause
    return clause


def _in_dialect(clause: str, chance: random.Random) -> str:
    found: Sequence[str] = [word for word in DIALECT if word in clause]
    if not found:
        return clause
    word = chance.choice(found)
    return clause.replace(word, chance.choice(DIALECT[word]), 1)
