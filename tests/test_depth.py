"""What is proved of one layer holds for every depth; what is false of one is refused."""

import itertools
import re

import pytest
import sympy as sp
from sympy import log, tanh

from claims import (
    Ambiguous,
    Grad,
    Layers,
    Refuted,
    SizesDoNotFit,
    activation,
    apply,
    expectation,
    hadamard,
    inner,
    matrix,
    named,
    ones,
    prove,
    random,
    sigma,
    sizes,
    total,
)
from claims.data import read, write
from claims.depth.claimed import every_depth
from claims.depth.layers import LAYER, WrittenOut
from claims.printing.printer import latex

m, n0 = sizes("m n_0")
net = Layers(matrix("X", m, n0), outputs=sizes("K"))
noise = random("X", m, n0, variance=1)


def answers(Z):
    return named("A_L", apply(sigma, Z))


def loss(Z):
    A, Y, one = answers(Z), matrix("Y", *Z.shape), ones(*Z.shape)
    return -(inner(Y, apply(log, A)) + inner(one - Y, apply(log, one - A))) / m


def at_top(Z):
    return (answers(Z) - matrix("Y", *Z.shape)) / m


def below(net, l):
    return hadamard(net.dZ(l + 1) * net.W(l + 1).T, apply(net.g(l).prime, net.Z(l)))


def gradients(net, l):
    return [(net.W(l), net.A(l - 1).T * net.dZ(l)), (net.b(l), ones(1, net.m) * net.dZ(l))]


def proved(**other):
    told = {"loss": loss, "at_top": at_top, "below": below, "gradients": gradients} | other
    return every_depth("deep", net, told["loss"], told["at_top"], told["below"], told["gradients"])


@pytest.fixture(scope="module")
def deep():
    return proved()


def test_the_gradients_of_every_depth_are_proved_and_audited_at_six_depths(deep):
    assert deep.state == "proved-all" and deep.conditions == ()
    assert deep.audit.points >= 20 and deep.audit.error < 1e-40
    assert next(need.what for need in deep.needs) == "chain-rule"


def test_each_line_is_an_obligation_of_its_own(deep):
    base, step, weights, bias = deep.proofs
    assert base.lhs == Grad(loss(net.Z(net.depth)), net.Z(net.depth))
    assert (step.lhs.wrt, weights.lhs.wrt, bias.lhs.wrt) == (net.Z(LAYER), net.W(LAYER), net.b(LAYER))


def test_it_is_written_as_data_and_read_back(deep):
    assert read(write(deep.stated)) == deep.stated and deep.stated.kind == "every-depth"


def test_the_record_has_a_line_for_each_step_of_the_induction(deep):
    record = deep.record()
    assert record["method"] == [{"code": "induction", "by": "L"}]
    assert record["steps"][1]["latex"].startswith(r"\mathrm{d}Z_l = \mathrm{d}Z_{l+1} W_{l+1}^\top \odot g_l'(Z_l)")
    assert record["latex"].count(r"\\") == 3


def test_written_out_for_two_layers_it_is_what_the_prover_finds_end_to_end():
    two = WrittenOut(net, 2, at_top, below)
    (W, formula), _ = gradients(two, 1)
    assert prove("two", Grad(loss(two.Z(2)), W), formula).state == "proved-all"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"below": lambda net, l: hadamard(net.dZ(l + 1) * net.W(l + 1).T, apply(net.g(l).prime, net.A(l)))}, Refuted),
        ({"below": lambda net, l: net.dZ(l + 1) * net.W(l + 1).T}, Refuted),
        ({"at_top": lambda Z: answers(Z) - matrix("Y", *Z.shape)}, Refuted),
        ({"gradients": lambda net, l: [(net.W(l), net.A(l).T * net.dZ(l))]}, SizesDoNotFit),
        ({"gradients": lambda net, l: [(net.b(l), ones(1, net.m) * net.dZ(l) / net.m)]}, Refuted),
    ],
    ids=["slope at the value", "slope forgotten", "1/m forgotten", "output for input", "1/m twice"],
)
def test_a_line_that_is_false_is_refused(wrong, error):
    with pytest.raises(error):
        proved(**wrong)


