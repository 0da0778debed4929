"""Starting and stopping one Asterisk."""

import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from ivr.prompts.catalogue import SHIPPED
from lianxin.asterisk.configuration import Wiring, write_configuration
from lianxin.asterisk.errors import AsteriskNotUp, SettingUnfit
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import LOOPBACK, Ports
from lianxin.asterisk.process import BREATH, Note, end, kill, running_server, write_note
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.secrets import kept_secret
from lianxin.settings import Settings

ARI_USER = "lianxin"
TRIAL_USER = "trial"
PORT_PATIENCE = 1.0
"""Seconds that ports may still be in use at a start."""


class AsteriskServer:
    """One Asterisk with folders and ports of its own; any number run side by side.

    As a context manager it is started, and stopped again.
    """

    def __init__(
        self,
        program: AsteriskProgram,
        folder: Path,
        ports: Ports,
        prompts: Path,
        *,
        own_prompts: Path | None = None,
        trunk_address: str = "",
        external_address: str = "",
        keys: str = "auto",
        tls_certificate: Path | None = None,
        srtp: bool = False,
        more_dialplan: str = "",
        outgoing: bool = False,
    ) -> None:
        """Keep everything below `folder`, the var folder. What the others mean is said in Wiring."""
        self.program = program
        self.layout = Layout(folder.expanduser().absolute())
        self.ports = ports
        own = own_prompts.expanduser().absolute() if own_prompts else None
        shipped = prompts.expanduser().absolute()
        self._wiring = Wiring(
            ports, shipped, own, trunk_address, external_address, keys,
            tls_certificate=tls_certificate, srtp=srtp, more_dialplan=more_dialplan, outgoing=outgoing,
        )  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process that runs; 0 when none does."""
        note = self._note()
        return note.pid if note else 0

    @property
    def ari_url(self) -> str:
        """Where ARI answers, e.g. `http://127.0.0.1:8088/ari`."""
        return f"http://{LOOPBACK}:{self.ports.http}/ari"

    @property
    def ari_password(self) -> str:
        """Password of the user `lianxin`."""
        return kept_secret(self.layout.secrets, "ari")

    @property
    def trial_password(self) -> str:
        """Password of the SIP endpoint `trial`, which is there when no trunk is set."""
        return kept_secret(self.layout.secrets, "trial")

    def start(self, limit: float = 30.0) -> None:
        """Start it and wait until it takes calls and ARI answers; done at once when it runs.

        It runs on when this process ends. Raises PortInUse, AsteriskNotUp when it ends early or is not up after
        `limit` seconds, and what write_configuration raises.
        """
        if note := self._note():
            if note.ports != self.ports:
                raise AsteriskNotUp(
                    f"Asterisk runs already, but on other ports (SIP {note.ports.sip}, HTTP {note.ports.http}); "
                    "stop it first: lianxin asterisk stop"
                )
            return
        self._wait_for_ports()
        try:
            modules = write_configuration(self.program, self.layout, self._wiring)
        except OSError as error:
            raise SettingUnfit(f"{error.filename} can not be written ({error.strerror}); set var elsewhere") from error
        with (self.layout.log / "start.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*self.program.command, "-f", "-n", "-C", str(self.layout.configuration / "asterisk.conf")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.program.environment(),
                cwd=self.layout.run,
                start_new_session=True,
            )
        prompts = str(self._wiring.prompts)
        write_note(self.layout, Note(self._process.pid, self.program.version, prompts, self.ports))
        try:
            self._wait_until_up(modules, time.monotonic() + limit, limit)
        except BaseException:  # Ctrl-C as well: nothing may stay behind
            self.kill()
            raise

    def stop(self, limit: float = 10.0) -> bool:
        """Stop it, hanging up whoever is on the line; by force after `limit` seconds. False when it took force."""
        note = self._note()
        return end(self.layout, note.pid, limit) if note else True

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if note := self._note():
            kill(self.layout, note.pid)

    def running(self) -> bool:
        """Whether it runs, whoever started it."""
        return self._note() is not None

    def _note(self) -> Note | None:
        if self._process is not None:
            self._process.poll()  # so that one of ours that ended does not linger as a zombie
        return running_server(self.layout)

    def _wait_for_ports(self) -> None:
        """One that was just killed holds its ports a moment longer than it can be seen to live."""
        deadline = time.monotonic() + PORT_PATIENCE
        while self.ports.in_use() and time.monotonic() < deadline:
            time.sleep(BREATH)
        self.ports.check()

    def _wait_until_up(self, modules: list[str], deadline: float, limit: float) -> None:
        with httpx.Client(auth=(ARI_USER, self.ari_password), trust_env=False, timeout=2.0) as client:
            while not self._up(client, modules):
                if self._process is not None and self._process.poll() is not None:
                    raise AsteriskNotUp(f"Asterisk ended at its start ({self._last_word()}); see {self.layout.log}")
                if time.monotonic() > deadline:
                    raise AsteriskNotUp(
                        f"Asterisk was not up after {limit:g} s ({self._last_word()}); see {self.layout.log}"
                    )
                time.sleep(BREATH)

    def _up(self, client: httpx.Client, modules: list[str]) -> bool:
        """Whether every module runs and every port is listened on."""
        try:
            answer = client.get(f"{self.ari_url}/asterisk/modules")
        except httpx.TransportError:
            return False
        if answer.status_code != httpx.codes.OK:
            return False
        running = {module["name"] for module in answer.json() if module["status"] == "Running"}
        return running.issuperset(modules) and self.ports.listening()

    def _last_word(self) -> str:
        """The last line that Asterisk logged or printed."""
        for name in ("messages.log", "start.log"):
            path = self.layout.log / name
            lines = path.read_text(errors="replace").splitlines() if path.is_file() else []
            if lines := [" ".join(line.split()) for line in lines if line.strip()]:
                return lines[-1][:300]
        return "it said nothing"


def server_of(settings: Settings, program: AsteriskProgram) -> AsteriskServer:
    """The server that the settings describe, playing the prompts that we ship. Raises SettingUnfit."""
    return AsteriskServer(
        program,
        settings.var,
        Ports.of_settings(settings.asterisk),
        SHIPPED,
        own_prompts=settings.ivr.prompts,
        trunk_address=settings.asterisk.trunk_address,
        external_address=settings.asterisk.external_address,
        tls_certificate=settings.asterisk.tls_certificate,
        srtp=settings.asterisk.srtp,
        keys=settings.asterisk.keys,
        outgoing=bool(settings.callback.trunk),
    )
