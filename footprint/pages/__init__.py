"""One screen each; the only importer of Streamlit."""
