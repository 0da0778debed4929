"""`lianxin user`: who may sign in to the console."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(help="Who may sign in to the console.", no_args_is_help=True)


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
    from datetime import UTC, datetime

    from lianxin.compose import open_archive
    from lianxin.settings import Settings
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
    archive.close()
    print(f"{user.name} may sign in as {user.role}.")
    if generate:
        print(f"One-time password, shown only now: {password}")


def _ask() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
