"""The head of a request as the verifier reads it: before any normalization."""

from __future__ import annotations

from countersign.errors import DuplicateHeader
from countersign.request import Request, header_lines

#: They stand at most once, whether signed or not (5.1).
_SINGLE = (
    "authorization",
    "x-sdk-date",
    "host",
    "x-sdk-content-sha256",
    "x-sdk-content-sm3",
    "x-security-token",
    "x-project-id",
    "x-domain-id",
)


class Head:
    """Shows the header that carries signatures as `authorization`, and hides one of that name that is not meant.

    Names are lower-case; values are without surrounding blanks, and each of their characters is one byte.
    """

    def __init__(self, request: Request, carrier: str):
        """Raises `ValueError` when a text holds characters that are no bytes."""
        self.method = request.method
        self.target = request.target.encode("latin-1")
        self._lines: dict[str, list[str]] = {}
        carrier = carrier.lower()
        for name, value in header_lines(request.headers):
            lower = name.lower()
            if lower == carrier:
                lower = "authorization"
            elif lower == "authorization":
                continue
            self._lines.setdefault(lower, []).append(value.strip(" \t"))

    def require_single(self, *names: str) -> None:
        """Raises `DuplicateHeader` when one of the names stands twice; of all single ones unless some are named."""
        for name in names or _SINGLE:
            if len(self._lines.get(name, ())) > 1:
                raise DuplicateHeader(f"the header {name} stands more than once")

    def single(self, name: str) -> str | None:
        values = self._lines.get(name)
        return values[0] if values else None

    def values(self, name: str) -> list[str]:
        """In the order of the canonical text; one empty value if there is none (3.3)."""
        return sorted(self._lines.get(name, [""]))
