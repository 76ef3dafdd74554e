"""Statements about networks of any depth: proved for one layer, and carried from layer to layer by induction."""
