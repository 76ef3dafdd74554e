"""Values that hold arrays: equal if their arrays are, and no error whatever they are compared with."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

import neurone
from neurone.activations import tanh
from neurone.arrays import Array, within_one
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network
from neurone.pictures import CatsAndDogs
from neurone.span import Span, SpanLayer
from neurone.training import History
from neurone.units import Units


def dense(x):
    return Dense(np.array([[1.0, x]]), np.zeros((1, 2)))


@pytest.mark.parametrize("size", [1.0, 1e-320, 1e300])
def test_within_one_takes_off_powers_of_two_that_can_be_put_back(rng, size):
    A = size * rng.normal(size=(5, 3))
    inside, power = within_one(A)
    assert (0.5 <= np.abs(inside).max(axis=0)).all() and (np.abs(inside) < 1).all()
    np.testing.assert_array_equal(np.ldexp(inside, power), A)
    np.testing.assert_array_equal(within_one(np.zeros((2, 1)))[0], 0)


MADE = {  # a value whose arrays are new each time, and hold the number x
    Dense: dense,
    Network: lambda x: Network([dense(1), Dense(np.array([[x], [3]]), np.zeros((1, 1)))], [tanh], OUTPUTS["sigmoid"]),
    History: lambda x: History(*(np.array([0, 10, x]) for _ in range(4))),
    Units: lambda x: Units(np.zeros(2), np.array([x, 1])),
    Span: lambda x: Span(np.eye(2), np.array([[x], [1]])),
    CatsAndDogs: lambda x: CatsAndDogs(*(np.full((2, 3), x) for _ in range(4)), source="drawings"),
}
classes = pytest.mark.parametrize("made", MADE.values(), ids=[each.__name__ for each in MADE])


@classes
def test_equal_arrays_make_equal_values(made):
    assert (made(2) == made(2)) is True


@classes
def test_one_entry_makes_a_difference(made):
    assert (made(2) == made(5)) is False


@classes
@pytest.mark.parametrize("other", [None, 2, "W", [dense(2)], np.ones((2, 2)).tolist()], ids=str)
def test_a_value_of_another_type_is_another_value(made, other):
    assert made(2) != other and made(2).__eq__(other) is NotImplemented


def test_arrays_of_other_shapes_differ_also_where_numpy_would_stretch_them():
    row, column = np.ones((1, 2)), np.ones((2, 1))
    assert Dense(row, row) != Dense(column, row)


def test_numbers_of_another_precision_are_equal_if_no_digit_was_lost():
    assert dense(0.5).astype(np.float32) == dense(0.5)
    assert dense(0.1).astype(np.float32) != dense(0.1)


def test_a_history_without_validation_differs_from_one_with_it():
    one = np.zeros(3)
    assert History(one, one, one, one) != History(one, one, one, one, one, one)


def test_networks_of_other_functions_differ():
    one, other = (Network([dense(1)], [], OUTPUTS[name]) for name in ("sigmoid", "softmax"))
    assert one != other


def test_a_layer_in_coordinates_is_no_layer_with_weights():
    layer = dense(2)
    assert SpanLayer(layer.W, layer.b) != layer and layer != SpanLayer(layer.W, layer.b)


def test_every_class_that_holds_arrays_is_tested_here():
    modules = [importlib.import_module(f"neurone.{each.name}") for each in pkgutil.iter_modules(neurone.__path__)]
    held = {
        found
        for module in modules
        for found in vars(module).values()
        if is_dataclass(found) and any(each.type in (Array, Array | None) for each in fields(found))
    }
    assert held == {*MADE, SpanLayer} - {Network}
