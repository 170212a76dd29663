"""
Run the app behind its guard; `footprint run` starts this in a process of its own.

    python -m footprint.serving app.py AREA --port 8501
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from starlette.middleware import Middleware
from streamlit import file_util
from streamlit.starlette import App

from footprint.serving.endpoint import Endpoint
from footprint.serving.guard import Guard
from footprint.serving.options import BY_OTHERS, streamlit_options


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m footprint.serving", description=__doc__)
    parser.add_argument("script", type=Path)
    parser.add_argument("area", type=Path)
    parser.add_argument("--address", default="localhost")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--base-path", default="")
    parser.add_argument("--host", action="append", default=[])
    asked = parser.parse_args()
    where = Endpoint(asked.address, asked.port, asked.base_path, tuple(asked.host))
    index = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    app = App(asked.script.resolve(), middleware=[Middleware(Guard, endpoint=where, index=index)])
    # As `streamlit run` leaves it: the script's folder leads the import path, and its pages find the area.
    sys.argv = [str(asked.script.resolve()), str(asked.area), *([] if where.is_local else [BY_OTHERS])]
    # Uvicorn closes every connection at Ctrl-C, and hands the signal on.
    with contextlib.suppress(KeyboardInterrupt):
        app.run(config=streamlit_options(where))


if __name__ == "__main__":
    main()
