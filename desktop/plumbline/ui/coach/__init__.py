"""The page Coach and its sub-pages: thin widgets over tested presenters."""
