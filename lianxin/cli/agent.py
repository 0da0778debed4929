"""`lianxin agent`: who answers calls, at which telephone."""

from typing import Annotated

import typer

app = typer.Typer(help="Who answers calls, at which telephone.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A user of the console.")]


@app.callback()
def _agent() -> None:
    """Who answers calls, at which telephone."""


@app.command()
def add(
    name: Name,
    extension: Annotated[str, typer.Option(help="2 to 8 digits; the next free one when not given.")] = "",
) -> None:
    """Give a user a telephone, and print with what it registers. A running Asterisk knows it at once.

    Example: lianxin agent add 王芳
    """
    from datetime import UTC, datetime

    from lianxin.asterisk.agents import make_account, tell_asterisk
    from lianxin.asterisk.layout import Layout
    from lianxin.asterisk.secrets import kept_secret
    from lianxin.compose import open_archive, var_of
    from lianxin.settings import Settings
    from recordings.agents import add_agent
    from recordings.tables import Audit

    settings = Settings()
    archive, layout = open_archive(settings), Layout(var_of(settings))
    with archive.session() as session:
        agent = add_agent(session, name, datetime.now(UTC), extension)
        account = make_account(layout, agent.extension)
        session.add(Audit(at=datetime.now(UTC), action="agent-added", target=name.strip()))
    archive.close()
    known = tell_asterisk(layout, settings.asterisk.http_port, kept_secret(layout.secrets, "ari"))
    print(f"{name} answers at extension {account.extension}. The telephone registers with:")
    print(f"  server    this machine, port {settings.asterisk.sip_port}, UDP or TCP")
    print(f"  user      {account.extension}")
    print(f"  password  {account.password}")
    print("Asterisk knows it already." if known else "Asterisk knows it as soon as it runs.")


@app.command("list")
def list_agents() -> None:
    """Show the agents, their extensions, and what they are doing.

    Example: lianxin agent list
    """
    from rich.console import Console
    from rich.table import Table

    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.agents import agents

    archive = open_archive(Settings(), create=False)
    table = Table("agent", "extension", "state", "reason", "in a call")
    with archive.reading() as session:
        for agent in agents(session):
            in_call = "yes" if agent.call_id else ""
            table.add_row(agent.user.name, agent.extension, agent.state, agent.reason, in_call)
    archive.close()
    Console().print(table if table.row_count else "There are no agents; make one with: lianxin agent add NAME")


@app.command()
def remove(name: Name) -> None:
    """Take a user's telephone away. The user may still sign in to the console.

    Example: lianxin agent remove 王芳
    """
    from lianxin.asterisk.agents import drop_account, tell_asterisk
    from lianxin.asterisk.layout import Layout
    from lianxin.asterisk.secrets import kept_secret
    from lianxin.compose import open_archive, var_of
    from lianxin.settings import Settings
    from recordings.agents import remove_agent

    settings = Settings()
    archive, layout = open_archive(settings, create=False), Layout(var_of(settings))
    with archive.session() as session:
        extension = remove_agent(session, name)
    archive.close()
    drop_account(layout, extension)
    tell_asterisk(layout, settings.asterisk.http_port, kept_secret(layout.secrets, "ari"))
    print(f"{name} has no telephone any more; extension {extension} is free.")
