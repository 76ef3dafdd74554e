"""What is printed is what was computed with: LaTeX read back as numbers has the value of its expression."""

import numpy as np
import pytest
from gradient_targets import LONGEST, TARGETS, TOGETHER, derived
from printer_examples import EXAMPLES, A, X, m, y
from readback import assert_reads_back, lines, read, sides
from samples import but

from claims.language import NAMES, parts
from claims.printing.printer import latex

pytestmark = TOGETHER

READ: set = set()  # networks share most of their expressions


@pytest.mark.parametrize("expression", [e for e, _, _ in EXAMPLES], ids=latex)
def test_every_kind_of_expression_reads_back(expression):
    assert_reads_back(expression)


@pytest.mark.parametrize("name", but(LONGEST, TARGETS))
def test_everything_a_derivation_prints_reads_back(name):
    T = TARGETS[name]
    found = derived(name)
    expressions = [T.scalar, *T.given, *(q.expr for q in parts(T.scalar, NAMES))]
    for d in found:
        expressions += [d.closed, *(e for _, e in d.lines)]
    expressions += [e for s in found[0].steps for e in (s.operand, s.raw, s.value)]
    for expression in dict.fromkeys(expressions):
        if expression not in READ:
            assert_reads_back(expression)
            READ.add(expression)


def test_the_lines_of_a_derivation_read_back_one_by_one():
    d = derived("two layers, g")[0]
    printed = lines(d.latex)
    assert len(printed) == len(d.chain) == 3
    for line, shown in zip(d.chain, printed, strict=True):
        assert_reads_back(line.symbol, shown.split(" = ", 1)[0])
        assert_reads_back(line.expr, shown.split(" = ", 1)[1])


@pytest.mark.parametrize(
    "wrong",
    [r"X^\top (A - y)", r"\frac{1}{m} X^\top (A + y)", r"\frac{1}{m} X^\top (y - A)", r"\frac{1}{m} X^\top (A - y^2)"],
)
def test_a_formula_printed_wrong_is_noticed(wrong):
    with pytest.raises(AssertionError):
        assert_reads_back(X.T * (A - y) / m, wrong)


def test_text_that_is_no_formula_is_refused():
    with pytest.raises(AssertionError, match="cannot read"):
        read(r"X \% w", {"X": np.eye(2), "w": np.ones((2, 1))})
    with pytest.raises(AssertionError, match="left over"):
        read("(1) )", {})


def test_values_that_can_be_computed_by_hand():
    env = {"X": np.array([[1.0, 2.0], [3.0, 4.0]]), "w": np.array([[1.0], [-1.0]]), "m": 2.0, "b": 0.5}
    assert read(r"\mathbf{1}^\top X w", env) == -2
    assert np.array_equal(read(r"\frac{1}{m} X w + b \mathbf{1}", env), [[0.0], [0.0]])
    assert np.array_equal(read(r"\mathbf{1} \mathbf{1}^\top X", env), [[4.0, 6.0]])  # its one row, to be spread
    assert read(r"\sum_{k=1}^{m} X_{1k} w_k", env) == -1
    assert np.array_equal(read(r"\operatorname{diag}(w) X", env), [[1, 2], [-3, -4]])
    assert read(r"\| w \|^2 + \left|-3\right|", env) == pytest.approx(5)
    assert np.array_equal(read(r"\mathbf{1}[X > 2]", env), [[0, 0], [1, 1]])
    assert np.allclose(read(r"\frac{\partial}{\partial w} \left[\| w \|^2\right]", env), 2 * env["w"])
    assert np.allclose(read(r"\frac{\partial}{\partial w^\top} \left[\| w \|^2\right]", env), 2 * env["w"].T)
    assert np.allclose(read(r"\frac{\partial}{\partial w^\top} \left[X w\right]", env), env["X"])
    assert np.allclose(
        read(r"\frac{\partial^2}{\partial w \, \partial w^\top} \left[\| w \|^2\right]", env), 2 * np.eye(2), atol=1e-6
    )
    both, relation = sides(
        r"\frac{\partial \mathcal{L}}{\partial w} = w", {**env, r"\frac{\partial\mathcal{L}}{\partial w}": 3.0}
    )
    assert both[0] == 3
    assert relation == ["="]
