"""SIP over TLS and encrypted speech: a call that is both comes through, one that is not is refused."""

import asyncio
import dataclasses
import subprocess
from pathlib import Path

import pytest

from lianxin.asterisk.certificate import check_certificate
from lianxin.asterisk.errors import SettingUnfit
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.running import AsteriskServer
from lianxin.softphone.caller import Order, place_call
from lianxin.softphone.errors import CallRefused
from lianxin.softphone.plan import parse_plan

pytestmark = pytest.mark.telephony


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificate and key in one file, as docs/operators.md makes them."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=hotline.example",
         "-keyout", folder / "key.pem", "-out", folder / "chain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    both = folder / "hotline.pem"
    both.write_bytes((folder / "chain.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


async def test_a_call_over_tls_with_srtp_comes_through_and_a_plain_one_is_refused(
    program, prompts, certificate, tmp_path
):
    ports = Ports.free()
    with_tls = dataclasses.replace(ports, tls=ports.http + 1)
    with AsteriskServer(program, tmp_path / "var", with_tls, prompts, tls_certificate=certificate, srtp=True) as server:

        async def call(address: str, heard: Path | None = None):
            plan = parse_plan("wait:1,#", None)
            return await place_call(Order(address, "trial", server.trial_password, plan, heard, 20))

        heard = tmp_path / "heard.wav"
        report = await call(f"sip:95598@127.0.0.1:{with_tls.tls};transport=tls;srtp", heard)
        assert report.seconds > 0.5
        assert max(heard.read_bytes()[44:]) > 0, "the apology was heard, decrypted"
        for plain in (f"127.0.0.1:{ports.sip}", f"127.0.0.1:{with_tls.tls};transport=tls"):
            with pytest.raises(CallRefused, match="488"):
                await call(f"sip:95598@{plain}")
        sealed = await asyncio.create_subprocess_exec(
            "openssl", "s_client", "-connect", f"127.0.0.1:{with_tls.tls}", "-brief",
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await asyncio.wait_for(sealed.communicate(), 10)
        assert b"TLSv1.2" in said or b"TLSv1.3" in said


def test_a_file_that_is_no_certificate_with_its_key_is_named(tmp_path, certificate):
    assert check_certificate(certificate, srtp=True) == certificate
    assert check_certificate(None, srtp=False) is None
    with pytest.raises(SettingUnfit, match="no-such"):
        check_certificate(tmp_path / "no-such.pem", srtp=False)
    with pytest.raises(SettingUnfit, match=r"cat fullchain\.pem privkey\.pem"):
        check_certificate(certificate.with_name("chain.pem"), srtp=False)


def test_srtp_without_tls_is_refused_because_its_keys_would_travel_in_clear():
    with pytest.raises(SettingUnfit, match=r"asterisk\.tls_certificate"):
        check_certificate(None, srtp=True)
