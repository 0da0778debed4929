"""The free voice: espeak-ng. Robotic, but under terms that allow any use of the sound it makes."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable
from ivr.prompts.voices.spelling import COMMA, Clause
from ivr.prompts.voices.voice import Sound, read_sound


class EspeakVoice:
    """Says Mandarin or English with espeak-ng. Mandarin is given as pinyin: its Hanzi reader errs in Debian 12."""

    name = "espeak"

    def __init__(self, variant: str = "f4", language: str = "cmn-latn-pinyin") -> None:
        """A variant is a timbre of espeak-ng's, such as f4 or m6; raises VoiceUnavailable without the program."""
        self._language = language
        program = shutil.which("espeak-ng")
        if program is None:
            raise VoiceUnavailable("the program espeak-ng is missing; install it with: apt-get install espeak-ng")
        self._program = program
        self._variant = variant

    def speak(self, clauses: list[Clause], *, pace: float = 1.0, pitch: float = 1.0) -> Sound:
        """The line as sound; raises VoiceBroken when the program fails."""
        line = " ".join(
            " ".join(syllable for word in clause.words for syllable in word.syllables)
            + (" ." if clause.pause > COMMA else " ,")
            for clause in clauses
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "line.wav"
            speed, height = round(165 * pace), min(99, max(0, round(50 * pitch)))
            options = ["-v", f"{self._language}+{self._variant}", "-s", str(speed), "-p", str(height), "-w", str(file)]
            done = subprocess.run([self._program, *options, line], capture_output=True, text=True, check=False)
            if done.returncode != 0 or not file.is_file():
                raise VoiceBroken(
                    f"espeak-ng failed ({done.stderr.strip()}); try it by hand: espeak-ng -v cmn-latn-pinyin"
                )
            return read_sound(file)

    def speak_piece(self, clause: Clause, *, pace: float = 1.0) -> Sound:
        """The clause alone: this voice does not let a list's middle be told from its end."""
        return self.speak([clause], pace=pace)
