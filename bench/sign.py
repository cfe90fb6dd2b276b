"""Signing and verifying beside the official signers of Python and Node. See README.md for the method."""

import sys

from harness.places import ROOT, SETUP

OURS = ROOT / "target" / "release" / "examples" / "cost"
TESTEES = {
    "countersign": [OURS],
    "huaweicloudsdkcore (Python)": [sys.executable, ROOT / "bench" / "official.py"],
    "@huaweicloud/huaweicloud-sdk-core (Node)": ["node", ROOT / "bench" / "official.js", SETUP / "node"],
}
