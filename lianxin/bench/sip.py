"""The few SIP messages that a caller needs, as text (RFC 3261, RFC 4566)."""

import hashlib
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a request of ours, or a request of the other side (status 0)."""

    status: int
    method: str
    """Of the request that it answers, or its own."""
    sequence: int
    call_id: str
    to: str
    contact: str
    """Address to which what follows in this call is sent; empty when none was given."""
    rtp_port: int
    """Where the other side wants to hear us; 0 when it does not say."""
    challenge: str
    text: str

    @classmethod
    def read(cls, datagram: bytes) -> "Reply | None":
        """Read a datagram; None when it is nothing that we know."""
        text = datagram.decode("utf-8", "replace")
        sequence = re.search(r"^CSeq:\s*(\d+) (\w+)", text, re.MULTILINE | re.IGNORECASE)
        if sequence is None:
            return None
        status = re.match(r"SIP/2\.0 (\d+)", text)
        audio = re.search(r"^m=audio (\d+)", text, re.MULTILINE)
        return cls(
            status=int(status[1]) if status else 0,
            method=sequence[2],
            sequence=int(sequence[1]),
            call_id=_header(text, "Call-ID"),
            to=_header(text, "To"),
            contact=_header(text, "Contact").partition("<")[2].partition(">")[0],
            rtp_port=int(audio[1]) if audio else 0,
            challenge=_header(text, "WWW-Authenticate"),
            text=text,
        )


@dataclass(slots=True)
class Dialogue:
    """One call's side of SIP: what it sends is made here."""

    target: str
    """Address that is called, later the one that the other side gave."""
    own: str
    """Our host and port."""
    call_id: str
    rtp_port: int
    caller: str = "13800138000"
    to: str = ""
    sequence: int = 0

    def request(self, method: str, *headers: str, body: str = "") -> bytes:
        """A request; all but ACK count the sequence on."""
        self.sequence += method != "ACK"
        return _message(
            f"{method} {self.target} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.own};rport;branch=z9hG4bK{self.call_id}{self.sequence}{method}",
            "Max-Forwards: 70",
            f"From: <sip:{self.caller}@127.0.0.1>;tag={self.call_id}",
            f"To: {self.to or f'<{self.target}>'}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {self.sequence} {method}",
            f"Contact: <sip:{self.caller}@{self.own}>",
            *headers,
            body=body,
        )

    def invite(self, *headers: str) -> bytes:
        """The call itself: A-law and keys (RFC 4733)."""
        body = (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self.rtp_port} RTP/AVP 8 101\r\n"
            "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n"
        )
        return self.request("INVITE", "Content-Type: application/sdp", *headers, body=body)

    def credentials(self, challenge: str, user: str, password: str, method: str = "INVITE") -> str:
        """The header that answers a challenge (RFC 2617, qop=auth)."""
        nonce, realm = (_quoted(challenge, name) for name in ("nonce", "realm"))
        secret, what = _md5(user, realm, password), _md5(method, self.target)
        answer = _md5(secret, nonce, "00000001", "aa", "auth", what)
        return (
            f'Authorization: Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{self.target}", '
            f'response="{answer}", algorithm=MD5, qop=auth, nc=00000001, cnonce="aa"'
        )


def ok(request: str) -> bytes:
    """The answer 200 to a request of the other side."""
    wanted = ("Via", "From", "To", "Call-ID", "CSeq")
    kept = [line for line in request.split("\r\n\r\n")[0].split("\r\n")[1:] if line.partition(":")[0] in wanted]
    return _message("SIP/2.0 200 OK", *kept)


def _message(first: str, *headers: str, body: str = "") -> bytes:
    return ("\r\n".join((first, *headers, f"Content-Length: {len(body)}")) + "\r\n\r\n" + body).encode()


def _header(text: str, name: str) -> str:
    found = re.search(rf"^{name}:\s*(.*?)\s*$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _quoted(challenge: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', challenge)
    return found[1] if found else ""


def _md5(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()
