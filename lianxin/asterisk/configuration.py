"""Writing Asterisk's configuration from the templates in config/asterisk/."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lianxin.asterisk.agents import agent_accounts, music_folder
from lianxin.asterisk.certificate import check_certificate
from lianxin.asterisk.errors import AsteriskUnusable, PromptAbsent, SettingUnfit
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.secrets import kept_secret
from lianxin.places import CONFIG

TEMPLATES = CONFIG / "asterisk"
FALLBACK_PROMPTS = ("system.apology", "tone.beep", "system.received")
"""What the dialplan itself plays when the controller is away."""
MUSIC = "queue.music"
"""What Asterisk itself plays to whoever waits."""

MEANINGFUL = set(';,&|"\\${}[]\n\r')
"""Characters that mean something to Asterisk's configuration or dialplan, so that no folder may contain them."""


@dataclass(frozen=True)
class Wiring:
    """What a configuration is made of, besides the program and its folders."""

    ports: Ports
    prompts: Path
    """Folder of the prompts that we ship, `<id>.wav`."""
    own_prompts: Path | None = None
    """Folder of the utility's own recordings, which win over ours."""
    trunk_address: str = ""
    """Hosts or networks of the SIP trunk, with commas between; none: the trial endpoint instead."""
    external_address: str = ""
    """Address that the trunk sees, when this machine is behind NAT."""
    keys: str = "auto"
    """How keys arrive: auto (RFC 4733 where it is offered, tones elsewhere) | rfc4733 | tones."""
    tls_certificate: Path | None = None
    """PEM file with certificate chain and private key, for SIP over TLS."""
    srtp: bool = False
    """Whether speech must be encrypted."""
    more_dialplan: str = ""
    """Text that is put at the end of extensions.conf: what a benchmark compares the hotline with."""
    outgoing: bool = False
    """Whether residents may be called back."""


def write_configuration(program: AsteriskProgram, layout: Layout, wiring: Wiring) -> list[str]:
    """Write every file of the configuration, readable by its owner alone; returns the modules that it loads.

    Raises SettingUnfit, PromptAbsent, and AsteriskUnusable when the program lacks a module.
    """
    for folder in (
        layout.run, layout.control, program.modules, wiring.prompts, wiring.own_prompts, wiring.tls_certificate,
    ):  # fmt: skip
        if folder and MEANINGFUL & set(str(folder)):
            bad = "".join(sorted(MEANINGFUL & set(str(folder)))).replace("\n", "\\n").replace("\r", "\\r")
            raise SettingUnfit(f"{str(folder)!r} contains {bad}, which Asterisk can not have; use another folder")
    for name in ("trunk_address", "external_address"):
        if not re.fullmatch(r"[A-Za-z0-9.:/, _\[\]-]*", value := getattr(wiring, name)):
            raise SettingUnfit(f"asterisk.{name} is {value!r}; give host names or addresses with commas between")
    layout.make()
    _link(layout.data / "documentation", program.data / "documentation")
    available = {path.name for path in program.modules.glob("*.so")}
    values = {
        "program": program,
        "layout": layout,
        "ports": wiring.ports,
        "prompts": {name: _prompt(wiring, name) for name in FALLBACK_PROMPTS},
        "trunk_address": wiring.trunk_address.strip(),
        "external_address": wiring.external_address.strip(),
        "keys": {"tones": "inband"}.get(wiring.keys, wiring.keys),
        "tls_certificate": check_certificate(wiring.tls_certificate, srtp=wiring.srtp),
        "srtp": wiring.srtp,
        "more_dialplan": wiring.more_dialplan,
        "outgoing": wiring.outgoing,
        "available": available,
        "agents": agent_accounts(layout),
        "ari_password": kept_secret(layout.secrets, "ari"),
        "trial_password": kept_secret(layout.secrets, "trial"),
    }
    templates = _templates()
    rendered = {name: templates.get_template(name).render(values) for name in templates.list_templates()}
    modules = re.findall(r"^require\s*=\s*(\S+)", rendered["modules.conf"], re.MULTILINE)
    if lacking := [module for module in modules if module not in available]:
        raise AsteriskUnusable(
            f"{program.command[-1]} lacks {', '.join(lacking)} in {program.modules}; install all of its modules, "
            "or name another Asterisk in asterisk.binary (LIANXIN_ASTERISK__BINARY)"
        )
    for path in layout.configuration.glob("*.conf"):
        path.unlink()
    for name, text in rendered.items():
        _write(layout.configuration / name, text)
    music_folder(layout, _prompt(wiring, MUSIC).with_name(f"{MUSIC}.wav"))
    return modules


def write_agents(layout: Layout) -> None:
    """Write the part that names the agents' telephones anew."""
    text = _templates().get_template("agents.conf").render(agents=agent_accounts(layout))
    _write(layout.configuration / "agents.conf", text)


def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _write(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


def _prompt(wiring: Wiring, name: str) -> Path:
    """A prompt as the dialplan names it: its path without the ending."""
    for folder in (wiring.own_prompts, wiring.prompts):
        if folder and (folder / f"{name}.wav").is_file():
            return folder / name
    raise PromptAbsent(f"{wiring.prompts / name}.wav is not there; run `lianxin prompts check`")


def _link(link: Path, target: Path) -> None:
    """Make or renew a symbolic link."""
    link.unlink(missing_ok=True)
    link.symlink_to(target)
