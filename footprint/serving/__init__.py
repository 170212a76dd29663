"""Serving: who may speak to the app, what a browser may do on its pages, and how much it takes in."""
