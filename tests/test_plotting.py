import numpy as np
import pytest
from matplotlib.colors import same_color, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle

from neurone.activations import ACTIVATIONS
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network
from neurone.plotting import decision_boundary, learning_curves, weight_image
from neurone.training import History


@pytest.fixture
def ax():
    return Figure().add_subplot()


def history(loss, **measures):
    loss = np.array(loss)
    return History(5 * np.arange(len(loss)), np.arange(len(loss)), loss, 1 - loss, **measures)


def test_the_curve_of_one_network_is_its_loss(ax):
    learning_curves(ax, history([0.9, 0.5, 0.3]))
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xydata(), [[0, 0.9], [5, 0.5], [10, 0.3]])
    assert not ax.collections and ax.get_xlabel() == "iteration" and ax.get_ylabel() == "loss"


def test_the_curve_of_a_stack_is_the_mean_with_the_interval_of_student(ax):
    learning_curves(ax, history([[1.0, 5.0], [2.0, 2.0]]))
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [3, 2])
    corners = ax.collections[0].get_paths()[0].vertices
    at_start = corners[corners[:, 0] == 0, 1]
    half = 12.706 * np.sqrt(8) / np.sqrt(2)  # the quantile of one degree of freedom, the deviation, the root of two
    np.testing.assert_allclose([at_start.min(), at_start.max()], [3 - half, 3 + half], atol=1e-3)


def test_an_interval_has_the_colour_of_its_curve_which_shows_through_and_no_edge(ax):
    loss = np.array([[1.0, 5.0], [2.0, 2.0]])
    ax.plot([0, 1], [0, 1])  # of the first colour
    learning_curves(ax, history(loss, validation_loss=loss + 1))
    for line, interval in zip(ax.lines[1:], ax.collections, strict=True):
        assert same_color(interval.get_facecolor(), to_rgba(line.get_color(), 0.25))
        assert interval.get_linewidth() == 0


def test_validation_data_has_a_curve_of_its_own_colour(ax):
    measures = {"validation_loss": np.array([0.8, 0.6]), "validation_accuracy": np.array([0.2, 0.4])}
    learning_curves(ax, history([0.9, 0.5], **measures), "accuracy")
    training, validation = ax.lines
    np.testing.assert_allclose(training.get_ydata(), [0.1, 0.5])
    np.testing.assert_array_equal(validation.get_ydata(), [0.2, 0.4])
    assert not same_color(training.get_color(), validation.get_color())
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["training", "validation"]


def test_the_boundary_of_one_neuron_is_the_line_where_its_logit_vanishes(ax):
    neuron = Network([Dense(np.array([[1.0], [-2.0]]), np.array([[0.5]]))], [], OUTPUTS["sigmoid"])
    X = np.array([[-2.0, -2.0], [2.0, 2.0], [-2.0, 2.0]])
    decision_boundary(ax, neuron, X, np.array([[0], [1], [1]]))
    (contour,) = ax.collections
    line = contour.get_paths()[0].vertices
    np.testing.assert_allclose(line[:, 0] - 2 * line[:, 1] + 0.5, 0, atol=1e-3)
    assert np.ptp(line[:, 0]) > 4
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")
    assert [len(points.get_xdata()) for points in ax.lines] == [1, 2]


def test_a_boundary_reaches_a_tenth_beyond_the_samples(ax):
    neuron = Network([Dense(np.array([[1.0], [-10.0]]), np.zeros((1, 1)))], [], OUTPUTS["sigmoid"])
    decision_boundary(ax, neuron, np.array([[-10.0, -1.0], [30.0, 3.0]]), [0, 1])
    line = ax.collections[0].get_paths()[0].vertices
    np.testing.assert_allclose([line.min(axis=0), line.max(axis=0)], [[-14, -1.4], [34, 3.4]], atol=1e-9)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_network_that_is_undecided_on_half_of_the_plane_has_a_line_if_it_decides_otherwise_elsewhere(ax, sign):
    first, second = Dense(np.array([[1.0], [0.0]]), np.zeros((1, 1))), Dense(np.array([[1.0 * sign]]), np.zeros((1, 1)))
    network = Network([first, second], [ACTIVATIONS["relu"]], OUTPUTS["sigmoid"])
    X = np.array([[-1.0, 0.0], [1.0, 1.0]])
    decision_boundary(ax, network, X, [0, 1])
    assert len(ax.collections) == len(set(network.output.decide(network.logits(X)).flat)) - 1 == (sign == 1)


def corners(K):
    """A network of K classes, and a sample of each."""
    angles = 2 * np.pi * np.arange(K) / K
    X = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return Network([Dense(X.T, np.zeros((1, K)))], [], OUTPUTS["softmax"]), X


def test_eight_classes_have_eight_filled_markers_and_lines_of_one_colour(ax):
    network, X = corners(8)
    decision_boundary(ax, network, X, np.arange(8))
    markers = {points.get_marker() for points in ax.lines}
    assert len(markers) == 8 and all(MarkerStyle(marker).is_filled() for marker in markers)
    assert {points.get_markersize() for points in ax.lines} == {4}  # small: they are many
    assert len(ax.collections) == 7 and all(same_color(each.get_edgecolor(), "C2") for each in ax.collections)


@pytest.mark.parametrize("K, rows", [(4, 1), (5, 2), (8, 2)])
def test_the_names_of_four_classes_stand_side_by_side_in_the_middle_above_the_samples(ax, K, rows):
    network, X = corners(K)
    decision_boundary(ax, network, X, np.arange(K))
    ax.figure.draw_without_rendering()
    legend, place = ax.get_legend().get_window_extent(), ax.get_window_extent()
    assert len({round(text.get_window_extent().y0) for text in ax.get_legend().get_texts()}) == rows
    assert legend.x0 + legend.x1 == pytest.approx(place.x0 + place.x1, abs=2)
    assert place.y1 <= legend.y0 < place.y1 + legend.height


