"""
Files that people bring: what is in one is looked at in a process apart, and said before anything is taken.

`isolation` is what everybody else calls. Everything else here runs in the process apart, which holds no
other part of the program: it imports nothing of `layers` but sentences, characters, errors, months' names
and refused words.
"""
