"""The settings: `lianxin.toml`, with environment variables LIANXIN_… over it."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, IPvAnyAddress, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from lianxin.settings_sources import SettingsFile, refuse_unknown_variables
from lianxin.settings_values import existing_home, known_categories, known_zone

Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Place = Annotated[Path, AfterValidator(existing_home)]
Zone = Annotated[str, AfterValidator(known_zone)]
Role = Literal["agent", "qa", "supervisor", "admin"]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


class Section(BaseModel):
    """A table of the settings file; a misspelt name is an error, not a shrug."""

    model_config = ConfigDict(extra="forbid")


class AsteriskSettings(Section):
    """Where Asterisk is, and on which ports it listens."""

    binary: Place | None = Field(None, description="An Asterisk ≥ 20 to use; found on PATH or fetched when not given.")
    cache: Place = Field(
        Path("~/.cache/lianxin/asterisk"), description="Where fetched packages are kept, to be used again."
    )
    sip_address: str = Field("0.0.0.0", description="Address on which SIP is taken, UDP and TCP.")
    sip_port: Port = Field(5060, description="Port on which SIP is taken, UDP and TCP.")
    tls_certificate: Place | None = Field(
        None, description="PEM file with certificate chain and private key; SIP over TLS is then taken on tls_port."
    )
    tls_port: Port = Field(5061, description="Port on which SIP over TLS is taken, TCP.")
    srtp: bool = Field(False, description="Whether speech must be encrypted (SRTP, keys in SDP); needs TLS.")
    http_port: Port = Field(8088, description="Port of Asterisk's HTTP server for ARI, on loopback only.")
    rtp_start: Port = Field(10000, description="First UDP port for speech (RTP).")
    rtp_end: Port = Field(10999, description="Last UDP port for speech (RTP).")
    trunk_address: str = Field(
        "", description="Host or network of the SIP trunk whose calls are taken, e.g. 203.0.113.10."
    )
    external_address: str = Field("", description="Address that the SIP trunk sees, when this machine is behind NAT.")
    keys: Literal["auto", "rfc4733", "tones"] = Field(
        "auto", description="How keys arrive: auto takes RFC 4733 where it is offered and tones in the sound elsewhere."
    )


class IvrSettings(Section):
    """What callers hear, and how long we wait for them."""

    node: Name = Field("main", description="Name of this telephony node, kept with every call.")
    menu: Place | None = Field(None, description="A menu file instead of config/menu.toml.")
    prompts: Place | None = Field(None, description="Folder of the utility's own recordings; same names win over ours.")
    notice_in_full: bool = Field(
        False, description="Whether the recording notice is heard to its end even when a key is pressed."
    )
    key_wait: Seconds = Field(6.0, description="Seconds to wait for a key after a menu was read.")
    key_gap: Seconds = Field(4.0, description="Seconds between two digits of a number; longer means it is complete.")
    number_wait: Seconds = Field(30.0, description="Seconds for a number as a whole; every digit begins them anew.")
    spoken_numbers: bool = Field(
        True, description="Whether callers who press no key may say a number, where the model takes a grammar."
    )
    message_silence: Seconds = Field(3.0, description="Seconds of silence that end a message.")
    message_patience: Seconds = Field(6.0, description="Seconds to wait for the first word of a message.")
    speech_level: int = Field(
        256, ge=1, le=32767, description="Mean sample magnitude (of 32767) from which sound counts as speech."
    )


class CallbackSettings(Section):
    """Calling residents back. Nothing goes out until `trunk` is set."""

    trunk: str = Field(
        "",
        pattern=r"^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]*)(:\d{1,5})?$",
        description="SIP trunk through which residents are called back, host or host:port; `trial` calls only --to.",
    )
    caller_id: str = Field("", pattern=r"^\+?\d{0,20}$", description="Number that residents see when called back.")
    automatic: bool = Field(False, description="Whether callbacks that are due are made without being asked for.")
    after: float = Field(24.0, ge=0, le=8760, description="Hours from the end of the work to the callback.")
    tries: int = Field(3, ge=1, le=20, description="Attempts before a callback is given up.")
    retry_after: float = Field(60.0, gt=0, le=10080, description="Minutes from one attempt to the next.")
    begin: Clock = Field("08:00", description="From when on residents may be called back, in the utility's time.")
    end: Clock = Field("20:00", description="Until when residents may be called back; the same as begin: at any hour.")
    ring: int = Field(30, ge=5, le=120, description="Seconds that it rings before an attempt is given up.")
    at_once: int = Field(2, ge=1, le=50, description="Callbacks that are made at the same time.")
    greeting: Seconds = Field(
        3.0, description="Seconds of speech without a pause after the answer that only a machine makes."
    )


class AgentSettings(Section):
    """How agents' telephones ring."""

    ring: Seconds = Field(15.0, description="Seconds for which an agent's telephone rings before the next one does.")
    wrap_up: float = Field(
        10.0, ge=0, allow_inf_nan=False, description="Seconds an agent is left alone after a call, to write it up."
    )


