"""A second implementation of the method, from its specification, and its comparison with the product."""
