"""Taking data along: exports for other programs, backups for another day."""
