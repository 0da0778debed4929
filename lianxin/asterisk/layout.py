"""Which folder of Asterisk's lies where, below the var folder."""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lianxin.asterisk.errors import SettingUnfit

SOCKET_PATH_LIMIT = 107
"""Longest path of a Unix socket in bytes: sun_path has 108 with its closing zero (unix(7))."""


@dataclass(frozen=True)
class Layout:
    """The folders of one Asterisk; `var` is absolute."""

    var: Path

    @property
    def root(self) -> Path:
        """Where fetched packages are unpacked."""
        return self.var / "asterisk" / "root"

    @property
    def run(self) -> Path:
        """Everything that belongs to the running server."""
        return self.var / "asterisk" / "run"

    @property
    def secrets(self) -> Path:
        """Generated passwords, one a file: `ari`, `trial`, and those of the agents in `agents`."""
        return self.var / "secrets"

    @property
    def configuration(self) -> Path:
        """The rendered configuration; written anew at every start."""
        return self.run / "etc"

    @property
    def state(self) -> Path:
        """Asterisk's own small database."""
        return self.run / "state"

    @property
    def data(self) -> Path:
        """Stands for /usr/share/asterisk; holds a link to its documentation, which the modules read at start."""
        return self.run / "data"

    @property
    def music(self) -> Path:
        """What callers hear while they wait: links to sound files."""
        return self.run / "music"

    @property
    def spool(self) -> Path:
        """Parent of the recordings."""
        return self.run / "spool"

    @property
    def recordings(self) -> Path:
        """Where ARI's recordings grow: `<name>.wav`."""
        return self.spool / "recording"

    @property
    def fallback(self) -> Path:
        """Messages left while the controller was away: `<id>.txt`, `<id>.wav`, `<id>.done`."""
        return self.run / "fallback"

    @property
    def log(self) -> Path:
        """Folder of `messages.log` (warnings and errors) and `start.log` (what was printed at the start)."""
        return self.run / "log"

    @property
    def note(self) -> Path:
        """What we know of the running server: its pid, ports and version (JSON)."""
        return self.run / "server.json"

    @property
    def control(self) -> Path:
        """Folder of the control socket; in the system's temporary folder if ours is too deep for a socket's path."""
        own = self.run / "control"
        if len(os.fsencode(own / "asterisk.ctl")) <= SOCKET_PATH_LIMIT:
            return own
        mark = hashlib.sha256(os.fsencode(own)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"lianxin-{os.getuid()}-{mark}"

    def make(self) -> None:
        """Make the running server's folders, for their owner alone (mode 0700); what is in them stays.

        Raises SettingUnfit when the control folder is another user's.
        """
        for folder in (
            self.run,
            self.configuration,
            self.state,
            self.data,
            self.music,
            self.recordings,
            self.fallback,
            self.log,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        self.run.chmod(0o700)
        self.control.mkdir(exist_ok=True, mode=0o700)
        found = self.control.lstat()  # in a temporary folder anyone could have been there first
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise SettingUnfit(f"{self.control} belongs to someone else; remove it, or use a shorter path for var")
        self.control.chmod(0o700)

    def drop_control(self) -> None:
        """Remove the control folder if it is in the system's temporary folder, once the server has ended."""
        if not self.control.is_relative_to(self.run):
            shutil.rmtree(self.control, ignore_errors=True)
