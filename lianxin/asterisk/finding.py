"""Which Asterisk is used: the one in the settings, else one on PATH, else the one that was fetched."""

import os
import re
import shutil
from pathlib import Path

from lianxin.asterisk.errors import AsteriskError, AsteriskMissing, AsteriskUnusable
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.program import AsteriskProgram, examine
from lianxin.settings import Settings

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Where Asterisk's binary is installed; an ordinary user's PATH often lacks them."""

NAME_ANOTHER = "name another in asterisk.binary (LIANXIN_ASTERISK__BINARY), or leave it empty"
FETCH = "run `lianxin asterisk install`"


def find_asterisk(settings: Settings) -> AsteriskProgram:
    """The Asterisk to use.

    One named in the settings must do: AsteriskMissing, AsteriskTooOld or AsteriskUnusable otherwise. One on PATH that
    does not do is passed over for a fetched one; with neither, the error says what was wrong with the one on PATH.
    """
    if settings.asterisk.binary is not None:
        binary = settings.asterisk.binary.expanduser()
        if not binary.is_file():
            raise AsteriskMissing(f"asterisk.binary names {binary}, which is not there; {NAME_ANOTHER}")
        return installed_asterisk(binary, NAME_ANOTHER)
    passed_over: AsteriskError | None = None
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    if on_path := shutil.which("asterisk", path=path):
        try:
            return installed_asterisk(Path(on_path), FETCH)
        except AsteriskError as error:
            passed_over = error
    if fetched := fetched_asterisk(Layout(settings.var.expanduser().absolute()).root):
        return fetched
    raise passed_over or AsteriskMissing(
        f"There is no Asterisk; {FETCH}, or name one ≥ 20 in asterisk.binary (LIANXIN_ASTERISK__BINARY)"
    )


def installed_asterisk(binary: Path, mend: str) -> AsteriskProgram:
    """The Asterisk whose binary is given, with the modules that were installed beside it."""
    prefix = binary.resolve().parent.parent
    configured = _configured(prefix / "etc" if prefix != Path("/usr") else Path("/etc"))
    modules = [configured.get("astmoddir"), *sorted(prefix.glob("lib*/asterisk/modules"))]
    modules += sorted(prefix.glob("lib*/*/asterisk/modules"))
    data = [configured.get("astdatadir"), prefix / "share/asterisk", prefix / "var/lib/asterisk", "/var/lib/asterisk"]
    chosen = _first_with("chan_pjsip.so", modules) or prefix / "lib/asterisk/modules"
    return examine([str(binary)], chosen, _first_with("documentation", data) or prefix / "share/asterisk", mend)


def fetched_asterisk(root: Path) -> AsteriskProgram | None:
    """The Asterisk unpacked in `root`, run by its own loader and libraries; None when there is none."""
    binary = root / "usr/sbin/asterisk"
    if not binary.is_file():
        return None
    modules = _first_with("chan_pjsip.so", sorted(root.glob("usr/lib/*/asterisk/modules")))
    loader = next(iter(sorted([*root.glob("usr/lib/*/ld-linux*.so.*"), *root.glob("lib/*/ld-linux*.so.*")])), None)
    if modules is None or loader is None:
        raise AsteriskUnusable(f"{root} is not whole; {FETCH}")
    triplet = modules.parent.parent.name
    folders = [root / "usr/lib" / triplet, root / "lib" / triplet, root / "usr/lib", root / "lib"]
    libraries = ":".join(str(folder) for folder in folders if folder.is_dir())
    command = [str(loader), "--library-path", libraries, str(binary)]
    return examine(command, modules, root / "usr/share/asterisk", FETCH)


def _configured(etc: Path) -> dict[str, str]:
    """The folders that the Asterisk's own asterisk.conf names, if it can be read."""
    try:
        text = (etc / "asterisk/asterisk.conf").read_text(errors="replace")
    except OSError:
        return {}
    return dict(re.findall(r"^\s*(ast\w+dir)\s*=>?\s*([^;\n]*[^;\s])", text, re.MULTILINE))


def _first_with(name: str, folders: list[str | Path | None] | list[Path]) -> Path | None:
    """The first of the folders that holds `name`."""
    return next((Path(folder) for folder in folders if folder and (Path(folder) / name).exists()), None)
