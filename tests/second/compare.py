"""The largest difference between two readings of the method, printed and held."""

import numpy as np


def largest(name, mine, theirs, capsys=None):
    """Return the largest absolute difference, with the place it stands at, and print both."""
    mine, theirs = np.asarray(mine, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    assert mine.shape == theirs.shape, (name, mine.shape, theirs.shape)
    both_out = np.isinf(mine) & np.isinf(theirs)
    apart = np.where(both_out, 0.0, np.abs(np.where(both_out, 0, mine) - np.where(both_out, 0, theirs)))
    at = np.unravel_index(int(np.argmax(apart)), apart.shape)
    line = f"{name}: largest difference {apart[at]:.3g} at {tuple(map(int, at))} ({mine[at]:.6g}, {theirs[at]:.6g})"
    if capsys is None:
        print(line)
    else:
        with capsys.disabled():
            print(line)
    return float(apart[at])
