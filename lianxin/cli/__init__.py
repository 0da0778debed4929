"""The `lianxin` command: every subcommand in its own file, and one edge where errors become a line and an exit code."""

import sys
from typing import Annotated

import typer

from lianxin import __version__
from lianxin.cli import (
    account,
    agent,
    asterisk,
    audit,
    audit_log,
    bench,
    call,
    callback,
    case,
    classify,
    controller,
    customers,
    demo,
    district,
    doctor,
    edge,
    evaluate,
    hook,
    menu,
    model,
    outage,
    prompts,
    purge,
    redact,
    retranscribe,
    rules,
    search,
    set_aside,
    token,
    train,
    transcribe,
    up,
    user,
    vocabulary,
    web,
    worker,
)

app = typer.Typer(
    name="lianxin",
    help="连心热线: a residents' hotline for an electricity utility. `lianxin doctor` checks an installation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    up.up, controller.controller, worker.worker, web.web, call.call, callback.callback, transcribe.transcribe,
    classify.classify, evaluate.evaluate, redact.redact, audit.audit, account.account, purge.purge, doctor.doctor,
    demo.demo, train.train,
    retranscribe.retranscribe,
):  # fmt: skip
    app.command()(command)
for name, group in (
    ("agent", agent.app),
    ("asterisk", asterisk.app),
    ("audit-log", audit_log.app),
    ("bench", bench.app),
    ("case", case.app),
    ("customers", customers.app),
    ("district", district.app),
    ("hook", hook.app),
    ("menu", menu.app),
    ("model", model.app),
    ("outage", outage.app),
    ("prompts", prompts.app),
    ("rules", rules.app),
    ("search", search.app),
    ("set-aside", set_aside.app),
    ("token", token.app),
    ("user", user.app),
    ("vocabulary", vocabulary.app),
):
    app.add_typer(group, name=name)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lianxin {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command; a known error is one line on stderr and exit code 2, never a traceback."""
    sys.exit(edge.run(app))
