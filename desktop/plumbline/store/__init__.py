"""The data folder: raw archive first, then the database built from it."""
