"""What several tests share."""

import gc
import os

os.environ.setdefault("SYMPY_CACHE_SIZE", "100000")  # before any import of SymPy: as the kernels of chapters have it
gc.set_threshold(100_000)

import hypothesis
import numpy as np
import pytest

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(autouse=True)
def no_kept_proofs(monkeypatch):
    """A build in this process says where proofs are kept; a test that falsifies the prover must not find or leave any."""
    monkeypatch.delenv("CLAIMS_CACHE", raising=False)
