"""Packs the library as for its registry, checks the packages, and uses each from an environment of its own.

python programs/dry_run.py DIRECTORY
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1]
NEEDED = ("countersign/__init__.py", "countersign/py.typed", "countersign/wsgi.py")

# A published example: what installs must also sign as everybody else.
USE = """
import sys
from datetime import datetime, timezone
from countersign import Request, Signer
now = datetime(2006, 1, 2, 15, 4, 5, tzinfo=timezone.utc)
headers = Signer("AccessKey", "SecretKey").sign(Request("GET", "/path?limit=1", {"Host": "example.com"}), now)
assert headers["Authorization"].startswith("SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, "), headers
assert not {"requests", "httpx", "aiohttp"} & set(sys.modules)
"""


def run(*words: object) -> None:
    # What builds need comes in the versions that are pinned.
    environment = {**os.environ, "PIP_CONSTRAINT": str(LIBRARY / "requirements.txt")}
    subprocess.run([str(word) for word in words], check=True, env=environment)


def build(place: Path) -> None:
    """From a copy: what builds may leave behind does not belong beside the sources."""
    with tempfile.TemporaryDirectory(dir=place.parent) as copy:
        source = Path(copy) / "python"
        shutil.copytree(LIBRARY, source, ignore=shutil.ignore_patterns("__pycache__"))
        run(sys.executable, "-B", "-m", "build", "--no-isolation", "--outdir", place, source)


def require_whole(wheel: Path, sources: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata_name,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        metadata = message_from_bytes(archive.read(metadata_name))
    missing = [name for name in NEEDED if name not in names]
    assert not missing, f"{wheel} misses {missing}"
    assert [name for name in names if name.endswith("/licenses/LICENSE")], f"{wheel} has no license"
    needed = [each for each in metadata.get_all("Requires-Dist", []) if "extra ==" not in each]
    assert not needed, f"the library needs {needed}"
    assert metadata["Requires-Python"] == ">=3.9" and metadata["License-Expression"] == "Apache-2.0", metadata.items()
    assert "## Sign a GET" in metadata.get_payload(), f"{wheel} has no README"
    with tarfile.open(sources) as archive:
        inner = {name.split("/", 1)[-1] for name in archive.getnames()}
    missing = [
        name for name in ("README.md", "LICENSE", "pyproject.toml", *NEEDED) if not inner & {name, f"src/{name}"}
    ]
    assert not missing, f"{sources} misses {missing}"


def use(package: Path, place: Path, *options: str) -> None:
    """Installs the package alone, and signs with it."""
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    run(python, "-B", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", *options, package)
    run(python, "-B", "-I", "-c", USE)


def main() -> None:
    place = Path(sys.argv[1]).resolve()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    build(place)
    (wheel,), (sources,) = place.glob("*.whl"), place.glob("*.tar.gz")
    require_whole(wheel, sources)
    use(wheel, place / "from-wheel")
    use(sources, place / "from-sources")
    print(f"{wheel.name} and {sources.name} install and sign")


if __name__ == "__main__":
    main()
