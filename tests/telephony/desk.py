"""An agent's telephone whose every packet we send ourselves: for what must be known to the 20 ms."""

import asyncio
from contextlib import suppress
from uuid import uuid4

from lianxin.asterisk.agents import AgentAccount
from lianxin.bench.caller import Caller
from lianxin.bench.exchange import Exchange
from lianxin.bench.sip import Dialogue, Reply, ok


class Desk(Exchange):
    """An exchange with one agent's telephone beside its callers; both say their next packets in the same round."""

    agent: Caller
    """The agent's side of the call, once it was answered."""

    async def register(self, account: AgentAccount) -> None:
        """Let Asterisk know where the telephone is (RFC 3261, section 10)."""
        own = Dialogue(f"sip:127.0.0.1:{self._asterisk[1]}", self.sip_address, uuid4().hex[:16], 0, account.extension)
        own.to = f"<sip:{account.extension}@127.0.0.1>"
        self._registering, self._replied = own.call_id, asyncio.Queue[Reply]()
        self.answered = asyncio.Event()
        headers: tuple[str, ...] = ()
        for wanted in (401, 200):
            self.send_sip(own.request("REGISTER", "Expires: 300", *headers))
            reply = await asyncio.wait_for(self._replied.get(), 10)
            assert reply.status == wanted, reply.text
            headers = (own.credentials(reply.challenge, account.extension, account.password, "REGISTER"),)

    def _read_sip(self) -> None:
        with suppress(BlockingIOError):
            while True:
                message = Reply.read(self._sip.recv(65535))
                if message is None:
                    continue
                if caller := self._calls.get(message.call_id):
                    caller.take(message)
                elif message.call_id == self._registering:
                    self._replied.put_nowait(message)
                elif message.method == "INVITE":
                    self._answer(message)
                elif message.status == 0 and message.method != "ACK":
                    self.send_sip(ok(message.text))  # Asterisk asks whether the telephone is still there

    def _answer(self, invite: Reply) -> None:
        """Answer at once: A-law and keys."""
        self.agent = self.caller("")
        self._calls[invite.call_id] = self.agent
        self.agent.rtp_to = invite.rtp_port
        self.connect(self.agent, invite.rtp_port)
        offer = self.agent.sip.invite().decode().partition("\r\n\r\n")[2]
        head = ok(invite.text).decode().partition("Content-Length")[0].rstrip()
        to = f"To: {invite.to};tag={invite.call_id}" if ";tag=" not in invite.to else f"To: {invite.to}"
        head = head.replace(f"To: {invite.to}", to)
        self.send_sip(
            f"{head}\r\nContact: <sip:agent@{self.sip_address}>\r\nContent-Type: application/sdp\r\n"
            f"Content-Length: {len(offer)}\r\n\r\n{offer}".encode()
        )
        self.answered.set()
