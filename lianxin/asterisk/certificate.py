"""The certificate for SIP over TLS, looked at before Asterisk does, which would only leave the port closed."""

import ssl
from pathlib import Path

from lianxin.asterisk.errors import SettingUnfit


def check_certificate(file: Path | None, *, srtp: bool) -> Path | None:
    """The file with an absolute path; None when there is no TLS.

    Raises SettingUnfit when it holds no certificate with its private key, or speech is to be encrypted without TLS:
    the keys of SRTP travel in SIP, and would be there for everybody to read.
    """
    if file is None:
        if srtp:
            raise SettingUnfit("asterisk.srtp needs TLS, or its keys travel in clear; set asterisk.tls_certificate too")
        return None
    file = file.expanduser().absolute()
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(file, password="")
    except ssl.SSLError:
        raise SettingUnfit(
            f"asterisk.tls_certificate: {file} holds no certificate with its own private key, without a password; "
            "put both into it: cat fullchain.pem privkey.pem"
        ) from None
    except OSError as error:
        raise SettingUnfit(
            f"asterisk.tls_certificate: {file}: {error.strerror}; name a file that can be read"
        ) from None
    return file
