"""`lianxin user`: who may sign in to the console."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.books import books

if TYPE_CHECKING:
    pass

app = typer.Typer(help="Who may sign in to the console.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name that the user signs in with.")]


class Role(StrEnum):
    """What a user is; see `recordings.users.ROLES`."""

    AGENT = "agent"
    QA = "qa"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@app.callback()
def _user() -> None:
    """Who may sign in to the console."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[Role, typer.Option(help="What the user may do.")] = Role.AGENT,
    generate: Annotated[
        bool, typer.Option("--generate", help="Make up a one-time password and print it, once.")
    ] = False,
) -> None:
    """Add a user. Asks twice for a password of at least 10 characters, or reads one line from standard input.

    Example: lianxin user add 王芳 --role qa
    """
    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.tables import Audit
    from recordings.users import add_user, one_time_password

    archive = open_archive(Settings())
    password = one_time_password() if generate else _ask()
    with archive.session() as session:
        user = add_user(
            session,
            name=name,
            role=role.value,
            password=password,
            must_change_password=generate,
            at=datetime.now(UTC),
        )
        session.add(Audit(at=user.created_at, action="user-added", target=user.name))
    archive.close()
    print(f"{user.name} may sign in as {user.role}.")
    if generate:
        print(f"One-time password, shown only now: {password}")


@app.command("list")
def list_users() -> None:
    """Show who may sign in, as what, and who is disabled.

    Example: lianxin user list
    """
    from rich.console import Console
    from rich.table import Table
    from sqlalchemy import select

    from recordings.tables import User

    table = Table("name", "role", "since", "may sign in")
    with books() as (session, zone):
        for user in session.scalars(select(User).order_by(User.name)):
            allowed = "no, disabled" if user.disabled else "yes"
            password = ", once with a one-time password" if user.must_change_password and not user.disabled else ""
            table.add_row(user.name, user.role, f"{user.created_at.astimezone(zone):%Y-%m-%d}", allowed + password)
    Console(highlight=False, markup=False).print(table)


@app.command()
def districts(
    name: Name,
    keys: Annotated[list[str] | None, typer.Argument(help="Keys of districts; none for all of them.")] = None,
) -> None:
    """Limit a user to the calls of some districts, or of none to see all. A call of no known district is everybody's.

    Example: lianxin user districts 王芳 1 2
    """
    from recordings.users import set_districts

    with books() as (session, _):
        user = set_districts(session, name, keys or [], datetime.now(UTC))
    print(f"{user.name} works for {' '.join(sorted(set(keys))) if keys else 'all districts'}.")


@app.command()
def role(name: Name, role: Annotated[Role, typer.Argument(help="What the user may do from now on.")]) -> None:
    """Give a user another role.

    Example: lianxin user role 王芳 supervisor
    """
    from recordings.users import set_role

    with books() as (session, _):
        user = set_role(session, name, role.value, datetime.now(UTC))
    print(f"{user.name} is {user.role}.")


@app.command()
def password(name: Name) -> None:
    """Give a user who forgot the password a one-time password, and end the user's sessions.

    Example: lianxin user password 王芳
    """
    from recordings.users import reset_password

    with books() as (session, _):
        made_up = reset_password(session, name, datetime.now(UTC))
    print(f"{name.strip()} is signed out everywhere.\nOne-time password, shown only now: {made_up}")


@app.command("forget-codes")
def forget_codes(name: Name) -> None:
    """Take away the one-time codes of a user whose telephone is lost, and end the user's sessions.

    Example: lianxin user forget-codes 王芳
    """
    from recordings.second_factor import remove
    from recordings.users import end_sessions, known_user

    with books() as (session, _):
        user = known_user(session, name)
        had = remove(session, user, datetime.now(UTC))
        if had:
            end_sessions(user)
    print(f"{user.name} {'signs in with the password alone now.' if had else 'had set up no codes.'}")


@app.command()
def disable(name: Name) -> None:
    """Let a user sign in no more; whoever is signed in by that name is out at once. What the user did stays.

    Example: lianxin user disable 王芳
    """
    from recordings.users import disable_user

    with books() as (session, _):
        user = disable_user(session, name, datetime.now(UTC))
    print(f"{user.name} is signed out and may not sign in.")


@app.command()
def enable(name: Name) -> None:
    """Let a disabled user sign in again, with the password of before.

    Example: lianxin user enable 王芳
    """
    from recordings.users import enable_user

    with books() as (session, _):
        user = enable_user(session, name, datetime.now(UTC))
    print(f"{user.name} may sign in as {user.role}.")


def _ask() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        from recordings.errors import PasswordTooShort

        raise PasswordTooShort(
            "the password has 0 characters; take at least 10, on standard input, or let --generate make one up"
        )
    return given
