"""The same conversation in Asterisk's own dialplan, for comparison: Background, WaitExten and Record, nothing else."""

from collections.abc import Mapping
from pathlib import Path

NUMBER = "dialplan"
"""What callers dial to reach it."""


def as_dialplan(prompts: Mapping[str, Path], folder: Path) -> str:
    """The text for extensions.conf. Messages go to `<folder>/<unique id>.wav`."""

    def sound(name: str) -> Path:
        return prompts[name].with_suffix("")

    digits = "&".join(str(sound(f"digit.{digit}")) for digit in (1, 0, 0, 1))
    return f"""
[hotline](+)
exten => {NUMBER},1,Goto(bench-menu,s,1)

[bench-menu]
exten => s,1,Answer()
 same => n,Background({sound("notice.recording")})
 same => n,Background({sound("menu.main")})
 same => n,WaitExten(6)
 same => n,Hangup()
exten => 1,1,Goto(bench-repair,s,1)

[bench-repair]
exten => s,1,Background({sound("repair.describe")})
 same => n,WaitExten(6)
 same => n,Hangup()
exten => #,1,Playback({sound("tone.beep")})
 same => n,Record({folder}/${{UNIQUEID}}.wav,3,120,kq)
 same => n,Playback({sound("case.number")}&{digits})
 same => n,Playback({sound("repair.next")})
 same => n,Hangup()
"""
