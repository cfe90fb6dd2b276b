"""Makes the harness of the end-to-end tests importable: the benches start the same processes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "e2e"))
