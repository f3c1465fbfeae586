"""What the widgets show, as plain values: texts, colours, positions, enabled flags. No Qt."""
