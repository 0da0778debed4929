"""The migrations lead to exactly the tables of the code, and back to nothing."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from recordings.archive import Archive
from recordings.tables import Base


def test_models_and_migrations_agree(archive: Archive) -> None:
    with archive.reading() as s:
        context = MigrationContext.configure(s.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_would_notice(archive: Archive) -> None:
    with archive.session() as s:
        s.execute(text("ALTER TABLE calls ADD COLUMN weather TEXT"))
        found = compare_metadata(MigrationContext.configure(s.connection()), Base.metadata)
    assert [change[0] for change in found] == ["remove_column"]


def test_every_migration_can_be_taken_back(archive: Archive, tmp_path: Path) -> None:
    archive.close()
    config = Config()
    config.set_main_option("script_location", "recordings:migrations")
    engine = create_engine(f"sqlite:///{tmp_path}/lianxin.db")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    engine.dispose()
    again = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    with again.reading() as s:
        assert {"calls", "recordings", "users"} <= set(inspect(s.connection()).get_table_names())
    again.close()
