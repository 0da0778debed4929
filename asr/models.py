"""Which models there are: the embedded one, the official Chinese ones, and what is installed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from asr.errors import ModelMissing, ModelUnusable, shown
from asr.model_folder import ModelFolder, look_into

TRIAL_MODEL = Path(__file__).parent / "trial_model"
"""The embedded model, trained on synthetic voices alone; its README.md says what it can do and what not."""

TRIAL_NAME = "lianxin-trial"
"""By this name the embedded model can be asked for, whatever its version, and by the one that it gives itself: the
first word of its TRIAL file, with the version, which every transcript carries."""

OFFICIAL = "https://alphacephei.com/vosk/models"
"""The Vosk project's own models page."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """An official model and what is publicly known of it; none of it could be checked against a download of ours."""

    name: str
    url: str
    size: int
    """Bytes of the ZIP, approximately."""
    about: str
    sha256: str = ""
    """Checksum of the ZIP as a public manifest has it; empty when nobody published one."""
    files: dict[str, str] = field(default_factory=dict)
    """Checksums of files in it, by their path in the model folder."""


KNOWN_MODELS = (
    KnownModel(
        name="vosk-model-small-cn-0.22",
        url=f"{OFFICIAL}/vosk-model-small-cn-0.22.zip",
        size=42_000_000,
        about="small, any machine",
        sha256="3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba",
        files={"am/final.mdl": "91eda2c04c4f599361cb92b0e5298ccdf6b3c7a1fa52bfcefcd2c4e07aa1c131"},
    ),
    KnownModel(
        name="vosk-model-cn-0.22",
        url=f"{OFFICIAL}/vosk-model-cn-0.22.zip",
        size=1_300_000_000,
        about="large, needs several GB of memory",
    ),
)


def known_model(name: str) -> KnownModel | None:
    """The official model of that name, if there is one."""
    return next((model for model in KNOWN_MODELS if model.name == name), None)


def resolve_model(name_or_path: str, folder: Path) -> Path:
    """Find a model's folder: an installed model's name, or any path; the embedded trial model for an empty string.

    `folder` is where models are installed, `<var>/models`. Raises ModelMissing, or ModelUnusable when the folder is
    there and holds no model.
    """
    if name_or_path in ("", TRIAL_NAME, look_into(TRIAL_MODEL).name):
        return TRIAL_MODEL
    installed = folder / name_or_path
    if _is_name(name_or_path) and installed.is_dir():
        return look_into(installed).path
    path = Path(name_or_path).expanduser()
    if path.exists():
        return look_into(path).path
    what = name_or_path if known_model(name_or_path) else "vosk-model-small-cn-0.22"
    raise ModelMissing(
        f"{shown(name_or_path)}: no model of that name is installed and there is no such folder; "
        f"install one: lianxin model install {what}"
    )


def installed_models(folder: Path) -> Iterator[ModelFolder | ModelUnusable]:
    """Yield what is installed in `folder`, by name; a folder that is no model comes as the error that says why."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith("."):
            try:
                yield look_into(path)
            except ModelUnusable as problem:
                yield problem


def _is_name(text: str) -> bool:
    return "/" not in text and "\\" not in text and not text.startswith(".")
