"""Good and bad calls that others learn from, as the rows of a file."""

from sqlalchemy.orm import Session

from recordings.examples import examples
from recordings.marks_of_agents import agents_of_calls
from web.parts import parts
from web.table_file import Cell
from web.taking_away import MOST

COLUMNS = ("example.kind", "list.id", "sheet.agent", "sheet.learn", "example.by", "example.when")


def example_rows(s: Session, *, named: bool) -> tuple[list[str], list[list[Cell]]]:
    """Heads and rows, the good ones first, the newest first of each.

    `named` says whether the agent of each call is told. It is for those who see how all agents do: what a colleague
    did badly is spoken of alone (外奖内罚), and the page names nobody either.
    """
    text, zone = parts().text, parts().zone
    kept = [*examples(s, "good", MOST), *examples(s, "bad", MOST)]
    agents = agents_of_calls(s, {each.call_id for each in kept})
    table: list[list[Cell]] = [
        [
            text.zh(f"example.{each.kind}"),
            each.call_id,
            agents.get(each.call_id) or text.zh("sheet.agent-unknown"),
            each.comment,
            each.user.name,
            f"{each.made_at.astimezone(zone):%Y-%m-%d %H:%M}",
        ]
        for each in kept
    ]
    told = [number for number, column in enumerate(COLUMNS) if named or column != "sheet.agent"]
    return [text.zh(COLUMNS[number]) for number in told], [[row[number] for number in told] for row in table]
