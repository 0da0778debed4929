"""Districts: what callers choose by a key."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.commitments import Area
from orders.errors import DistrictRefused, DistrictUnknown
from recordings.tables import District, Outage

KEYS = "1234567"
"""Keys a district can have: 8 tells of danger, 9 asks again, 0 is a person."""
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A district as flows and pages need it."""

    key: str
    name: str
    area: Area


def place_of(district: District) -> Place:
    """A row as a value."""
    return Place(district.key, district.name, Area(district.area))


def all_districts(s: Session) -> Sequence[Place]:
    """All of them, by key."""
    return [place_of(row) for row in s.scalars(select(District).order_by(District.key))]


def find_district(s: Session, key: str) -> Place | None:
    """The district of a key, None when there is none."""
    row = s.get(District, key)
    return place_of(row) if row else None


def known_district(s: Session, key: str) -> Place:
    """The same for one that must be there. Raises DistrictUnknown."""
    if (place := find_district(s, key)) is None:
        raise DistrictUnknown(key)
    return place


def set_district(s: Session, *, key: str, name: str, area: str) -> Place:
    """Add a district, or change the one of that key. Raises DistrictRefused."""
    name = name.strip()
    if key not in KEYS or len(key) != 1:
        raise DistrictRefused(f"a district's key is one of {KEYS[0]} to {KEYS[-1]}, not {key!r}; choose another")
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise DistrictRefused(f"a district's name has 1 to {NAME_LENGTH} printable characters; choose another")
    if area not in set(Area):
        raise DistrictRefused(f"there is no kind of area {area!r}; choose one of {', '.join(Area)}")
    other = s.scalars(select(District).where(District.name == name, District.key != key)).first()
    if other is not None:
        raise DistrictRefused(f"district {other.key} is called {name} already; choose another name")
    row = s.merge(District(key=key, name=name, area=area))
    s.flush()
    return place_of(row)


def remove_district(s: Session, key: str) -> Place:
    """Take a district away. Raises DistrictUnknown, and DistrictRefused while an outage refers to it."""
    place = known_district(s, key)
    if s.scalars(select(Outage.id).where(Outage.district == key)).first() is not None:
        raise DistrictRefused(f"outages are on record for district {key} {place.name}; rename it instead")
    s.delete(s.get_one(District, key))
    s.flush()
    return place
