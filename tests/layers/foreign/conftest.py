"""What tests of foreign files share: a file is written under its name and looked at, as the command does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from layers.errors import LayerError
from layers.foreign.isolation import looked_at
from layers.foreign.seen import FileSeen

Looking = Callable[..., FileSeen]


@pytest.fixture
def look(tmp_path: Path) -> Looking:
    """Return a function that looks at a file of a name and content."""

    def looking(name: str, content: bytes, near: tuple[float, float, float, float] | None = None) -> FileSeen:
        path = tmp_path / name
        path.write_bytes(content)
        with looked_at(path, near) as looked:
            for sheet in looked.seen.sheets:
                assert (
                    sheet.rows
                    == sheet.read + sheet.reported
                    == sheet.read + sum(r.count for r in sheet.reports)
                )
            return looked.seen

    return looking


@pytest.fixture
def refused(look: Looking) -> Callable[[str, bytes], str]:
    """Return a function that gives the one message with which a file is refused."""

    def refusing(name: str, content: bytes) -> str:
        with pytest.raises(LayerError) as caught:
            look(name, content)
        assert len(caught.value.faults) == 1
        assert caught.value.faults[0].file == name
        return str(caught.value)

    return refusing
