"""
Siting: public location problems, solved with a bound that holds.

How does this solver stand beside published results? It reads files as others publish them (OR-Library
and the like), solves maximal covering, set covering, p-median and p-centre, and always says how far any
choice could lie above what it found.
"""
