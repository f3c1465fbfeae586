"""Tables of the window that can be taken elsewhere: to the clipboard, or into a file."""
