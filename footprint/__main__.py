"""Run the command line as `python -m footprint`."""

from __future__ import annotations

from footprint.cli.main import main

if __name__ == "__main__":
    main()
