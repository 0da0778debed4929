"""What `lianxin doctor` looks at: each part of an installation, and how to mend what is wrong with it."""

import shutil
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import httpx

from lianxin.errors import known_errors
from lianxin.settings import Settings

State = Literal["well", "note", "wrong"]

LEAST_SPACE = 1_000_000_000
"""Bytes that should be free for recordings: 17 hours of one leg at 16,000 bytes a second."""
FRESH = 15.0
"""Seconds for which a process's sign of life counts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part."""

    part: str
    state: State
    says: str
    """A sentence; for what is wrong it names the mend."""


def examine(settings: Settings, without: Collection[str] = ()) -> Iterator[Finding]:
    """Look at every part, one after the other, but for those named in `without`. Makes nothing: a machine is found as
    it was."""
    checks: list[tuple[str, Callable[[Settings], Iterator[Finding]]]] = [
        ("asterisk", _asterisk),
        ("privacy", _privacy),
        ("secrets", _secrets),
        ("menu and prompts", _menu_and_prompts),
        ("model", _model),
        ("triage", _triage),
        ("disk", _disk),
        ("database and store", _archive),
        ("key", _key),
        ("console", _console),
        ("softphone", _softphone),
    ]
    for part, check in checks:
        if part in without:
            continue
        try:
            yield from check(settings)
        except OSError as error:
            thing = error.filename or part
            yield Finding(part, "wrong", f"{thing}: {error.strerror or error}; mend that and look again")
        except known_errors() as error:
            yield Finding(part, "wrong", str(error))


def _asterisk(settings: Settings) -> Iterator[Finding]:
    from lianxin.asterisk.finding import find_asterisk

    program = find_asterisk(settings)
    yield Finding("asterisk", "well", f"Asterisk {program.version}")
    address = f"http://127.0.0.1:{settings.asterisk.http_port}/ari/asterisk/info"
    secret = settings.var.expanduser() / "secrets" / "ari"
    password = secret.read_text().strip() if secret.exists() else ""
    try:
        answer = httpx.get(address, auth=("lianxin", password), timeout=3, trust_env=False)
    except httpx.HTTPError:
        yield Finding("telephone", "note", "Asterisk is not running; start all with: lianxin up")
        return
    if answer.status_code == 401:
        mend = f"stop that one, or set asterisk.http_port; ours has its password in {secret}"
        yield Finding("telephone", "wrong", f"another Asterisk answers on port {settings.asterisk.http_port}; {mend}")
    else:
        yield Finding("telephone", "well", f"Asterisk answers; SIP on port {settings.asterisk.sip_port}")


def _privacy(settings: Settings) -> Iterator[Finding]:
    folder = settings.var.expanduser().absolute()
    if not folder.exists():
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        mend = f"run: chmod -R go-rwx {folder}"
        yield Finding("privacy", "wrong", f"others on this machine may look into {folder}, which holds calls; {mend}")
    else:
        yield Finding("privacy", "well", f"{folder} is for its owner alone")


def _secrets(settings: Settings) -> Iterator[Finding]:
    folder = settings.var.expanduser() / "secrets"
    files = sorted(file for file in folder.glob("*") if file.is_file()) if folder.is_dir() else []
    open_ones = [file for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]
    for file in open_ones:
        yield Finding("secrets", "wrong", f"{file} can be read by others; run: chmod 600 {file}")
    if not open_ones:
        yield Finding("secrets", "well", f"{len(files)} in {folder}, for their owner alone")


def _menu_and_prompts(settings: Settings) -> Iterator[Finding]:
    from lianxin.menu_in_use import load_menu_book
    from lianxin.menu_notes import menu_notes
    from lianxin.telephony import load_prompts

    prompts = load_prompts(settings)
    book = load_menu_book(settings, prompts)
    yield Finding("prompts", "well", f"{len(prompts.prompts)} prompts, each with audio that can be played")
    flows = len(book.scripts) + len(book.announcements)
    yield Finding("menu", "well", f"{len(book.menus)} menu(s), {flows} flows")
    for note in menu_notes(book, prompts):
        yield Finding("menu", "note", note)


