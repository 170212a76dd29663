"""Whether a browser that connects had a session before."""

from __future__ import annotations


def had_session(protocols: str) -> bool:
    """
    Tell whether a browser came back to go on with a session.

    Parameters
    ----------
    protocols
        `Sec-WebSocket-Protocol` of the connection, in which Streamlit's page says its
        protocol, a token and, when it was connected before, which session it had.

    Returns
    -------
    bool
        True if it names one.

    >>> had_session("streamlit, token, 5f0c"), had_session("streamlit, token"), had_session("")
    (True, False, False)
    """
    said = [each.strip() for each in protocols.split(",")]
    return len(said) > 2 and bool(said[2])  # noqa: PLR2004  the third place
