"""The free English voice: flite with CMU's slt, a woman. Its terms allow any use of the sound it makes."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable
from ivr.prompts.voices.spelling import Clause
from ivr.prompts.voices.voice import Sound, joined, read_sound, written


class FliteVoice:
    """Says English with the program flite. The same line gives the same samples."""

    name = "flite"

    def __init__(self) -> None:
        """Raises VoiceUnavailable without the program."""
        program = shutil.which("flite")
        if program is None:
            raise VoiceUnavailable("the program flite is missing; install it with: apt-get install flite")
        self._program = program

    def speak(self, clauses: list[Clause], *, pace: float = 1.0, pitch: float = 1.0) -> Sound:
        """The line as sound, sentence by sentence; raises VoiceBroken when the program fails."""
        return joined([(self._say(line, pace, pitch), pause / pace) for line, pause in written(clauses)])

    def speak_piece(self, clause: Clause, *, pace: float = 1.0) -> Sound:
        """The clause as before a comma, for what is strung together goes on."""
        return self._say(f"{' '.join(part for word in clause.words for part in word.syllables)},", pace, 1.0)

    def _say(self, line: str, pace: float, pitch: float) -> Sound:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "line.wav"
            settings = ["--setf", f"duration_stretch={1 / pace:.3f}", "--setf", f"int_f0_target_mean={180 * pitch:.0f}"]
            command = [self._program, "-voice", "slt", *settings, "-t", line, "-o", str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0 or not file.is_file():
                raise VoiceBroken(f"flite failed ({done.stderr.strip()}); try it by hand: flite -voice slt -t hello")
            return read_sound(file)
