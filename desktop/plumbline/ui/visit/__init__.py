"""One page for a visit to a doctor or physiotherapist: drawn, shown, written as PDF."""
