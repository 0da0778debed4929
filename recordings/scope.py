"""What somebody may see who works for some districts only: a session that finds nothing of the others' calls.

It is one rule for every query through such a session, so that no page can forget it. A call whose district nobody knows
is everybody's: it would be nobody's otherwise.
"""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Exists, event, exists
from sqlalchemy.orm import ORMExecuteState, QueryableAttribute, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from recordings.tables import Base, Call, Listed, Tally

DISTRICTS = "lianxin.districts"
"""Where a session keeps the districts that it is limited to; nothing, or none, for all."""


class ScopedSession(Session):
    """A session that may be limited to districts."""


def limit(session: Session, districts: Collection[str]) -> None:
    """From here on the session finds only calls of these districts; those of all when there are none."""
    session.info[DISTRICTS] = frozenset(districts)


@event.listens_for(ScopedSession, "do_orm_execute")
def _limit(state: ORMExecuteState) -> None:
    districts = state.session.info.get(DISTRICTS)
    if districts and state.is_select:
        state.statement = state.statement.options(*_rules(("", *sorted(districts))))


@lru_cache(maxsize=256)
def _rules(seen: tuple[str, ...]) -> tuple[ORMOption, ...]:
    """For calls, and for every table that belongs to them by a `call_id`, also one of tomorrow.

    Put together once for each choice of districts: that takes many times as long as most questions take to answer.
    A row that may have a call or none stands by itself: an agent is there, whomever the agent speaks to.
    """
    rules: list[ORMOption] = [with_loader_criteria(Listed, Listed.district.in_(seen), include_aliases=True)]
    rules.append(with_loader_criteria(Tally, Tally.district.in_(seen), include_aliases=True))
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        call_id = Call.id if kind is Call else getattr(kind, "call_id", None)
        if call_id is not None and kind is not Listed and not call_id.property.columns[0].nullable:
            rules.append(with_loader_criteria(kind, _of_seen_call(call_id, seen), include_aliases=True))
    return tuple(rules)


def _of_seen_call(call_id: QueryableAttribute[str], seen: tuple[str, ...]) -> Exists:
    place = Listed.__table__.alias("seen_in")
    return exists().where(place.c.call_id == call_id, place.c.district.in_(seen)).correlate_except(place)
