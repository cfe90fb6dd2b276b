"""Tables on the terminal and in RESULTS.md, with what is needed to repeat them."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

from harness.places import ROOT

FILE = ROOT / "bench" / "RESULTS.md"
HEAD = "# Results\n\nMeasured by the commands named; how, says [README.md](README.md).\n"


def table(columns: list, rows: list) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def record(command: str, text: str):
    """Prints a result and puts it in the place of the last one of the same command."""
    print(text)
    title = f"## {command}\n"
    before = FILE.read_text() if FILE.exists() else HEAD
    kept, *rest = before.split(title)
    after = "".join(rest).partition("\n## ")
    following = f"\n## {after[2]}" if after[1] else ""
    FILE.write_text(f"{kept.rstrip()}\n\n{title}\n{circumstances()}\n\n{text}\n{following}")


def circumstances() -> str:
    """When, what and where."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{now} · commit {commit()} · {machine()} · load average at the end {load}"


def commit() -> str:
    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = [line for line in git("status", "--porcelain").splitlines() if not line.endswith(FILE.name)]
    return git("rev-parse", "--short", "HEAD") + (" with local changes" if changed else "")


def machine() -> str:
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].split(":", 1)[1].strip() if models else platform.processor()
    return f"{os.cpu_count()} × {model} · {platform.system()} {platform.release()}"