class OrdersSettings(Section):
    """What is promised to callers, and where bills are looked up."""

    commitments: str = Field(
        "state-grid-2023", description="Profile in config/commitments, or the path of a file of your own."
    )
    area: Literal["urban", "rural", "remote"] = Field(
        "urban", description="Kind of area by which a crew is promised when the district is not known."
    )
    customer_number_length: int = Field(10, ge=4, le=20, description="Digits of a customer number 户号.")
    accounts_url: str = Field(
        "",
        pattern=r"^(https?://.*\{number\}.*)?$",
        description="HTTP back end of bills, with {number} in its place; the imported customers when empty.",
    )
    accounts_token: Place | None = Field(None, description="File with the bearer token of that back end.")
    accounts_limit: Seconds = Field(3.0, description="Seconds after which callers hear that bills cannot be looked up.")


class AsrSettings(Section):
    """Which model hears."""

    model: str = Field(
        "", description="Name of an installed model, or a model folder; the embedded trial model when empty."
    )
    models_by_flow: dict[str, str] = Field(
        {}, description="The same for callers who came into a flow of the menu, instead, e.g. of complaint."
    )
    second_model: str = Field(
        "", description="Model with which `lianxin retranscribe` hears again, for instance a large one at night."
    )
    second_models_by_flow: dict[str, str] = Field({}, description="The same by flow of the menu, instead.")


class PrivacySettings(Section):
    """What becomes of personal data that callers say."""

    mask: bool = Field(
        True,
        description="Whether personal data is masked in words and sound; originals are kept encrypted.",
    )
    key: str = Field(
        "",
        repr=False,
        description="Key of the originals, if not that in var/secrets/originals; the same everywhere. "
        "Older ones after it.",
    )


class QualitySettings(Section):
    """What calls are held against."""

    rules: Place | None = Field(None, description="A folder of rules (*.toml) instead of config/quality.")
    praise_from: int = Field(
        90, ge=0, le=100, description="A month's mean score from which on an agent is praised, if nothing was fatal."
    )
    warn_below: int = Field(70, ge=0, le=100, description="A month's mean score below which an agent is warned.")
    fewest_reviews: int = Field(
        3, ge=1, le=1000, description="Reviewed calls in a month below which its mean says nothing."
    )


class WorkerSettings(Section):
    """How recordings are worked through."""

    threads: int = Field(0, ge=0, le=1024, description="Transcriptions at a time; the number of cores when 0.")
    sweep: Seconds = Field(30.0, description="Seconds between two searches for stalled work.")
    stalled: Seconds = Field(
        600.0, description="Seconds after which work in hand counts as stalled and is queued again."
    )


class WebSettings(Section):
    """Where the console is."""

    host: str = Field("127.0.0.1", description="Address on which the console listens.")
    port: Port = Field(8080, description="Port on which the console listens.")
    proxy: IPvAnyAddress | None = Field(
        None, description="IP address from which the proxy with TLS asks; browsers then keep to TLS."
    )
    api_per_minute: int = Field(
        600, ge=1, le=100_000, description="Questions that a token may ask the API in a minute."
    )
    second_factor: list[Role] = Field(
        [], description="Roles that must sign in with a one-time code from a telephone as well, e.g. admin."
    )
    idle_minutes: int = Field(30, ge=1, le=720, description="Minutes without a request after which one signs in again.")
    helpers: int = Field(
        1, ge=0, le=16, description="Processes that make pages beside the console's own, each on a core of its own."
    )


class RetentionSettings(Section):
    """For how long calls are kept. `lianxin purge` removes what is older."""

    days: int = Field(180, ge=1, le=36500, description="Days for which a call is kept after the day it ended on.")
    days_by_category: dict[str, Annotated[int, Field(ge=1, le=36500)]] = Field(
        {"complaint": 730, "report": 730}, description="The same for calls of a category, instead."
    )

    @field_validator("days_by_category")
    @classmethod
    def _known_categories(cls, days: dict[str, int]) -> dict[str, int]:
        return known_categories(days)


class Settings(BaseSettings):
    """Everything that can be set. Times are in seconds, paths may begin with ~."""

    model_config = SettingsConfigDict(env_prefix="LIANXIN_", env_nested_delimiter="__", extra="forbid")

    var: Place = Field(
        Path("var"), description="Folder of everything that is generated: database, audio, logs, secrets."
    )
    database: str = Field("", description="Database URL; SQLite in the var folder when empty.")
    store: str = Field("", description="Audio store, any fsspec URL; a local folder in var when empty.")
    broker: str = Field("", description="Celery broker URL; folders in var when empty.")
    timezone: Zone = Field("Asia/Shanghai", description="Zone in which times are shown and said.")
    log: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    asterisk: AsteriskSettings = AsteriskSettings()
    ivr: IvrSettings = IvrSettings()
    callback: CallbackSettings = CallbackSettings()
    agents: AgentSettings = AgentSettings()
    orders: OrdersSettings = OrdersSettings()
    asr: AsrSettings = AsrSettings()
    privacy: PrivacySettings = PrivacySettings()
    quality: QualitySettings = QualitySettings()
    worker: WorkerSettings = WorkerSettings()
    web: WebSettings = WebSettings()
    retention: RetentionSettings = RetentionSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over file; the file is LIANXIN_SETTINGS or ./lianxin.toml. Raises SettingsInvalid."""
        refuse_unknown_variables(settings_cls)
        return init_settings, env_settings, SettingsFile(settings_cls)
