"""pjsua2 started for one phone: no sound card, no threads for SIP, G.711 only, free ports."""

import json
from collections.abc import Callable

import pjsua2 as pj

from lianxin.softphone.line import Owner
from lianxin.softphone.sound import RATE

CODECS = {"PCMA/8000/1": 255, "PCMU/8000/1": 254}
"""A-law first, as on Chinese lines; every other codec is off."""

TRANSPORTS = {"udp": pj.PJSIP_TRANSPORT_UDP, "tcp": pj.PJSIP_TRANSPORT_TCP, "tls": pj.PJSIP_TRANSPORT_TLS}

DISCARD_NONE = 0
"""PJMEDIA_JB_DISCARD_NONE of pjmedia/jbuf.h, which pjsua2 does not name in Python."""


class Stack:
    """pjsua2's endpoint with its transports and one account. There can be one in a process, once."""

    def __init__(self, *, loopback: bool) -> None:
        self._bound = "127.0.0.1" if loopback else ""
        self._endpoint = pj.Endpoint()
        self._endpoint.libCreate()
        self._endpoint.libInit(_configuration())
        self._endpoint.audDevManager().setNullDev()
        self.addresses = {kind: self._transport(kind) for kind in ("udp", "tcp")}
        """Where this phone can be called, by transport."""
        self._transport("tls")
        self._endpoint.libStart()
        for codec in self._endpoint.codecEnum2():
            self._endpoint.codecSetPriority(codec.codecId, CODECS.get(codec.codecId, 0))
        for codec_id in CODECS:
            self._leave_gaps(codec_id)

    def _leave_gaps(self, codec: str) -> None:
        """Let what did not arrive be heard as silence, and not as something made up from the sound before it."""
        param = self._endpoint.codecGetParam(codec)
        param.setting.plc = False
        self._endpoint.codecSetParam(codec, param)

    def _transport(self, kind: str) -> str:
        config = pj.TransportConfig()
        config.port = 0
        config.boundAddress = self._bound
        number = TRANSPORTS[kind]
        place = self._endpoint.transportGetInfo(self._endpoint.transportCreate(number, config)).localName
        return f"sip:phone@{place}" + (";transport=tcp" if kind == "tcp" else "")

    def account(
        self,
        user: str,
        password: str,
        host: str,
        arrives: Callable[[int], None],
        *,
        encrypted: bool = False,
        registrar: str = "",
        registered: Callable[[int], None] = lambda code: None,
    ) -> Owner:
        """The name in which calls are made: `user` at the called host. `arrives` gets calls that come.

        Speech that is `encrypted` is offered as SRTP with keys in SDP, and may be nothing else. It registers only where
        a registrar's address is given; `registered` then gets the SIP status of the answer.
        """
        config = pj.AccountConfig()
        config.idUri = f"sip:{user}@{host}"
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, password))
        config.mediaConfig.transportConfig.port = 0
        config.mediaConfig.transportConfig.boundAddress = self._bound
        config.regConfig.registrarUri = registrar
        if encrypted:
            config.mediaConfig.srtpUse = pj.PJMEDIA_SRTP_MANDATORY
        owner = Owner(arrives, registered)
        owner.create(config)
        return owner

    def handle(self, seconds: float) -> None:
        """Let SIP happen for at most that long; all callbacks run in here."""
        self._endpoint.libHandleEvents(int(seconds * 1000))

    def close(self) -> None:
        """Stop everything. Calls must be over; ports and accounts must be gone."""
        # Without this flag pjsua waits one second for answers that nobody is going to send.
        self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_RX_MSG)


def _configuration() -> pj.EpConfig:
    config = pj.EpConfig()
    config.uaConfig.threadCnt = 0
    config.uaConfig.mainThreadOnly = True
    config.uaConfig.maxCalls = 4
    config.uaConfig.userAgent = "Lianxin softphone"
    config.logConfig.level = 0
    config.logConfig.consoleLevel = 0
    media = config.medConfig
    media.clockRate = media.sndClockRate = RATE
    media.noVad = True
    media.ecTailLen = 0
    media.sndAutoCloseTime = -1
    media.jbInit, media.jbMinPre, media.jbMaxPre, media.jbMax = 40, 40, 200, 10_000
    _throw_nothing_away(media)
    return config


def _throw_nothing_away(media: pj.MediaConfig) -> None:
    """Let sound that came in a burst be heard late rather than in part: a phone that listens is no place to hurry.

    In Python the field is a bare pointer; pjsua2 writes and reads it in its own JSON.
    """
    written, changed = pj.JsonDocument(), pj.JsonDocument()
    written.writeObject(media)
    fields = json.loads(written.saveString())
    fields["MediaConfig"]["jbDiscardAlgo"] = DISCARD_NONE
    changed.loadString(json.dumps(fields))
    changed.readObject(media)