def test_a_line_that_speaks_of_itself_is_refused():
    with pytest.raises(ValueError, match="may not speak of itself"):
        proved(below=lambda net, l: below(net, l) + net.dZ(l) - net.dZ(l) * 1 + 0 * net.dZ(l) + net.dZ(l))


def test_a_loss_that_sees_a_hidden_layer_is_refused():
    for W in (net.W(LAYER), net.W(2), net.W(net.depth)):
        with pytest.raises(ValueError, match="may not speak of"):
            proved(loss=lambda Z, W=W: loss(Z) + inner(W, W))


AS_LATEX = [
    r"\mathrm{d}Z_2",
    r"\hat{W}_1",
    r"W\_1",
    "W^1",
    "W^{(l)}",
    "{W}_1",
    "W₁",
    "Wₗ",
    "Wˡ",
    "𝑊_1",
    "Ｗ₁",
    "Ŵ_1",
    "dW_1",
]


@pytest.mark.parametrize("name", ["W1", "b2", "A1", "Z1", "dZ2", "W_hat", *AS_LATEX])
def test_a_loss_that_sees_what_is_printed_as_a_letter_of_a_hidden_layer_is_refused(name):
    penalty = inner(matrix(name, 2), matrix(name, 2))
    with pytest.raises(ValueError, match=f"may not speak of {re.escape(name)}"):
        proved(loss=lambda Z: loss(Z) + penalty)


COUNTED = sizes("n_l")
HIDDEN = {
    "V has a row for each neuron": (lambda Z: total(matrix("V", sizes("n_l"))), "n_l"),
    "V has a row for each neuron of the third layer": (
        lambda Z: total(matrix("U", 2, sizes("n3")) * ones(sizes("n3"))),
        "n3",
    ),
    "V has a row for each layer": (lambda Z: total(matrix("V", net.depth)), "L"),
    "V has a row for each layer below": (lambda Z: total(matrix("V", LAYER)), "l"),
    "an entry of it": (lambda Z: matrix("V", sizes("n_l"))[0, 0], "n_l"),
    "a random W_1": (lambda Z: 1 + expectation(total(random("W_1", m, 2, variance=1))), "W_1"),
    "a random matrix with a row for each neuron": (
        lambda Z: 1 + expectation(total(random("N", sizes("n_l"), variance=1))),
        "n_l",
    ),
    "a size that counts something, too": (
        lambda Z: COUNTED * sp.Sum(matrix("v", m)[COUNTED - 1, 0], (COUNTED, 1, m)),
        "n_l",
    ),
}


@pytest.mark.parametrize(("factor", "name"), HIDDEN.values(), ids=HIDDEN)
def test_a_loss_speaks_of_no_other_layer_in_a_size_or_an_expectation_either(factor, name):
    with pytest.raises(ValueError, match=f"the loss may not speak of {name}, which"):
        proved(loss=lambda Z: factor(Z) * inner(Z, Z) / 2, at_top=lambda Z: factor(Z) * Z)


@pytest.mark.parametrize(
    "samples",
    [
        matrix("P", m, sizes("n_3")) * matrix("Q", sizes("n_3"), n0),
        expectation(random("W_1", m, n0, mean=1, variance=1)),
        matrix("X", n0, sizes("p")),
        matrix("X", sizes("n0"), n0),
    ],
)
def test_samples_speak_of_no_layer_in_a_size_or_an_expectation_either(samples):
    with pytest.raises(ValueError, match="the samples may not speak of"):
        of_samples(samples)


def test_a_loss_may_speak_of_the_samples():
    X = net.samples
    assert proved(loss=lambda Z: inner(X.T * Z, X.T * Z) / (2 * n0), at_top=lambda Z: X * X.T * Z / n0)


def test_samples_may_be_numbers():
    assert of_samples(sp.Matrix([[1, 2], [3, 4]])).state == "proved-all"


def test_there_may_be_as_many_samples_as_numbers_in_each():
    assert of_samples(matrix("X", n0, n0), loss=lambda Z: inner(Z, Z) / (2 * n0), at_top=lambda Z: Z / n0)


