"""Signing and verifying beside the official signers of Python and Node. See README.md for the method."""

import json
import subprocess
import sys

import results
from harness.places import ROOT, SETUP

OURS = [ROOT / "target" / "release" / "examples" / "cost"]
PYTHON = [sys.executable, ROOT / "bench" / "official.py"]
NODE = ["node", ROOT / "bench" / "official.js", SETUP / "node"]
COLUMNS = ["what", "CPU ns, best batch", "CPU ns, median batch", "× countersign, best"]


def figures(command: list) -> dict:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main():
    ours, python, node = (figures(command) for command in (OURS, PYTHON, NODE))
    base = ours["sign_ns"]["min"]
    measured = [
        ("sign, countersign", ours["sign_ns"], base),
        ("sign, huaweicloudsdkcore (Python)", python["sign_ns"], base),
        ("sign, @huaweicloud/huaweicloud-sdk-core (Node)", node["sign_ns"], base),
        ("verify, countersign", ours["verify_ns"], ours["verify_ns"]["min"]),
        ("floor: SHA-256 over ten blocks", ours["ten_sha256_blocks_ns"], None),
    ]
    rows = [
        [what, f"{cost['min']:.0f}", f"{cost['median']:.0f}", f"{cost['min'] / own:.1f}" if own else ""]
        for what, cost, own in measured
    ]
    text = f"GET with 4 query parameters and 5 signed headers.\n\n{results.table(COLUMNS, rows)}"
    results.record("bench sign", f"`cargo xtask bench sign`\n\n{text}")


if __name__ == "__main__":
    main()
