"""The folder of fetched packages and the manifest that says they are whole."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Package:
    """One package in the cache."""

    file: str
    name: str
    version: str
    sha256: str


def whole_packages(folder: Path, report: Callable[[int, int], None]) -> list[Path] | None:
    """The packages that the folder's manifest lists, if each is there with its sha-256; None otherwise.

    A package whose content is another's is removed, so that it is fetched again. `report` gets done and total.
    """
    try:
        listed = [Package(**entry) for entry in json.loads((folder / MANIFEST).read_text())["packages"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    paths = [folder / package.file for package in listed]
    whole = bool(listed)
    for done, (package, path) in enumerate(zip(listed, paths, strict=True), start=1):
        if not path.is_file():
            whole = False
        elif sha256_of(path) != package.sha256:
            path.unlink()
            whole = False
        report(done, len(listed))
    return paths if whole else None


def write_manifest(folder: Path, files: list[str], origin: str) -> list[Path]:
    """Write down the files that apt has just fetched and checked, and remove any other package from the folder.

    Written last and whole: a folder with a manifest is a folder that was complete. Returns the packages' paths.
    """
    packages = []
    for file in sorted(files):
        name, version, _ = file.removesuffix(".deb").split("_")
        packages.append(Package(file, name, unquote(version), sha256_of(folder / file)))
    content = {"origin": origin, "packages": [asdict(package) for package in packages]}
    draft = folder / f"{MANIFEST}.new"
    draft.write_text(json.dumps(content, indent=1) + "\n")
    draft.replace(folder / MANIFEST)
    for path in folder.glob("*.deb"):
        if path.name not in files:
            path.unlink()
    return [folder / package.file for package in packages]


def sha256_of(path: Path) -> str:
    """The file's sha-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
