"""Training of the belt's activity model; never imported by belt or desktop."""
