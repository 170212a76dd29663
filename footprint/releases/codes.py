"""
Codes: ten letters and a check letter that stand on every sheet and file, and as a QR code beside them.

Letters are Crockford's base 32, which has no I, L, O and U; read aloud or copied, an O is a 0 and an I or L
a 1. The check letter finds every single wrong letter and every two that changed places: it is the sum of
the letters in the field of 32 elements, each times another power of its generator. A code is drawn under a
secret and says nothing: no address, no area, no run.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import re

import segno

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _BITS = 10, 5
_PARTS = (5, 10)
_GENERATOR, _MODULUS = 0b00010, 0b100101
"""The field of 32 elements: x, modulo x^5 + x^2 + 1."""
_READ_AS = str.maketrans("OIL", "011")
_LOOKS_LIKE = re.compile(rb"(?<![0-9A-Za-z-])[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z](?![0-9A-Za-z-])")


def drawn_code(secret: bytes, draw: bytes) -> str:
    """
    Return the code of a draw under a secret.

    Parameters
    ----------
    secret
        This user's, `footprint.disclosure.local_secret`.
    draw
        What tells this draw from every other.

    Examples
    --------
    >>> drawn_code(b"secret", b"one") != drawn_code(b"secret", b"two")
    True
    """
    bits = int.from_bytes(hmac.new(secret, b"code\n" + draw, hashlib.sha256).digest()[:7], "big")
    letters = "".join(LETTERS[bits >> _BITS * at & 31] for at in range(_LENGTH))
    return _parted(letters + _check_letter(letters))


def read_code(text: str) -> str | None:
    """
    Return the code that somebody typed; None where it is none, or a letter is wrong.

    Examples
    --------
    >>> read_code(" 0o1il-abcde-b "), read_code("00111-ABCDF-E")
    ('00111-ABCDE-B', None)
    """
    letters = re.sub(r"[\s-]", "", text).upper().translate(_READ_AS)
    if len(letters) != _LENGTH + 1 or not set(letters) <= set(LETTERS):
        return None
    return _parted(letters) if _check_letter(letters[:-1]) == letters[-1] else None


def looks_like_code(text: str) -> bool:
    """Tell whether a text is as long as a code and made of its letters, if one of them is wrong too."""
    letters = re.sub(r"[\s-]", "", text).upper().translate(_READ_AS)
    return len(letters) == _LENGTH + 1 and set(letters) <= set(LETTERS)


def codes_in(content: bytes) -> tuple[str, ...]:
    """Return every code that stands in a file as plain text, in order."""
    read = (read_code(each.decode()) for each in _LOOKS_LIKE.findall(content))
    return tuple(dict.fromkeys(code for code in read if code is not None))


def qr_matrix(code: str) -> tuple[tuple[bool, ...], ...]:
    """Return the QR code of a code, row by row, True for dark, without its quiet zone of four."""
    return tuple(tuple(bool(dark) for dark in row) for row in _qr(code).matrix)


def qr_svg(code: str, *, side_mm: float = 16.0) -> str:
    """
    Return the QR code of a code as SVG, with its quiet zone.

    Parameters
    ----------
    code
        From `drawn_code`.
    side_mm
        Width and height on paper [mm]; below 12 a telephone may not read it from a grey print.
    """
    drawn = io.BytesIO()
    modules = len(_qr(code).matrix) + 8
    _qr(code).save(drawn, kind="svg", xmldecl=False, scale=side_mm / modules, unit="mm", title=code)
    return drawn.getvalue().decode()


def _qr(code: str) -> segno.QRCode:
    return segno.make_qr(code, error="m", boost_error=False)


def _parted(letters: str) -> str:
    first, second = _PARTS
    return f"{letters[:first]}-{letters[first:second]}-{letters[second:]}"


def _check_letter(letters: str) -> str:
    total, factor = 0, 1
    for letter in letters:
        factor = _times(factor, _GENERATOR)
        total ^= _times(LETTERS.index(letter), factor)
    return LETTERS[total]


def _times(one: int, other: int) -> int:
    """Return the product of two elements of the field."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        other >>= 1
        one <<= 1
        if one > len(LETTERS) - 1:
            one ^= _MODULUS
    return product
