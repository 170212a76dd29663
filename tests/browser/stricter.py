"""
Serve the app as it is served, and have browsers report besides what a policy without any exception would refuse.

Takes the arguments of `python -m footprint.serving`.
"""

from __future__ import annotations

from footprint.serving import __main__ as serving
from footprint.serving import guard
from footprint.serving.policy import RELAXATIONS, Part, security_headers


def without_exceptions(part: Part, policy: str) -> str:
    """Return a policy without its exceptions."""
    sources = {each.source for each in RELAXATIONS if each.part is part}
    directives = [directive.split() for directive in policy.split("; ")]
    return "; ".join(" ".join(word for word in words if word not in sources) for words in directives)


def both(part: Part, index: str) -> tuple[tuple[str, str], ...]:
    """Return the app's headers and the stricter policy that is only reported on."""
    own = security_headers(part, index)
    policy = without_exceptions(part, dict(own)["content-security-policy"])
    return (*own, ("content-security-policy-report-only", policy))


if __name__ == "__main__":
    guard.security_headers = both
    serving.main()
