"""A hotline for the demonstration alone: free ports, a folder of its own, the same parts as the real one."""

import os
import shutil
import socket
from pathlib import Path

from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import Ports
from lianxin.settings import Settings


def set_stage(settings: Settings) -> Settings:
    """Sweep `<var>/demo` clean and give the settings of a hotline that lives there, on ports that are free.

    They are set in this process's environment, which the parts' processes inherit.
    """
    var = settings.var.expanduser().absolute()
    demo = var / "demo"
    shutil.rmtree(demo, ignore_errors=True)
    layout = Layout(demo)
    layout.root.parent.mkdir(parents=True)
    layout.root.symlink_to(Layout(var).root)
    ports = Ports.free()
    os.environ.update(
        {
            "LIANXIN_VAR": str(demo),
            "LIANXIN_DATABASE": "",
            "LIANXIN_STORE": "",
            "LIANXIN_BROKER": "",
            "LIANXIN_ASTERISK__SIP_ADDRESS": ports.sip_address,
            "LIANXIN_ASTERISK__SIP_PORT": str(ports.sip),
            "LIANXIN_ASTERISK__HTTP_PORT": str(ports.http),
            "LIANXIN_ASTERISK__RTP_START": str(ports.rtp_start),
            "LIANXIN_ASTERISK__RTP_END": str(ports.rtp_end),
            "LIANXIN_ASTERISK__TRUNK_ADDRESS": "",
            "LIANXIN_WEB__HOST": "127.0.0.1",
            "LIANXIN_WEB__PORT": str(_free_port()),
        }
    )
    return Settings()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def report_file(settings: Settings) -> Path:
    """Where the demonstration leaves its report."""
    return settings.var.expanduser().absolute() / "report.json"