def test_the_classes_of_a_decision_boundary_differ_by_more_than_colour(ax):
    neuron = Network([Dense(np.array([[1.0], [-2.0]]), np.array([[0.5]]))], [], OUTPUTS["sigmoid"])
    decision_boundary(ax, neuron, np.array([[-2.0, -1.0], [0.0, 1.0]]), np.array([[0], [1]]))
    assert len({points.get_marker() for points in ax.lines}) == 2


def test_the_names_of_the_classes_stand_above_the_samples(ax):
    neuron = Network([Dense(np.array([[1.0], [-2.0]]), np.array([[0.5]]))], [], OUTPUTS["sigmoid"])
    decision_boundary(ax, neuron, np.array([[-2.0, -1.0], [0.0, 1.0]]), np.array([[0], [1]]))
    assert ax.get_legend().get_window_extent().y0 >= ax.get_window_extent().y1


def test_a_network_that_says_the_same_everywhere_has_no_line_and_no_warning(ax, recwarn):
    same = Network([Dense(np.zeros((2, 1)), np.ones((1, 1)))], [], OUTPUTS["sigmoid"])
    decision_boundary(ax, same, np.array([[0.0, 1.0], [1.0, 0.0]]), [0, 1])
    assert not ax.collections and not recwarn.list


@pytest.mark.parametrize(
    "labels", [np.array([0, 1, 1]), [0, 1, 1], np.array([[1, 0], [0, 1], [0, 1]])], ids=["row", "list", "one-hot"]
)
def test_labels_may_be_a_row_a_list_or_one_hot(ax, labels):
    neuron = Network([Dense(np.array([[1.0], [-2.0]]), np.array([[0.5]]))], [], OUTPUTS["sigmoid"])
    decision_boundary(ax, neuron, np.array([[-2, -2], [2, 2], [-2, 2]]), labels)
    assert [len(points.get_xdata()) for points in ax.lines] == [1, 2]


def test_the_lines_of_a_softmax_are_where_its_two_largest_probabilities_meet(ax):
    network = Network([Dense(np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 2.0]]), np.zeros((1, 3)))], [], OUTPUTS["softmax"])
    X, y = np.array([[2.0, -2.0], [-2.0, -2.0], [0.0, 3.0], [1.0, 3.0]]), np.array([0, 1, 2, 2])
    decision_boundary(ax, network, X, y)
    for contour in ax.collections:
        P = np.sort(network.probabilities(contour.get_paths()[0].vertices))
        np.testing.assert_allclose(P[:, -1], P[:, -2], atol=0.02)
    assert len(ax.collections) == 2
    assert [len(points.get_xdata()) for points in ax.lines] == [1, 1, 2]
    assert len({points.get_marker() for points in ax.lines}) == 3


def test_a_boundary_of_a_stack_or_of_several_labels_is_refused(ax):
    X, Y = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1])
    labels = Network.create([2, 3], rng=0)
    rare = Network([Dense(np.zeros((2, 1)), np.full((1, 1), -np.log(200**2 - 1)))], [], OUTPUTS["sigmoid"])
    for network in (labels, Network.stack([Network.create([2, 1], rng=0)] * 3), Network.stack([rare] * 3)):
        with pytest.raises(ValueError, match="take one of a stack, or one label of several"):
            decision_boundary(ax, network, X, Y)


@pytest.mark.parametrize("labels, strange", [([-1, 1], -1), ([1, 2], 2), ([0.5, 1.0], 0.5)])
def test_labels_that_are_no_numbers_of_classes_are_refused_and_not_left_out(ax, labels, strange):
    with pytest.raises(ValueError, match=f"Y holds {strange}: give the numbers of the classes, 0 to 1"):
        decision_boundary(ax, Network.create([2, 1], rng=0), np.eye(2), labels)


def test_a_boundary_needs_two_inputs(ax):
    with pytest.raises(ValueError, match="X has 3 columns: a decision boundary can be drawn of two"):
        decision_boundary(ax, None, np.zeros((4, 3)), np.zeros((4, 1)))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_weight_of_zero_is_white_and_the_scale_is_symmetric(ax, sign):
    weight_image(ax, sign * np.array([[-0.25], [0.0], [0.5], [1.0], [0.0], [0.0]]), height=2)
    (image,) = ax.images
    np.testing.assert_array_equal(image.get_array(), sign * np.array([[-0.25, 0, 0.5], [1, 0, 0]]))
    assert (image.norm.vmin, image.norm.vmax) == (-1, 1)
    assert min(to_rgb(image.cmap(0.5))) > 0.95
    assert not ax.axison


@pytest.mark.parametrize("labels", [[0, 1], [[0, 1], [1, 0]], 1])
def test_a_boundary_needs_a_label_for_each_sample(ax, labels):
    with pytest.raises(ValueError, match="3 samples take as many labels"):
        decision_boundary(ax, Network.create([2, 1], rng=0), np.eye(3, 2), labels)


@pytest.mark.parametrize("shape", [(10, 1), (12, 2), (2, 12, 1), (1, 12)])
def test_the_weights_of_several_neurons_or_of_no_such_height_are_no_image(ax, shape):
    with pytest.raises(ValueError, match="an image of height 4 takes the weights of one neuron"):
        weight_image(ax, np.ones(shape), 4)


def test_the_weights_of_a_list_are_an_image(ax):
    weight_image(ax, [1, -2, 3, 4], 2)
    np.testing.assert_array_equal(ax.images[0].get_array(), [[1, -2], [3, 4]])
