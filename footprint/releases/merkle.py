"""
Merkle: one hash over a whole list of entries, and short proofs of what is in it and what it grew from.

As RFC 6962 (Certificate Transparency) has it, 2.1: an entry's hash begins with a byte 0x00 and that of a
node with 0x01, so that no node can be shown as an entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(entry: bytes) -> bytes:
    """
    Return the hash of one entry, 32 bytes.

    Examples
    --------
    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(_LEAF + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """
    Return the hash of a whole tree, 32 bytes.

    Parameters
    ----------
    leaves
        Hashes of the entries, in order.

    Examples
    --------
    >>> root([]).hex()[:16]
    'e3b0c44298fc1c14'
    """
    if not leaves:
        return hashlib.sha256(b"").digest()
    # From the bottom, pair by pair; one that is left over goes up as it is, as in the RFC's recursion.
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """
    Return the hashes that lead from one entry to the root (RFC 6962, 2.1.1).

    Parameters
    ----------
    index
        Which entry, from 0.
    leaves
        Hashes of all entries.
    """
    if len(leaves) == 1:
        return ()
    half = _half(len(leaves))
    if index < half:
        return (*inclusion_proof(index, leaves[:half]), root(leaves[half:]))
    return (*inclusion_proof(index - half, leaves[half:]), root(leaves[:half]))


def includes(tree: bytes, size: int, leaf: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """
    Tell whether a proof shows that an entry is in a tree (RFC 9162, 2.1.3.2).

    Parameters
    ----------
    tree, size
        Root and number of entries of the tree.
    leaf, index
        Hash and place of the entry, from 0.
    proof
        As `inclusion_proof` returns it.
    """
    if not 0 <= index < size:
        return False
    at, last, hashed = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = _node(part, hashed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hashed = _node(hashed, part)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == tree


def consistency_proof(before: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """
    Return the hashes that show that a tree grew out of its first entries (RFC 6962, 2.1.2).

    Parameters
    ----------
    before
        Number of entries it had, at least 1 and at most as many as it has.
    leaves
        Hashes of all entries it has.
    """
    return _grown(before, leaves, whole=True)


def _grown(before: int, leaves: Sequence[bytes], *, whole: bool) -> tuple[bytes, ...]:
    if before == len(leaves):
        return () if whole else (root(leaves),)
    half = _half(len(leaves))
    if before <= half:
        return (*_grown(before, leaves[:half], whole=whole), root(leaves[half:]))
    return (*_grown(before - half, leaves[half:], whole=False), root(leaves[:half]))


def extends(tree: bytes, size: int, earlier: bytes, before: int, proof: Sequence[bytes]) -> bool:
    """
    Tell whether a proof shows that a tree grew out of an earlier one (RFC 9162, 2.1.4.2).

    Parameters
    ----------
    tree, size
        Root and number of entries of the tree.
    earlier, before
        Root and number of entries of the earlier one.
    proof
        As `consistency_proof` returns it.

    Returns
    -------
    bool
        Every tree grew out of the empty one, and out of itself.
    """
    if before == 0:
        return earlier == root([]) and not proof
    if before == size:
        return earlier == tree and not proof
    if not 0 < before < size:
        return False
    path = list(proof) if before & (before - 1) else [earlier, *proof]
    if not path:
        return False
    at, last = before - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = _node(part, old), _node(part, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = _node(new, part)
        at, last = at >> 1, last >> 1
    return last == 0 and old == earlier and new == tree


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _half(size: int) -> int:
    """Return the largest power of two below a number above 1."""
    return 1 << ((size - 1).bit_length() - 1)
