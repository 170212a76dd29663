"""
Checkpoint: how long the log of releases is and what it hashes to, signed.

Written as the transparency logs of others write theirs, a signed note of four lines (C2SP tlog-checkpoint and
signed-note, with RFC 8032's Ed25519), so that their tools read it::

    footprint/releases
    42
    tWdWzCmBEmMnBkNVd0qqhvQ5u9xDEGrX1k9zg5dS0yE=

    — footprint/releases pj2eVw...
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ORIGIN = "footprint/releases"
"""What the log and its key are called in the note."""

_ED25519 = b"\x01"
_HINT_BYTES = 4
_NOTE = re.compile(
    rf"{ORIGIN}\n(0|[1-9][0-9]{{0,15}})\n([A-Za-z0-9+/=]{{44}})\n\n— {ORIGIN} ([A-Za-z0-9+/=]+)\n"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a log is and what it hashes to, with the signature under it."""

    size: int
    root: bytes
    signature: bytes
    """Of the note's text, 64 bytes."""
    hint: bytes
    """First bytes of a hash of the key, so that a note says whose it is."""

    @property
    def text(self) -> str:
        """The signed note."""
        signed = base64.b64encode(self.hint + self.signature).decode()
        return f"{_body(self.size, self.root)}\n— {ORIGIN} {signed}\n"

    def signed_by(self, key: bytes) -> bool:
        """Tell whether a public key, 32 bytes, signed it."""
        if self.hint != _hint(key):
            return False
        try:
            body = _body(self.size, self.root).encode()
            Ed25519PublicKey.from_public_bytes(key).verify(self.signature, body)
        except (InvalidSignature, ValueError):
            # A key of another length is no key.
            return False
        return True


def sign(size: int, root: bytes, seed: bytes) -> Checkpoint:
    """
    Return a signed checkpoint.

    Parameters
    ----------
    size, root
        Number of entries of the log, and its hash.
    seed
        The private key, 32 bytes.
    """
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_body(size, root).encode())
    return Checkpoint(size, root, signature, _hint(public_key(seed)))


def public_key(seed: bytes) -> bytes:
    """Return the public key that belongs to a private one, 32 bytes each."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def read_checkpoint(text: str) -> Checkpoint | None:
    """Return the checkpoint of a note; None where a text is not one, to the letter."""
    note = _NOTE.fullmatch(text)
    if note is None:
        return None
    try:
        root, signed = (base64.b64decode(part, validate=True) for part in note.groups()[1:])
    except ValueError:
        return None
    checkpoint = Checkpoint(int(note[1]), root, signed[_HINT_BYTES:], signed[:_HINT_BYTES])
    return checkpoint if checkpoint.text == text else None


def _body(size: int, root: bytes) -> str:
    return f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"


def _hint(key: bytes) -> bytes:
    return hashlib.sha256(ORIGIN.encode() + b"\n" + _ED25519 + key).digest()[:_HINT_BYTES]
