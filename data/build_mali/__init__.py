"""How the bundled case is made: hand tables and small extracts in, `data/mali` out, byte for byte."""