def test_the_samples_have_the_width_of_no_layer_but_the_first_however_it_is_written():
    for width in sizes("n_0 n0"):
        assert every_depth(
            "deep", Layers(matrix("X", m, width)), lambda Z: inner(Z, Z) / 2, lambda Z: Z, below, gradients
        )
    with pytest.raises(ValueError, match="may not speak of n1"):
        every_depth(
            "deep", Layers(matrix("X", m, sizes("n1"))), lambda Z: inner(Z, Z), lambda Z: 2 * Z, below, gradients
        )


@pytest.mark.parametrize("number", [LAYER, net.depth])
def test_a_loss_that_counts_layers_is_refused(number):
    with pytest.raises(ValueError, match="may not speak of"):
        proved(loss=lambda Z: loss(Z) * number)


def test_without_a_gradient_by_a_parameter_nothing_is_claimed():
    with pytest.raises(ValueError, match="no gradient by a parameter of layer l"):
        proved(gradients=lambda net, l: [])


def test_a_slope_that_is_cancelled_in_its_own_line_is_refused_where_the_network_is_written_out():
    with pytest.raises(ValueError, match="the line of dZ_l may not speak of itself"):
        proved(below=lambda net, l: below(net, l) + net.dZ(l) - net.dZ(l))


@pytest.mark.parametrize("line", ["loss", "at_top", "below"])
def test_a_line_has_a_value(line):
    with pytest.raises(TypeError, match="is None, which is no expression"):
        proved(**{line: lambda *_: None})


@pytest.mark.parametrize("line", ["loss", "at_top", "below", "gradients"])
def test_a_line_is_a_function(line):
    with pytest.raises(TypeError, match=f"{line} is a function of .*, not None"):
        proved(**{line: None})


@pytest.mark.parametrize("given", [None, "Wb", [1], [(1, 2, 3)], {1: 2}])
def test_gradients_are_pairs_of_a_parameter_and_the_gradient_by_it(given):
    with pytest.raises(TypeError, match="gradients are pairs of a parameter and the gradient by it"):
        proved(gradients=lambda *_: given)


@pytest.mark.parametrize("samples", [None, sp.Symbol("x", real=True)])
def test_samples_are_a_matrix(samples):
    with pytest.raises(TypeError, match="the samples are a matrix, a row for each"):
        Layers(samples)


def test_what_is_no_weight_or_bias_of_the_layer_is_no_parameter():
    s = sp.Symbol("s", real=True)
    faint = sp.exp(-10000 * (1 + s**2))
    with pytest.raises(ValueError, match="s is no parameter of layer l"):
        proved(loss=lambda Z: loss(Z) + s * faint, gradients=lambda net, l: [(s, sp.S.Zero)])


def test_the_samples_may_not_be_a_letter_of_the_network():
    other = Layers(matrix("W_7", sizes("n_6"), sizes("n_7")))
    with pytest.raises(ValueError, match="the samples may not speak of W_7"):
        every_depth("deep", other, lambda Z: inner(Z, Z) / 2, lambda Z: Z, below, gradients)


def of_samples(X, **other):
    told = {"loss": lambda Z: inner(Z, Z) / 2, "at_top": lambda Z: Z, "gradients": gradients} | other
    return every_depth("deep", Layers(X), told["loss"], told["at_top"], below, told["gradients"])


@pytest.mark.parametrize("samples", [noise, named("A", noise + ones(m, n0)), hadamard(noise, noise)])
def test_random_samples_are_refused_also_where_numbers_see_nothing_of_them(samples):
    faint = sp.exp(-10000 * (1 + sp.Symbol("s", real=True) ** 2))
    with pytest.raises(ValueError, match="the samples may not be random"):
        of_samples(samples, loss=lambda Z: faint * expectation(inner(Z, Z)) / 2, at_top=lambda Z: faint * Z)


@pytest.mark.parametrize("count", [str(LAYER), str(net.depth)])
def test_there_may_not_be_as_many_samples_as_a_layer_has_others_below(count):
    with pytest.raises(ValueError, match=f"the samples may not speak of {count}"):
        of_samples(matrix("X", sizes(count), n0))
    with pytest.raises(ValueError, match=f"the width of the last layer may not speak of {count}"):
        every_depth(
            "deep", Layers(matrix("X", m, n0), sizes(count)), lambda Z: inner(Z, Z) / 2, lambda Z: Z, below, gradients
        )


