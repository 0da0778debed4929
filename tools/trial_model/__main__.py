"""Make the trial model: `make trial-model`, or `python -m tools.trial_model --help`."""

import argparse
import os
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tools.trial_model.steps import SMALL, STEPS, Size, Workshop


def main() -> None:
    """Take every step that is not done yet."""
    parser = argparse.ArgumentParser(prog="python -m tools.trial_model", description=main.__doc__)
    parser.add_argument("--model", type=Path, default=Path("var/trial-model/model"), help="the model folder to write")
    parser.add_argument("--work", type=Path, default=Path("var/trial-model"), help="everything between")
    parser.add_argument(
        "--voices", type=Path, default=Path("var/cache/voices"), help="where the voice's files are kept"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that speak at a time")
    parser.add_argument("--small", action="store_true", help="a few minutes: every step runs, the model is of no use")
    given = parser.parse_args()
    size = SMALL if given.small else Size()
    shop = Workshop(given.work, given.model, given.voices, size, given.seed, given.jobs)
    console = Console()
    with Progress(console=console) as progress:
        for number, step in enumerate(STEPS, 1):
            title = f"{number} of {len(STEPS)}: {(step.__doc__ or '').strip()}"
            row, told = progress.add_task(title, total=1.0), 0
            for share in step(shop):
                progress.update(row, completed=share)
                if not console.is_terminal and int(10 * share) > told:  # a log gets a line now and then
                    told = int(10 * share)
                    console.print(f"{title} {10 * told} %")
            progress.update(row, completed=1.0)
    print(f"The model is in {given.model}; try it: lianxin evaluate --model {given.model}")  # noqa: T201 (a tool prints)


if __name__ == "__main__":
    main()
