"""Where things lie. `cargo xtask` puts everything that is made or installed under `target/e2e`."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SETUP = ROOT / "target" / "e2e"
CALLERS = ROOT / "tests" / "e2e" / "callers"
BINARY = Path(os.environ.get("COUNTERSIGN_BINARY", ROOT / "target" / "debug" / "countersign"))
