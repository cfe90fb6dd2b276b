"""One request that both must answer alike."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Case:
    """`{names}` in path and body stand for what each side has under that name; see `world`."""

    name: str
    """What is special about it; unique together with the request."""
    request: str
    """Method and path."""
    by: str | None = "admin"
    """Whose token is in `X-Auth-Token`."""
    about: str | None = None
    """Whose token is in `X-Subject-Token`."""
    body: object = None
    """Sent as JSON; bytes are sent as they are."""

    @property
    def title(self) -> str:
        return f"{self.request}: {self.name}"

    def matches(self, pattern: str) -> bool:
        """Whether the title looks like this; `*` stands for anything."""
        return fnmatchcase(self.title, pattern)
