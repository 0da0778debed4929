"""`lianxin district`: what callers choose by a key."""

from typing import Annotated

import typer

from lianxin.cli.books import books

app = typer.Typer(help="Districts that callers choose by a key.", no_args_is_help=True)


@app.callback()
def _district() -> None:
    """Districts that callers choose by a key."""


@app.command("list")
def list_districts() -> None:
    """Show the districts with their keys and kinds of area.

    Example: lianxin district list
    """
    from rich.console import Console
    from rich.table import Table

    from orders.districts import all_districts

    table = Table("key", "name", "area")
    with books() as (session, _):
        for place in all_districts(session):
            table.add_row(place.key, place.name, place.area)
    Console(highlight=False, markup=False).print(table)


@app.command("set")
def set_one(
    key: Annotated[str, typer.Argument(help="The telephone key, 1 to 7.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    area: Annotated[str, typer.Option(help="urban, rural or remote: what is promised depends on it.")] = "urban",
) -> None:
    """Add a district, or rename the one of that key. Then record its name as the prompt district.<key>.

    Example: lianxin district set 4 高新区 --area urban
    """
    from orders.districts import set_district

    with books(create=True) as (session, _):
        place = set_district(session, key=key, name=name, area=area)
    print(f"District {place.key} is {place.name} ({place.area}); record its name as district.{place.key}.wav.")


@app.command()
def remove(key: Annotated[str, typer.Argument(help="The telephone key, 1 to 7.")]) -> None:
    """Take a district away.

    Example: lianxin district remove 4
    """
    from orders.districts import remove_district

    with books() as (session, _):
        place = remove_district(session, key)
    print(f"District {place.key} {place.name} is gone.")
