"""One module for each version of the store, from the first on."""
