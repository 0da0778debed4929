"""The machine's own package sources, as apt's files name them: from there, and from nowhere else, Asterisk is fetched.

The formats are those of sources.list(5): one line a source (`*.list`), or stanzas of fields (`*.sources`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

APT = Path("/etc/apt")
KEYRINGS = Path("/usr/share/keyrings")
KEPT_OPTIONS = ("Signed-By", "Trusted", "Allow-Insecure", "Check-Valid-Until", "Check-Date")
"""Options that say how far a mirror is trusted; they hold for another suite of the same mirror as well."""


@dataclass(frozen=True)
class Source:
    """One place of binary packages: a mirror and one of its suites."""

    uri: str
    suite: str
    components: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)
    """By their deb822 names, e.g. `Signed-By`; a value may have several lines (a key written out)."""

    def stanza(self, architecture: str) -> str:
        """The source as deb822, for packages of one architecture."""
        fields = {"Types": "deb", "URIs": self.uri, "Suites": self.suite, "Components": " ".join(self.components)}
        fields |= {"Architectures": architecture, "Languages": "none"}
        fields |= {name: value for name, value in self.options.items() if name in KEPT_OPTIONS}
        return "".join(f"{name}: {value}\n" for name, value in fields.items())


def read_sources(apt: Path = APT) -> list[Source]:
    """Every enabled source of binary packages in apt's files, in apt's own order. Unreadable files are passed over."""
    files = [apt / "sources.list"]
    files += sorted(path for path in (apt / "sources.list.d").glob("*") if path.suffix in {".list", ".sources"})
    found: list[Source] = []
    for path in files:
        try:
            text = path.read_text(errors="replace")
        except OSError:
            continue
        found += _stanzas(text) if path.suffix == ".sources" else _lines(text)
    return found


def debian_mirrors(sources: list[Source], keyrings: Path = KEYRINGS) -> list[Source]:
    """Debian's unstable suite, on each mirror of Debian among the sources, the likeliest first.

    Left out are the security archive, which has no such suite, and whatever is signed by another's key. A source that
    names no key gets Debian's own keyring where it is installed, so that a stranger's archive can not pass for Debian.
    """
    keyring = next(iter(sorted(keyrings.glob("debian-archive-keyring.[gp][gp][gp]"))), None)
    likely: list[Source] = []
    unlikely: list[Source] = []
    for source in sources:
        path = urlsplit(source.uri).path.rstrip("/")
        key = source.options.get("Signed-By", "")
        debian_path = path.endswith("/debian") or source.uri.startswith("mirror")
        debian_key = "debian-archive-" in key
        if "main" not in source.components or "security" in source.suite or path.endswith("-security"):
            continue
        if source.uri.startswith("cdrom:") or any(source.uri == other.uri for other in likely + unlikely):
            continue
        if key and not debian_key and not debian_path:
            continue
        options = dict(source.options)
        if not key and keyring and options.get("Trusted", "no") != "yes":
            options["Signed-By"] = str(keyring)
        (likely if debian_key or debian_path else unlikely).append(Source(source.uri, "sid", ("main",), options))
    return likely + unlikely


def _lines(text: str) -> Iterator[Source]:
    """Sources written one a line: `deb [option=value …] uri suite component …`."""
    for line in text.splitlines():
        found = re.match(r"deb\s+(?:\[([^]]*)\]\s*)?(\S+)\s+(\S+)([^#]*)", line.strip())
        if found:
            options = dict(re.findall(r"(\S+?)=(\S+)", found[1] or ""))
            named = {name.title(): value for name, value in options.items()}
            yield Source(found[2], found[3], tuple(found[4].split()), named)


def _stanzas(text: str) -> Iterator[Source]:
    """Sources written as stanzas; each names types, addresses and suites, and all combinations are meant."""
    for stanza in re.split(r"\n\s*\n", text):
        fields: dict[str, str] = {}
        name = ""
        for line in stanza.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in " \t":
                fields[name] = f"{fields.get(name, '')}\n{line.rstrip()}"
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().title()
                fields[name] = value.strip()
        if "deb" not in fields.get("Types", "").split() or fields.get("Enabled", "yes").lower() in {"no", "false"}:
            continue
        components = tuple(fields.get("Components", "").split())
        for uri in fields.get("Uris", "").split():
            for suite in fields.get("Suites", "").split():
                yield Source(uri, suite, components, fields)
