"""What a reviewer has to do, as the rows of files: calls to mark, and appeals to decide."""

from datetime import datetime

from sqlalchemy.orm import Session

from recordings.appeals import open_appeals
from recordings.samples import to_review
from recordings.tables import User
from web.parts import parts
from web.table_file import Cell

TO_MARK = ("list.time", "month.agent", "sample.why", "list.id")
APPEALS = (
    "list.time", "list.id", "month.agent", "calibration.scores", "sheet.fatal", "to-mark.by", "sheet.agent-appealed",
)  # fmt: skip
Table = tuple[list[str], list[list[Cell]]]


def waiting_rows(s: Session, reviewer_id: int) -> Table:
    """Heads and rows of what waits for a reviewer."""
    text = parts().text
    return _heads(TO_MARK), [
        [_minute(call.started_at), _name(sampled.agent), text.zh(f"why.{sampled.why}"), call.id]
        for sampled, call in to_review(s, reviewer_id)
    ]


def appeal_rows(s: Session) -> Table:
    """Heads and rows of the appeals that nobody has decided."""
    rows = list[list[Cell]]()
    for reply in open_appeals(s):
        review = reply.review
        fatal = parts().text.zh("sheet.fatal") if review.fatal else ""
        whose = (_name(review.agent), review.score, fatal, review.reviewer.name)
        rows.append([_minute(reply.made_at), reply.call_id, *whose, reply.text])
    return _heads(APPEALS), rows


def _heads(columns: tuple[str, ...]) -> list[str]:
    return [parts().text.zh(column) for column in columns]


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(parts().zone):%Y-%m-%d %H:%M}"


def _name(agent: User | None) -> str:
    return agent.name if agent else parts().text.zh("sheet.agent-unknown")
