"""Signing and verifying beside the official signers of Python and Node. See README.md for the method."""

import json
import statistics
import subprocess
import sys

import results
from harness.places import ROOT, SETUP

OURS = [ROOT / "target" / "release" / "examples" / "cost"]
PYTHON = [sys.executable, ROOT / "bench" / "official.py"]
NODE = ["node", ROOT / "bench" / "official.js", SETUP / "node"]
COLUMNS = ["what", "CPU ns, median of rounds", "CPU ns, best batch", "× countersign"]
ROUNDS = 7


def figures(command: list) -> dict:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class Costs:
    """What one program measured for one operation, round by round."""

    def __init__(self, rounds: list, operation: str):
        self.median = statistics.median(each[operation]["median"] for each in rounds)
        self.best = min(each[operation]["min"] for each in rounds)


def main():
    commands = {"ours": OURS, "python": PYTHON, "node": NODE}
    rounds = {who: [] for who in commands}
    for number in range(1, ROUNDS + 1):
        print(f"bench: round {number} of {ROUNDS}", file=sys.stderr)
        for who, command in commands.items():
            rounds[who].append(figures(command))
    sign, verify = Costs(rounds["ours"], "sign_ns"), Costs(rounds["ours"], "verify_ns")
    measured = [
        ("sign, countersign", sign, sign),
        ("sign, huaweicloudsdkcore (Python)", Costs(rounds["python"], "sign_ns"), sign),
        ("sign, @huaweicloud/huaweicloud-sdk-core (Node)", Costs(rounds["node"], "sign_ns"), sign),
        ("verify, countersign", verify, verify),
        ("floor: SHA-256 over ten blocks", Costs(rounds["ours"], "ten_sha256_blocks_ns"), None),
    ]
    rows = [
        [what, f"{cost.median:.0f}", f"{cost.best:.0f}", f"{cost.median / own.median:.1f}" if own else ""]
        for what, cost, own in measured
    ]
    text = f"GET with 4 query parameters and 5 signed headers.\n\n{results.table(COLUMNS, rows)}"
    results.record("bench sign", f"`cargo xtask bench sign`\n\n{text}")


if __name__ == "__main__":
    main()
