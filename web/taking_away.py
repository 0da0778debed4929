"""Handing a list out as a file: what kind, by what name, and a line in the audit of who took it away."""

from collections.abc import Iterable, Sequence

from flask import Response
from flask_login import current_user

from recordings.tables import Audit
from web.errors import FilterUnknown
from web.parts import now, parts
from web.table_file import Cell, Kind, table_file

MOST = 20_000
"""Rows of one file: more would hold the console up."""


def kind_of(value: str) -> Kind:
    """The kind of file that an address names. Raises FilterUnknown."""
    if value not in set(Kind):
        raise FilterUnknown("kind", value)
    return Kind(value)


def hand_out(kind: Kind, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], about: str) -> Response:
    """The list as a file called `name`; before it goes it is written down as `about`, which has no resident's words."""
    file = table_file(kind, heads, rows)
    with parts().archive.session() as s:
        s.add(Audit(at=now(), user_id=current_user.id, action="exported", target=about[:80]))
    answer = Response(file, content_type=kind.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
