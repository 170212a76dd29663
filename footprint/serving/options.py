"""Settings of Streamlit that the app is served with."""

from __future__ import annotations

from footprint.serving.endpoint import Endpoint
from footprint.views.colours import PRIMARY

LARGEST_FILE_MB = 5
"""Largest file a page takes in [MB]: plans and proposals; the guard refuses it too."""
LARGEST_BROUGHT_MB = 512
"""Largest file brought into an area on a page [MB], on one's own machine alone; larger ones by command."""
_LARGEST_MESSAGE_MB = 50
"""Largest message to a browser [MB]; from one, what is `LARGEST_FILE_MB`."""
BY_OTHERS = "--reached-by-others"
"""What the served app finds among its arguments where others than this machine can reach it."""


def streamlit_options(where: Endpoint) -> dict[str, object]:
    """Return Streamlit's settings for serving the app at `where`, with no calls to the outside."""
    return {
        "server.headless": True,
        "server.port": where.port,
        "server.address": where.address,
        "server.baseUrlPath": where.base_path,
        "server.allowedHosts": [],  # the guard's own list says which
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": LARGEST_BROUGHT_MB if where.is_local else LARGEST_FILE_MB,
        "server.maxWidgetStateSize": LARGEST_FILE_MB,
        "server.maxMessageSize": _LARGEST_MESSAGE_MB,
        "browser.gatherUsageStats": False,
        # Its welcome asks an address of the outside for this machine's own when the address is every one.
        "logger.hideWelcomeMessage": True,
        # Sites that may steer the app from around it: none.
        "client.allowedOrigins": [],
        "client.toolbarMode": "minimal",
        # Tracebacks name paths of this machine; they go to the terminal, not to the reader.
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "runner.magicEnabled": False,
        # It goes through all layers after every run, for 0.15 s in which nobody is answered: Python's own
        # collections, which go through what is new, are enough.
        "runner.postScriptGC": False,
        "theme.base": "light",
        "theme.primaryColor": PRIMARY,
    }
