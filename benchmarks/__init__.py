"""Training against JAX, PyTorch, scikit-learn and the plain version, and against the limit of the machine.

`python -m benchmarks` measures; with `--save` it also writes `benchmarks/results.json`, which the book shows.
"""
