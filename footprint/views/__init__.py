"""What a result looks like: maps, charts and legends; no Streamlit and no reckoning."""