def _model(settings: Settings) -> Iterator[Finding]:
    from asr.model_folder import look_into
    from asr.models import resolve_model
    from lianxin.compose import load_engine, var_of
    from lianxin.engines import at_once, later, said_in_console
    from lianxin.menu_in_use import load_menu_book
    from lianxin.telephony import load_prompts

    said = said_in_console(settings)
    now = at_once(settings, said).models
    for model in now:
        engine = load_engine(settings, model)
        if engine.trial:
            mend = "install an official one: lianxin model install vosk-model-small-cn-0.22"
            yield Finding("model", "note", f"{engine.name} is for TRIAL only: it hears real people poorly; {mend}")
        else:
            yield Finding("model", "well", f"{engine.name}, {engine.sample_rate} Hz")
    for model in later(settings, said).models:
        if model not in now:  # a large one is not loaded beside what runs
            found = look_into(resolve_model(model, var_of(settings) / "models"))
            yield Finding("model", "well", f"{found.name}, {found.sample_rate} Hz, to hear again")
    named = {*settings.asr.models_by_flow, *settings.asr.second_models_by_flow}
    flows = load_menu_book(settings, load_prompts(settings)).names if named else ()
    for flow in sorted(named.difference(flows)):
        mend = f"name one of {', '.join(flows)}"
        yield Finding("model", "wrong", f"[asr] names a model for {flow!r}, and the menu has no such flow; {mend}")


def _triage(settings: Settings) -> Iterator[Finding]:
    from triage.classifier import Classifier

    verdict = Classifier.trained().classify("我们家停电了")
    yield Finding("triage", "well", f"trained; a test sentence was taken for {verdict.category}")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.var.expanduser().absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    state: State = "well" if free >= LEAST_SPACE else "wrong"
    mend = "" if state == "well" else "; make room, or move `var` to a larger disk"
    yield Finding("disk", state, f"{free / 1e9:.0f} GB free for {Path(settings.var)}{mend}")


def _archive(settings: Settings) -> Iterator[Finding]:
    from lianxin.compose import open_archive
    from recordings.accounting import account
    from recordings.errors import DatabaseMissing
    from recordings.tables import Heartbeat

    try:
        archive = open_archive(settings, create=False)
    except DatabaseMissing:
        yield Finding("database", "note", "there is none yet; the first start makes it: lianxin up")
        return
    now = datetime.now(UTC)
    try:
        with archive.reading() as session:
            beats = {beat.name: beat.seen_at for beat in session.query(Heartbeat)}
            books = account(session, archive.store, now)
    finally:
        archive.close()
    yield Finding("database", "well", "schema is up to date")
    if books.adds_up:
        yield Finding("account", "well", f"{books.requested} recordings were asked for, and all are accounted for")
    else:
        yield Finding("account", "wrong", f"{len(books.problems)} recording(s) do not add up; see: lianxin account")
    for name in ("controller", "worker"):
        alive = any(beat.startswith(f"{name}:") and (now - at).total_seconds() < FRESH for beat, at in beats.items())
        say = (
            "is running" if alive else f"is not running; start all with `lianxin up`, or it alone with `lianxin {name}`"
        )
        yield Finding(name, "well" if alive else "note", say)


def _key(settings: Settings) -> Iterator[Finding]:
    """Whether originals can be opened. Looks only where there is a key, for asking for one would make it."""
    from lianxin.compose import load_seal, open_archive
    from recordings.errors import DatabaseMissing, SealBroken
    from recordings.originals import oldest_and_newest
    from recordings.sound_sealing import count_lying_open
    from recordings.vault import try_secrets

    try:
        archive = open_archive(settings, create=False)
    except DatabaseMissing:
        return
    with archive.reading() as session:
        originals, lie_open = oldest_and_newest(session), count_lying_open(session)
    file = settings.var.expanduser() / "secrets" / "originals"
    if settings.privacy.key or file.exists():
        try:
            with archive.reading() as session:
                try_secrets(session)
        except SealBroken as error:
            yield Finding("key", "wrong", f"second factors and web hooks: {error}")
    archive.close()
    if originals and settings.privacy.mask:
        if not settings.privacy.key and not file.exists():
            yield Finding("key", "wrong", f"there are originals, and {file} is not there; put it back from its backup")
            return
        seal = load_seal(settings)
        try:
            for original in originals:
                seal and seal.open(original.sealed)
        except SealBroken as error:
            yield Finding("key", "wrong", str(error))
        else:
            yield Finding("key", "well", "the oldest and the newest original open with it")
    if lie_open:
        do = "workers seal it when their calls are understood; all at once: lianxin redact --archive"
        yield Finding("sound", "note", f"the sound of masked words lies open in {lie_open} recordings; {do}")


def _console(settings: Settings) -> Iterator[Finding]:
    from lianxin.places import console_address

    address = console_address(settings)
    try:
        httpx.get(address, timeout=3, trust_env=False)
    except httpx.HTTPError:
        yield Finding("console", "note", f"nothing answers at {address}; start all with `lianxin up`")
    else:
        yield Finding("console", "well", f"answers at {address}")


def _softphone(settings: Settings) -> Iterator[Finding]:
    if find_spec("pjsua2") is None:
        yield Finding(
            "softphone", "note", "not installed; for `lianxin call` run: pip install 'lianxin-hotline[softphone]'"
        )
    else:
        yield Finding("softphone", "well", "installed (for trying the line only)")
