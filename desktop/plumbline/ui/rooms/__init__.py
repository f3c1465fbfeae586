"""The window's pages but the first; a module each says how the page is made and connected."""