def test_a_loss_that_speaks_of_a_width_or_an_activation_of_a_layer_is_refused():
    for strange in (lambda Z: loss(Z) * sizes("n_l"), lambda Z: loss(apply(activation("g_l"), Z))):
        with pytest.raises(ValueError, match="the loss may not speak of"):
            proved(loss=strange)


def test_the_last_width_may_not_be_that_of_a_layer():
    with pytest.raises(ValueError, match="the width of the last layer may not speak of n_l"):
        every_depth(
            "deep",
            Layers(matrix("X", *sizes("m n_0")), sizes("n_l")),
            lambda Z: inner(Z, Z) / 2,
            lambda Z: Z,
            below,
            gradients,
        )


@pytest.mark.parametrize("name", ["W_l", "W_1", "dZ_l"])
def test_a_line_gives_nothing_the_name_of_a_letter_of_the_network(name):
    def renamed(net, l):
        return hadamard(net.dZ(l + 1) * named(name, net.W(l + 1)).T, apply(net.g(l).prime, net.Z(l)))

    with pytest.raises(ValueError, match=f"the line of dZ_l may not speak of {name}"):
        proved(below=renamed)


def test_a_loss_gives_no_name_of_a_letter_of_the_network_but_that_of_what_the_last_layer_hands_on():
    with pytest.raises(ValueError, match="the loss may not speak of dZ_L"):
        proved(loss=lambda Z: inner(named("dZ_L", 2 * Z), Z) / 4, at_top=lambda Z: Z)


def test_a_letter_means_one_thing_in_all_lines():
    def more(net, l):
        y = sp.Symbol("Y", real=True)
        zero = (y + 1) ** 2 - y**2 - 2 * y - 1
        return [(net.W(l), (1 + zero) * net.A(l - 1).T * net.dZ(l))]

    with pytest.raises(Ambiguous, match="two different things are called Y"):
        proved(gradients=more)


def test_layers_that_share_their_weights_are_no_layers_of_every_depth():
    """The gradient by weights of all layers is the sum of what each layer gives."""

    class Tied(Layers):
        def width(self, k):
            return sizes("h")

        def W(self, k):
            return matrix("V", sizes("h"), sizes("h"))

    tied = Tied(matrix("X", m, sizes("h")), outputs=sizes("h"))
    with pytest.raises(TypeError, match=r"Layers\(...\), each with letters of its own, not a Tied"):
        every_depth("deep", tied, lambda Z: inner(Z, Z) / 2, lambda Z: Z, below, gradients)


def test_a_network_whose_letters_are_others_than_it_was_made_with_is_none_of_every_depth():
    h = sizes("h")
    tied = Layers(matrix("X", m, h), outputs=h)
    tied.width, tied.W = lambda k: h, lambda k: matrix("V", h, h)
    counted, renamed = Layers(matrix("X", m, n0)), Layers(matrix("X", m, n0))
    counted.last, renamed.depth = LAYER, sizes("n_3")
    for other in (tied, counted, renamed):
        with pytest.raises(TypeError, match="each with letters of its own, not a Layers that gives others"):
            every_depth("deep", other, lambda Z: inner(Z, Z) / 2, lambda Z: Z, below, gradients)


def test_what_a_line_does_to_the_network_that_it_is_given_changes_no_other_line():
    def changed(net, l):
        line = below(net, l)
        net.logits = lambda k, b: 2 * ones(m, 1) * net.b(k) if net.last == net.depth else Layers.logits(net, k, b)
        return line

    def twice(net, l):
        return [(net.b(l), (2 if net.last == net.depth else 1) * ones(1, m) * net.dZ(l))]

    fresh = Layers(matrix("X", m, n0), outputs=sizes("K"))
    with pytest.raises(Refuted, match="line 3 is false"):
        every_depth("deep", fresh, loss, at_top, changed, twice)


