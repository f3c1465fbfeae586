"""The window: thin Qt widgets over presenters that know no Qt."""
