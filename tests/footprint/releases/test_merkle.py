"""The tree is the one of RFC 6962, and its proofs hold for what is so and for nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from footprint.releases.merkle import consistency_proof, extends, includes, inclusion_proof, leaf_hash, root

# Inputs and roots of the reference implementation's own test (certificate-transparency, merkle_tree_test).
ENTRIES = [
    bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
] + [bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(count):
    return [leaf_hash(f"entry {number}".encode()) for number in range(count)]


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_the_reference_implementation(count):
    assert root([leaf_hash(each) for each in ENTRIES[:count]]).hex() == ROOTS[count - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert root([]) == hashlib.sha256(b"").digest()


def test_roots_and_proofs_equal_those_of_pymerkle():
    other = InmemoryTree()
    for size in range(1, 40):
        other.append_entry(f"entry {size - 1}".encode())
        ours = leaves(size)
        assert root(ours) == other.get_root()
        for index in range(size):
            # Theirs begins with the entry itself.
            assert list(inclusion_proof(index, ours)) == other.prove_inclusion(index + 1).path[1:]
        for before in range(1, size + 1):
            earlier = root(ours[:before])
            assert extends(root(ours), size, earlier, before, consistency_proof(before, ours))
            # Their proof has another form; that it holds for our roots is what can be compared.
            verify_consistency(earlier, root(ours), other.prove_consistency(before, size))


@given(st.integers(1, 70), st.data())
def test_a_proof_of_inclusion_holds_for_its_entry_its_place_and_its_tree_alone(size, data):
    ours, index = leaves(size), data.draw(st.integers(0, size - 1))
    proof, tree = inclusion_proof(index, ours), root(ours)
    assert includes(tree, size, ours[index], index, proof)
    other = data.draw(st.integers(0, size + 3))
    if other != index:
        assert not includes(tree, size, ours[index], other, proof)
    assert not includes(tree, size, leaf_hash(b"forged"), index, proof)
    assert not includes(leaf_hash(b"forged"), size, ours[index], index, proof)
    assert not includes(tree, size, ours[index], index, (*proof, tree))
    assert not proof or not includes(tree, size, ours[index], index, proof[:-1])


@given(st.integers(1, 70), st.data())
@pytest.mark.slow
def test_a_proof_of_consistency_holds_for_its_two_trees_alone(size, data):
    ours, before = leaves(size), data.draw(st.integers(1, size))
    proof, tree, earlier = consistency_proof(before, ours), root(ours), root(ours[:before])
    assert extends(tree, size, earlier, before, proof)
    changed = [*ours[: before - 1], leaf_hash(b"forged"), *ours[before:]]
    assert not extends(root(changed), size, earlier, before, consistency_proof(before, changed))
    assert not extends(tree, size, leaf_hash(b"forged"), before, proof)
    assert not extends(tree, size, earlier, before, (*proof, tree))
    assert not proof or not extends(tree, size, earlier, before, proof[:-1])


def test_every_tree_grew_out_of_nothing_and_none_out_of_a_longer_one():
    ours = leaves(5)
    assert extends(root(ours), 5, root([]), 0, ())
    assert not extends(root(ours), 5, root(leaves(6)), 6, ())


def test_a_node_cannot_be_shown_as_an_entry():
    one, two = leaves(2)
    assert leaf_hash(one + two) != root([one, two])
