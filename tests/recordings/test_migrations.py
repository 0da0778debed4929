"""The migrations lead to exactly the tables of the code, and back to nothing."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, inspect, text

from recordings import users
from recordings.archive import Archive
from recordings.corrections import correct_category
from recordings.tables import Base


def no_index_of_words(name: str | None, kind: str, _: object) -> bool:
    """SQLite shows the tables inside its search index; they are no tables of ours."""
    return kind != "table" or not (name or "").startswith("call_words")


def test_models_and_migrations_agree(archive: Archive) -> None:
    with archive.reading() as s:
        context = MigrationContext.configure(
            s.connection(), opts={"compare_type": True, "include_name": no_index_of_words}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_would_notice(archive: Archive) -> None:
    with archive.session() as s:
        s.execute(text("ALTER TABLE calls ADD COLUMN weather TEXT"))
        found = compare_metadata(
            MigrationContext.configure(s.connection(), opts={"include_name": no_index_of_words}), Base.metadata
        )
    assert [change[0] for change in found] == ["remove_column"]


def downgrade(file: Path, to: str) -> Engine:
    """Take the schema back as an operator would, with foreign keys held."""
    config = Config()
    config.set_main_option("script_location", "recordings:migrations")
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)
    return engine


def test_every_migration_can_be_taken_back(archive: Archive, tmp_path: Path) -> None:
    archive.close()
    engine = downgrade(tmp_path / "lianxin.db", "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    engine.dispose()
    again = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    with again.reading() as s:
        assert {"calls", "recordings", "users"} <= set(inspect(s.connection()).get_table_names())
    again.close()


def test_users_and_what_they_did_stay_when_what_came_later_is_taken_back_and_forth(
    archive: Archive, call: str, tmp_path: Path, now: datetime
) -> None:
    with archive.session() as s:
        user = users.add_user(s, name="lina", password="long-enough-1", at=now)
        users.disable_user(s, user.name, now)
        correct_category(s, call, user.id, "repair", now)
    archive.close()
    engine = downgrade(tmp_path / "lianxin.db", "0001_first_ring")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT name FROM users JOIN corrections ON user_id = users.id")).all() == [
            ("lina",)
        ]
    engine.dispose()
    again = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    with again.reading() as s:
        found = users.user_by_name(s, "lina")
        assert found is not None
        assert users.verify_password(found, "long-enough-1")
        assert (found.sessions_ended, found.disabled) == (0, False)
    again.close()
