"""One phone as a process: commands come in as JSON lines on stdin, events go out as JSON lines on stdout.

A phone is for one call, so the first command is dial or listen, and neither comes again.

| command | what the phone does |
|---|---|
| `{"do": "dial", "uri": "sip:…", "user": "…", "password": "…", "heard": "a.wav"}` | calls; only `uri` must be given |
| `{"do": "listen", "code": 200, "after": 0.5, "heard": "b.wav"}` | waits on loopback, rings, replies with that status |
| `{"do": "listen", "registrar": "sip:127.0.0.1", "user": "801", "password": "…"}` | the same, and registers |
| `{"do": "press", "keys": "12#"}` | presses keys, one after the other |
| `{"do": "say", "file": "said.wav"}` | says an audio file, after what it still says |
| `{"do": "hang_up"}` | ends the call |
| `{"do": "quit"}` | hangs up and ends; so does the end of stdin |

A status of 180 rings for ever. A phone that dials with `"tones": true` knows no RFC 4733: its keys are heard.

| event | what happened |
|---|---|
| `ready` | the process can take commands |
| `registered {code}` | the registrar answered with that SIP status |
| `listening {udp, tcp}` | it can be called at these addresses |
| `calling {uri}` · `reached` · `ringing` · `answered` | the call goes out · any reply came · it rings · it is on |
| `pressed {key}` · `key {key}` | a key has left · the other side pressed one |
| `saying {file}` · `said {file}` | a file begins · is over |
| `heard-so-far {seconds}` | each second: how much sound came in |
| `disconnected {code, reason, by}` | the call is over; by `us`, `them`, or `nobody` when no reply ever came |
| `problem {error_id, text}` | a command could not be carried out |

Each event carries `at`, seconds since the process was ready.
"""

import sys

from lianxin.softphone.serving import serve

if __name__ == "__main__":
    sys.exit(serve())
