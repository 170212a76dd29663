"""Silent: the solver without its greeting on standard output, where documents for other programs go."""

from __future__ import annotations

import highspy


class SilentSolver(highspy.Highs):
    """A solver that prints nothing, in one thread, the same at every run."""

    def __init__(self) -> None:
        """Make it silent before its callbacks, which greet."""
        super().__init__()  # type: ignore[no-untyped-call]
        for option, value in (("log_to_console", False), ("threads", 1), ("random_seed", 1)):
            self.setOptionValue(option, value)

    def enableCallbacks(self) -> None:  # noqa: N802 the library's own name
        """Set callbacks up, output off: it greets whoever has not said so by then."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
