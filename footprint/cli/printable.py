"""A console that no name can steer."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment


class PrintableConsole(Console):
    """A console on which no name, whatever it holds, steers the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield what is printed, tables and titles too; what steers by intent is a control segment."""
        from layers.characters import printable_lines  # noqa: PLC0415 - the layers are heavy; help needs none

        for segment in super().render(renderable, options):
            text, style, control = segment
            yield segment if control else Segment(printable_lines(text), style)
