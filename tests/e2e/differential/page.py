"""`docs/compatibility-keystone.md`, made from the tables; `python3 -m differential.page` prints it."""

from .cases import CASES
from .meant import MEANT, Meant

HEAD = """# The identity API beside Keystone

Generated from the tables in `tests/e2e/differential`; `cargo xtask compatibility` writes it, a test compares it.

{cases} requests are sent to a real Keystone 30 and to the identity API, each with the same small world of users,
groups and projects in it. Status, the headers `Content-Type`, `Vary`, `X-Subject-Token` and `WWW-Authenticate`, and
every member of the bodies with its type must be the same, except for what stands here. A deviation that is not listed
fails the test, and so does a listed one that no longer occurs. *adds* and *lacks* are said of our answers; `*` stands
for anything.

| Why | What differs | Requests |
|---|---|---|
"""


def page() -> str:
    return HEAD.format(cases=len(CASES)) + "".join(f"{row(meant)}\n" for meant in MEANT)


def row(meant: Meant) -> str:
    return f"| {meant.why} | {listed(meant.what)} | {listed(meant.where)} |"


def listed(parts: tuple[str, ...]) -> str:
    return "<br>".join(f"`{part}`" for part in parts)


if __name__ == "__main__":
    print(page(), end="")
