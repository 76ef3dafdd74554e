"""The statements that cells proved: kept, shown in boxes with their proofs, listed and drawn."""
