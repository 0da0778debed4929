"""The agents' telephones, as Asterisk knows them: one password file each, and the configuration made of these."""

from dataclasses import dataclass
from pathlib import Path

import httpx

from lianxin.asterisk.layout import Layout
from lianxin.asterisk.secrets import kept_secret

FOLDER = "agents"


@dataclass(frozen=True, slots=True)
class AgentAccount:
    """With what a telephone registers."""

    extension: str
    password: str


def agent_accounts(layout: Layout) -> list[AgentAccount]:
    """The telephones that may register, by extension."""
    folder = layout.secrets / FOLDER
    names = sorted(file.name for file in folder.glob("[0-9]*")) if folder.is_dir() else []
    return [AgentAccount(name, kept_secret(folder, name)) for name in names]


def make_account(layout: Layout, extension: str) -> AgentAccount:
    """Let a telephone register; its password is made at the first call."""
    return AgentAccount(extension, kept_secret(layout.secrets / FOLDER, extension))


def drop_account(layout: Layout, extension: str) -> None:
    """Let a telephone register no more, once Asterisk has read its configuration again."""
    (layout.secrets / FOLDER / extension).unlink(missing_ok=True)


def tell_asterisk(layout: Layout, http_port: int, password: str) -> bool:
    """Have a running Asterisk read its agents again; calls go on. Whether one runs."""
    from lianxin.asterisk.configuration import write_agents

    if not layout.configuration.is_dir():
        return False
    write_agents(layout)
    address = f"http://127.0.0.1:{http_port}/ari/asterisk/modules/res_pjsip.so"
    try:
        answer = httpx.put(address, auth=("lianxin", password), timeout=10, trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.is_success


def music_folder(layout: Layout, music: Path) -> None:
    """Put the waiting music where Asterisk looks for it."""
    for old in layout.music.iterdir():
        old.unlink()
    (layout.music / music.name).symlink_to(music)
