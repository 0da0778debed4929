"""One call of the phone, and the account it belongs to: pjsua2's callbacks turned into plain events.

All of them run in the main thread, inside `libHandleEvents`. An exception in a callback ends the process, so they only
note what happened.
"""

import re
from collections import deque
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from lianxin.softphone.ports import Ear, Mouth

Event = dict[str, Any]
"""One line of the protocol: `event` names it, the rest says more."""


class Line(pj.Call):  # type: ignore[misc]
    """A call whose sound goes to the ear and comes from the mouth."""

    def __init__(
        self,
        account: pj.Account,
        events: deque[Event],
        ear: Ear,
        mouth: Mouth,
        call_id: int | None = None,
        *,
        tones: bool = False,
    ) -> None:
        """With `tones`, RFC 4733 is not offered: keys can only be heard."""
        super().__init__(account, pj.PJSUA_INVALID_ID if call_id is None else call_id)
        self._events = events
        self._ear, self._mouth = ear, mouth
        self._tones = tones
        self._media: pj.AudioMedia | None = None
        self.comes_in = call_id is not None
        self.other_side_spoke = self.comes_in
        """A SIP message came back: somebody is there."""
        self.we_hung_up = False
        self.answered = False
        self.over = False

    def onCallSdpCreated(self, prm: pj.OnCallSdpCreatedParam) -> None:  # noqa: N802
        """Leave RFC 4733 out of what is offered, when keys are tones."""
        if self._tones:
            prm.sdp.wholeSdp = without_telephone_events(prm.sdp.wholeSdp)

    def onCallTsxState(self, prm: pj.OnCallTsxStateParam) -> None:  # noqa: N802
        """Note that the other side exists."""
        if prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG and not self.other_side_spoke:
            self.other_side_spoke = True
            self._events.append({"event": "reached"})

    def onCallState(self, prm: pj.OnCallStateParam) -> None:  # noqa: N802
        """Ringing, answered, disconnected."""
        info = self.getInfo()
        if info.state == pj.PJSIP_INV_STATE_EARLY and not self.comes_in:
            self._events.append({"event": "ringing"})
        elif info.state == pj.PJSIP_INV_STATE_CONFIRMED and not self.answered:
            self.answered = True
            self._events.append({"event": "answered"})
        elif info.state == pj.PJSIP_INV_STATE_DISCONNECTED and not self.over:
            self.over = True
            if prm.e.type == pj.PJSIP_EVENT_TSX_STATE and prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG:
                self.other_side_spoke = True  # a refusal such as 401 comes without onCallTsxState before it
            by = "us" if self.we_hung_up else "them" if self.other_side_spoke else "nobody"
            self._events.append(
                {"event": "disconnected", "code": info.lastStatusCode, "reason": info.lastReason, "by": by}
            )

    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:  # noqa: N802
        """Connect ear and mouth to the stream; again after each new negotiation, for it brings a new stream."""
        info = self.getInfo()  # kept in a name: its media are views into it, not copies
        for index, media in enumerate(info.media):
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                self._media = self.getAudioMedia(index)
                self._mouth.startTransmit(self._media)
                self._media.startTransmit(self._ear)
                self._ear.open = True

    def onDtmfDigit(self, prm: pj.OnDtmfDigitParam) -> None:  # noqa: N802
        """A key that the other side pressed."""
        self._events.append({"event": "key", "key": prm.digit})


def without_telephone_events(sdp: str) -> str:
    """A session description that no longer offers RFC 4733 keys."""
    for payload in re.findall(r"a=rtpmap:(\d+) telephone-event/", sdp):
        sdp = re.sub(rf"a=(rtpmap|fmtp):{payload} [^\r\n]*\r?\n", "", sdp)
        sdp = re.sub(rf"^(m=audio [^\r\n]*?) {payload}\b", r"\1", sdp, flags=re.MULTILINE)
    return sdp


class Owner(pj.Account):  # type: ignore[misc]
    """The account in whose name calls are made; tells of calls that come in."""

    def __init__(self, arrives: Callable[[int], None], registered: Callable[[int], None] = lambda code: None) -> None:
        super().__init__()
        self._arrives = arrives
        self._registered = registered

    def onRegState(self, prm: pj.OnRegStateParam) -> None:  # noqa: N802
        """The registrar answered, or did not."""
        self._registered(prm.code)

    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:  # noqa: N802
        """Somebody calls. Unless a Line is made for that call at once, pjsua refuses it with 500."""
        self._arrives(prm.callId)