@pytest.mark.parametrize("smooth", range(1, 6))
def test_the_loss_without_kinks_is_the_loss_of_the_lines(smooth):
    asked = itertools.count(1)

    def kinked_but_once(Z):
        return inner(Z, Z) if next(asked) == smooth else total(apply(sp.Abs, Z))

    with pytest.raises((Refuted, ValueError)):
        proved(loss=kinked_but_once, at_top=lambda Z: apply(sp.sign, Z))


@pytest.mark.parametrize("depth", ["l+1", "1", "l", "L M", "", "L'", "_"])
def test_the_depth_is_a_letter(depth):
    with pytest.raises(ValueError, match="give the depth a letter of its own"):
        Layers(matrix("X", m, n0), depth=depth)


def test_the_depth_is_written_alike_in_all_places():
    lines = every_depth(
        "deep", Layers(matrix("X", m, n0), depth="Lambda"), lambda Z: inner(Z, Z), lambda Z: 2 * Z, below, gradients
    )
    assert [layers for *_, layers in lines.lines][1:] == [r"1 \le l < \Lambda", *[r"1 \le l \le \Lambda"] * 2]


@pytest.mark.parametrize("number", ["ℓ", "𝑙", r"\ell"])
def test_no_number_is_printed_like_the_layer(number):
    number = sp.Symbol(number, real=True)
    with pytest.raises(Ambiguous, match="which are printed alike"):
        proved(loss=lambda Z: number * inner(Z, Z) / 2, at_top=lambda Z: number * Z)


@pytest.mark.parametrize("letter", ["l", "L"])
def test_no_number_is_called_like_the_layer_or_the_depth(letter):
    number = sp.Symbol(letter, real=True)
    with pytest.raises(Ambiguous, match=f"two different things are called {letter}"):
        proved(loss=lambda Z: number * inner(Z, Z) / 2, at_top=lambda Z: number * Z)


def test_the_depth_is_not_called_like_the_samples():
    with pytest.raises(Ambiguous, match="two different things are called X"):
        every_depth(
            "deep", Layers(matrix("X", m, n0), depth="X"), lambda Z: inner(Z, Z), lambda Z: 2 * Z, below, gradients
        )


def test_a_loss_may_have_the_name_that_the_lines_give_it():
    assert proved(loss=lambda Z: named("L", inner(Z, Z) / 2), at_top=lambda Z: Z)


@pytest.mark.parametrize("letter", ["n_0", "n_l"])
def test_the_depth_is_no_width_of_a_layer(letter):
    with pytest.raises(ValueError, match=f"the depth may not speak of {letter}"):
        every_depth(
            "deep", Layers(matrix("X", m, n0), depth=letter), lambda Z: inner(Z, Z) / 2, lambda Z: Z, below, gradients
        )


def test_a_loss_with_kinks_is_refused():
    with pytest.raises(ValueError, match="without kinks"):
        proved(loss=lambda Z: sp.Max(0, loss(Z)))


def test_no_index_of_a_condition_is_called_like_the_layer_or_the_depth():
    def slope(Z):
        return apply(lambda t: 1 / t, Z)

    found = proved(loss=lambda Z: inner(apply(log, Z), ones(*Z.shape)), at_top=slope)
    names = {s.name for c in found.conditions for s in c.atoms(sp.Symbol)}
    assert found.conditions and not names & {"l", "L"}


def test_a_reason_without_a_line_is_refused():
    with pytest.raises(ValueError, match="5 reasons for 4 lines: give one for each line"):
        every_depth("deep", net, loss, at_top, below, gradients, reasons=((),) * 5)


def test_layers_are_written_as_a_reader_expects():
    assert latex(net.W(LAYER + 1)) == "W_{l+1}" and latex(net.W(net.depth)) == "W_L" and latex(net.W(3)) == "W_3"
    assert latex(apply(net.g(LAYER), net.Z(LAYER))) == "g_l(Z_l)"
    assert latex(apply(tanh, net.Z(12))) == r"\tanh(Z_{12})"


def test_the_lines_shown_are_those_that_are_proved():
    """A decimal is shown as the fraction of all its digits, which is what was put to the prover."""
    tenth = proved(loss=lambda Z: 0.1 * inner(Z, Z), at_top=lambda Z: 0.2 * Z)
    assert [right for _, right, _ in tenth.lines] == [proof.rhs for proof in tenth.proofs]
