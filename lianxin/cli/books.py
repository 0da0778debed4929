"""The archive for one command: a transaction that is committed when the command goes well."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def books(*, create: bool = False) -> "Iterator[tuple[Session, ZoneInfo]]":
    """A transaction in the archive and the utility's zone; with `create` an archive that is not there is made first."""
    from lianxin.compose import open_archive
    from lianxin.settings import Settings

    settings = Settings()
    archive = open_archive(settings, create=create)
    try:
        with archive.session() as session:
            yield session, ZoneInfo(settings.timezone)
    finally:
        archive.close()
