"""`lianxin token`: with what other programs come to the API."""

from typing import Annotated

import typer

from lianxin.cli.books import books

app = typer.Typer(help="Tokens with which other programs come to the API.", no_args_is_help=True)


@app.callback()
def _token() -> None:
    """Tokens with which other programs come to the API."""


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for, such as the name of the program.")],
    user: Annotated[str, typer.Option(help="In whose name: it sees what this user sees.")],
    scope: Annotated[list[str], typer.Option(help="What it is for: calls, review, cases, reports, …; may come again.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="Days after which it expires.")] = 365,
) -> None:
    """Make a token, and print it, once.

    Example: lianxin token make "outage map" --user 王芳 --scope calls --scope cases
    """
    from datetime import UTC, datetime, timedelta

    from recordings.errors import TokenRefused
    from recordings.tokens import make_token
    from web.session.rights import SCOPES

    if strange := sorted(set(scope) - SCOPES):
        raise TokenRefused(f"there is no scope {strange[0]!r}; choose from {', '.join(sorted(SCOPES))}")
    with books() as (session, zone):
        token, text = make_token(
            session, name=name, user=user, scopes=scope, at=datetime.now(UTC), lasts=timedelta(days=days)
        )
        owner = token.user.name
    print(f"Token {token.id} works for {owner}: {token.scopes}; until {token.expires_at.astimezone(zone):%Y-%m-%d}.")
    print(f"Shown only now: {text}")


@app.command("list")
def list_tokens() -> None:
    """Show every token, for whom and for what, and whether it is still good. Never the token itself.

    Example: lianxin token list
    """
    from datetime import UTC, datetime

    from rich.console import Console
    from rich.table import Table

    from recordings.tokens import all_tokens

    table, now = Table("no.", "name", "user", "scopes", "last used", "good"), datetime.now(UTC)
    with books() as (session, zone):
        for token in all_tokens(session):
            good = f"until {token.expires_at.astimezone(zone):%Y-%m-%d}"
            if token.revoked_at or token.expires_at <= now:
                good = "revoked" if token.revoked_at else "expired"
            used = f"{token.used_at.astimezone(zone):%Y-%m-%d}" if token.used_at else "never"
            table.add_row(str(token.id), token.name, token.user.name, token.scopes, used, good)
    Console(highlight=False, markup=False).print(table)


@app.command()
def revoke(number: Annotated[int, typer.Argument(help="Its number, as `lianxin token list` shows it.")]) -> None:
    """End a token at once.

    Example: lianxin token revoke 3
    """
    from datetime import UTC, datetime

    from recordings.tokens import revoke_token

    with books() as (session, _):
        token = revoke_token(session, number, datetime.now(UTC))
    print(f"Token {token.id} ({token.name}) opens nothing any more.")
