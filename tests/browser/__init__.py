"""What a person does, done in Chromium against the running app; `python -m tests.browser.load` measures it."""
