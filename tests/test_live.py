"""Figures that a reader moves: their numbers are the library's, and a directive with a fault in it is refused."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from chapters import BOOK, TOGETHER, records
from small_site import SETTINGS, build, cell, record, write_book
from sphinx.errors import ExtensionError

from coursebook.html.elements import html
from coursebook.html.node import node_program
from coursebook.site import live
from coursebook.site.arithmetic import arithmetic
from coursebook.site.markdown import parts
from neurone.activations import relu, sigmoid, sigmoid_derivative, sigmoid_value, softmax, tanh
from neurone.layers import Dense
from neurone.losses import cross_entropy, log_loss, log_loss_gradient
from neurone.network import Network

pytestmark = TOGETHER

TESTS = Path(__file__).parent / "live"
FENCE = re.compile(r"^```\{live\} (\w+)\n((?::[^\n]*\n)*)(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS_OF_EACH = 100
ACTIVATIONS = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid}


# ---------------------------------------------------------------- the figures of the book
def figures() -> dict[str, tuple[Path, dict, str]]:
    """Kind -> page, options and lines of each figure of the book."""
    found = {}
    for page in sorted(BOOK.glob("*.md")):
        for kind, options, body in FENCE.findall(page.read_text("utf8")):
            found[kind] = page, dict(re.findall(r"^:(\w+): (.*)$", options, re.MULTILINE)), body
    return found


FIGURES = figures()
PAGES_OF = {"relu-slope": "activations", "tanh-derivative": "activations", "sigmoid-derivative": "sigmoid"}


def stated(names: list[str]) -> dict:
    """The statements as data, from the chapters in which they stand."""
    found = {}
    for name in names:
        [page] = [
            page
            for page in sorted(BOOK.glob("*.md"))
            if re.search(rf'^\w*(?:\w+ = )?(?:claim|define)\(\s*"{name}"', page.read_text(), re.MULTILINE)
        ]
        found[name] = records(page)[name]["statement"]
    return found


def states(options: dict, body: str, rng: np.random.Generator) -> list[dict]:
    """States that the sliders and choices of a figure allow."""
    start = live.settings(options["state"])
    ranges = {key: given for key, given in re.findall(r"^(\w+) \| [^|\n]* \| ([^|\n]*)$", body, re.MULTILINE)}

    def draw(key: str, old: object) -> object:
        if key not in ranges:
            return old
        if ":" in ranges[key]:
            return str(rng.choice(re.findall(r"(\w+):", ranges[key])))
        limits = [float(part) for part in ranges[key].split()]
        if len(limits) == 5:
            return [rng.uniform(*limits[:2]), rng.uniform(*limits[2:4])]
        low, high, step = limits
        return low + step * int(rng.integers(round((high - low) / step) + 1))

    return [{key: draw(key, old) for key, old in start.items()} for _ in range(SETTINGS_OF_EACH)]


def computed(kind: str) -> list[tuple[dict, dict]]:
    """States of a figure, and the numbers that it has at each."""
    _page, options, body = FIGURES[kind]
    drawn = states(options, body, np.random.default_rng(sum(map(ord, kind))))
    asked = json.dumps({"statements": stated(options["statements"].split()), "states": drawn})
    done = subprocess.run(
        [node_program(), TESTS / "numbers.mjs", kind], input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(zip(drawn, json.loads(done.stdout), strict=True))


def same(found: object, expected: object, rtol: float = 1e-9, atol: float = 1e-12) -> None:
    np.testing.assert_allclose(np.asarray(found, dtype=float), expected, rtol, atol)


def test_every_figure_that_there_is_stands_in_the_book_and_is_compared_here():
    kinds = {path.stem for path in live.FIGURES.glob("*.mjs")}
    assert kinds == set(FIGURES)
    assert kinds == {
        name.removeprefix("test_the_figure_").partition("_")[0]
        for name in globals()
        if name.startswith("test_the_figure_")
    }


def test_the_figure_descent_walks_as_numpy_does():
    vectors = np.array([[0.8, -0.6], [0.6, 0.8]])
    for state, found in computed("descent"):
        eigenvalues = np.array([1, state["kappa"]])
        H, w = vectors @ np.diag(eigenvalues) @ vectors.T, np.array(state["start"])
        for place in found["path"]:
            same(place, w, atol=1e-12 * max(1, np.abs(w).max()))
            w = w - state["eta"] * H @ w
        w = np.array(found["path"][-1])
        same(found["loss"], w @ H @ w / 2)
        same(found["factors"], 1 - state["eta"] * eigenvalues)
        same([part[-1] for part in found["parts"]], vectors.T @ w, atol=1e-12 * max(1, np.abs(w).max()))
        same(found["limit"], 2 / state["kappa"])


def test_the_figure_neuron_has_the_answers_and_distances_of_numpy():
    samples = np.array([[1, 2], [2, 3], [3, 2.5], [2, 0], [3, 1], [1, 0.5]])
    for state, found in computed("neuron"):
        w, b = state["alpha"] * np.array(state["tip"]), state["alpha"] * state["b"]
        z = Dense(w[:, None], np.array([[b]])).forward(samples)
        same([[each["z"]] for each in found["each"]], z)
        same([[each["a"]] for each in found["each"]], sigmoid_value(z))
        same([each["d"] for each in found["each"]], z[:, 0] / np.linalg.norm(w))
        same([each["foot"] for each in found["each"]], samples - z * w / (w @ w), atol=1e-9)
        assert found["turned"] == 0


APPLES = np.array([[1, 2], [2, 3], [2, 0], [3, 1]]), np.array([[1], [1], [0], [0]])


def test_the_figure_apples_has_the_losses_and_the_steps_of_the_library():
    X, y = APPLES
    for state, found in computed("apples"):
        W, b = np.array([[state["w1"]], [state["w2"]]]), np.array([[state["b"]]])
        loss, [gradient] = Network([Dense(W, b)], [], "sigmoid").loss_and_gradients(X, y)
        Z = Dense(W, b).forward(X)
        same(found["mean"]["loss"], loss)
        same(found["mean"]["dw"], gradient.W[:, 0])
        same(found["mean"]["db"], gradient.b[0, 0])
        same(found["next"], [*(W - state["eta"] * gradient.W)[:, 0], state["b"] - state["eta"] * gradient.b[0, 0]])
        for k, each in enumerate(found["each"]):
            same(
                each["loss"], log_loss(Z[[k]], y[[k]]), rtol=1e-6
            )  # the figure's loss is the one before it was made stable
            same(each["dw"], (log_loss_gradient(Z[[k]], y[[k]]) * X[[k]])[0])


def test_the_figure_softmax_has_the_probabilities_and_slopes_of_the_library():
    for state, found in computed("softmax"):
        Z = np.array([[state["z1"], state["z2"], state["z3"]]])
        Y = np.eye(3)[[["first", "second", "third"].index(state["label"])]]
        P = softmax(Z / state["T"])
        same(found["P"], P[0])
        same(found["slopes"], (P - Y)[0])
        same(found["loss"], cross_entropy(Z / state["T"], Y))
        same(found["entropy"], -(P * np.log(P)).sum())


CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def test_the_figure_hidden_has_the_logits_of_the_library():
    for state, found in computed("hidden"):
        W1 = np.array([[state["w11"], state["w12"]], [state["w21"], state["w22"]]])
        layers = [
            Dense(W1, np.array([[state["b1"], state["b2"]]])),
            Dense(np.array([[state["v1"]], [state["v2"]]]), np.array([[state["c"]]])),
        ]
        network = Network(layers, [ACTIVATIONS[state["activation"]]], "sigmoid")
        same(np.transpose([found["logits"]]), network.logits(CORNERS), atol=1e-9)
        same(found["hidden"], ACTIVATIONS[state["activation"]].value(layers[0].forward(CORNERS)), atol=1e-9)


def test_the_figure_backward_has_the_gradients_of_the_library():
    X, y = np.array([[1, 2], [2, -1]]), np.array([[1], [0]])
    for state, found in computed("backward"):
        W1 = np.array([[state["w11"], state["w12"]], [state["w21"], state["w22"]]])
        layers = [
            Dense(W1, np.array([[state["b1"], state["b2"]]])),
            Dense(np.array([[state["v1"]], [state["v2"]]]), np.array([[state["c"]]])),
        ]
        loss, [first, second] = Network(layers, [tanh], "sigmoid").loss_and_gradients(X, y)
        shown = found["found"]
        same(shown["L"], loss)
        for name, gradient in {"dW_1": first.W, "db_1": first.b, "dW_2": second.W, "db_2": second.b}.items():
            same(shown[name], gradient)
        assert abs(found["nudged"] - found["exact"]) < state["h"] ** 2  # the third derivative is below 6


def test_the_figure_proper_has_the_charges_of_numpy():
    for state, found in computed("proper"):
        q, a = state["q"], state["a"]
        entropy, cross = (-q * np.log(x) - (1 - q) * np.log(1 - x) for x in (q, a))
        same(
            [each["cost"] for each in found["charges"]],
            [cross, q * (1 - a) ** 2 + (1 - q) * a**2, q * (1 - a) + (1 - q) * a],
        )
        same([found["entropy"], found["divergence"], found["cross"]], [entropy, cross - entropy, cross], atol=1e-9)
        best = [each["best"] for each in found["charges"]]
        same(best[:2], [q, q], atol=0.006)
        assert abs(best[2] - (q > 0.5)) < 0.01 or q == 0.5


def test_the_figure_sigmoid_has_the_values_and_slopes_of_the_library():
    for state, found in computed("sigmoid"):
        a = sigmoid_value(np.array([[state["z"]]]))
        same([found["a"], found["slope"], found["back"]], [a[0, 0], sigmoid_derivative(a)[0, 0], state["z"]], atol=1e-9)


def test_the_figure_quotient_has_the_secant_of_numpy():
    for state, found in computed("quotient"):
        x, h = state["x"], 10.0 ** state["h"]
        f = lambda z: 1 / (1 + np.exp(-z))
        same(found["exact"], sigmoid_derivative(f(x)))
        same(found["D"], (f(x + h) - f(x - h)) / (2 * h), atol=4e-16 / h)
        assert found["error"] <= h**2 / 48 * (1 + 1e-9) + 4e-16 / h  # |f'''| is at most 1/8
        same(found["best"], np.cbrt(3 * np.finfo(float).eps / (1 / 8)))


def test_the_figure_clamp_has_the_losses_of_the_library():
    for state, found in computed("clamp"):
        z, epsilon = state["z"], 10.0 ** state["e"]
        Z, Y = np.array([[z]]), np.array([[0]])
        same(found["loss"]["exact"], log_loss(Z, Y))
        same(found["slopes"]["exact"], log_loss_gradient(Z, Y)[0, 0])
        with np.errstate(divide="ignore"):
            same(found["loss"]["naive"], -np.log(1 - 1 / (1 + np.exp(-z))), rtol=1e-6)
        same(found["loss"]["clamped"], -np.log(epsilon + 1 / (1 + np.exp(z))))
        same(found["slopes"]["clamped"], sigmoid_value(Z)[0, 0] / (1 + epsilon * (1 + np.exp(z))))


def test_the_figure_layers_has_the_signals_and_gradients_of_the_library():
    size = lambda M: np.sqrt(np.mean(np.square(M)))
    for state, found in computed("layers"):
        activation, A = ACTIVATIONS[state["activation"]], np.array(found["input"])
        layers, answers = [Dense(np.array(W), np.zeros((1, 16))) for W in found["weights"]], []
        for layer in layers:
            A = activation.value(layer.forward(A))
            answers.append(A)
        same(found["signal"], [size(A) for A in answers])
        dZ = np.array(found["slopes"][-1])
        for l in reversed(range(len(layers))):
            same(found["back"][l], size(dZ))
            if l:
                dZ = layers[l].backward(dZ) * activation.derivative(answers[l - 1])


def test_the_figure_product_has_the_gradient_of_numpy():
    A, B, G = np.array([[1, 2, 0], [-1, 1, 3]]), np.array([[2, 1], [0, -1], [1, 2]]), np.array([[1, -2], [0.5, 3]])
    for state, found in computed("product"):
        same(found["C"], A @ B)
        same(found["slope"], A.T @ G)
        touched = np.zeros((2, 2))
        touched[:, int(state["col"]) - 1] = A[:, int(state["row"]) - 1]
        assert found["touched"] == (touched != 0).tolist()


def test_the_kit_passes_its_own_tests():
    done = subprocess.run(
        [node_program(), "--test", TESTS / "kit.test.mjs"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


# ---------------------------------------------------------------- the directive
Z = {"op": "symbol", "id": "z"}
SLOPE = {"op": "call", "function": "sigma", "args": [Z]}
STATEMENT = {
    "version": 2,
    "kind": "equation",
    "left": {"op": "grad", "args": [SLOPE, Z]},
    "right": {"op": "mul", "args": [SLOPE, {"op": "add", "args": [1, {"op": "mul", "args": [-1, SLOPE]}]}]},
    "symbols": {"z": {"name": "z", "facts": {"real": True}}},
    "matrices": {},
    "functions": {"sigma": {"name": "sigma", "known": "sigmoid"}},
    "names": {},
}
ODDS = {
    **STATEMENT,
    "kind": "definition",
    "left": {"op": "name", "id": "z"},
    "symbols": {"a": {"name": "a", "facts": {"real": True}}},
    "functions": {},
    "names": {"z": {"name": "z", "definition": {"op": "symbol", "id": "a"}}},
}
_page, OPTIONS, BODY = FIGURES["sigmoid"]
FIGURE = "```{live} sigmoid\n" + "".join(f":{key}: {text}\n" for key, text in OPTIONS.items()) + BODY + "```"
EXTENSIONS = [*SETTINGS["extensions"], "coursebook.site.live"]


def site(folder: Path, figure: str = FIGURE, odds: dict | None = ODDS) -> Path:
    cells = cell(
        record("sigmoid-derivative", statement=STATEMENT),
        record("log-odds", statement=odds, kind="definition", state="definition"),
    )
    return build(write_book(folder, one=[cells, figure], two=["# Two"]), extensions=EXTENSIONS)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return site(tmp_path_factory.mktemp("book"))


def test_a_page_with_a_figure_loads_what_watches_for_it_and_others_load_nothing(built):
    assert "_static/live.js" in (built / "one.html").read_text("utf8")
    assert "live" not in (built / "two.html").read_text("utf8")
    assert (built / "_static/live-sigmoid.js").is_file()


def test_the_page_holds_the_picture_and_the_answer_without_a_script(built):
    page = (built / "one.html").read_text("utf8")
    figure = page[page.index('<figure class="live"') : page.index("</figure>")]
    assert figure.count("<svg") >= 2 and "<output" in figure
    assert re.search(r'<output data-of="a">0\.9997</output>', figure)
    assert "{" not in re.sub(r"<script.*?</script>", "", figure, flags=re.DOTALL)


def test_a_slider_has_one_label_and_the_value_beside_it(built):
    page = (built / "one.html").read_text("utf8")
    slider = re.search(r'<label for="(\S+)">.*?</label><output for="(\S+)"></output><input [^>]*id="(\S+)"[^>]*>', page)
    assert len(set(slider.groups())) == 1 and "</input>" not in page


def test_the_data_in_the_page_are_the_statements_of_the_book(built):
    page = (built / "one.html").read_text("utf8")
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page)[1])
    assert data["statements"]["sigmoid-derivative"]["right"] == STATEMENT["right"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{live} sigmoid", "{live} sigmoids", "no figure is called sigmoids; there are "),
        (":name: sigmoid-and-tangent\n", "", "the option :name: is missing"),
        ("ask | ", "asked | ", "the line ask | ... is missing"),
        ("z | Logit $z$ | -8 8 0.1", "lo | Logit $z$ | -8 8 0.1", "lo has a range and no value in :state:"),
        ("choice little | ", "choice tiny | ", "the right guess is little, and no line `choice little` is there"),
        ("0.982 to {a}", "0.982 to {b}", r"the answer has a place \{b\}, and the figure tells z, a, "),
        ("title | The sigmoid and its tangent\n", "", 'the figure sigmoid: the figure shows a text "title"'),
    ],
)
def test_a_fault_of_a_directive_is_named(tmp_path, old, new, said):
    assert old in FIGURE
    with pytest.raises(Exception, match=said):
        site(tmp_path, FIGURE.replace(old, new))


def test_a_notebook_gets_the_question_and_the_answer_without_what_is_moved():
    asked, button = html("p", "Why?", classes=["asked"]), html("button", "Show")
    verdict = html("p", html("strong", classes=["found"]), "It is ", html("output", "3"), ".", classes=["verdict"])
    figure = html("figure", html("div", asked, button, verdict), html("p", html("button", "Step")), data_live="sigmoid")
    assert list(parts(figure))[1:] == ["Why?", "It is 3."]


def test_a_statement_that_no_chapter_states_stops_the_build_with_its_place(tmp_path):
    with pytest.raises(SystemExit, match=r"one.ipynb:\d+: nowhere is stated in no chapter"):
        site(tmp_path, FIGURE.replace(":statements: ", ":statements: nowhere "))


def test_a_statement_that_is_not_written_as_data_gives_a_figure_no_numbers_and_is_named(tmp_path):
    with pytest.raises(Exception, match="log-odds is not written as data, .*; name another"):
        site(tmp_path, odds=None)


# ---------------------------------------------------------------- a figure calculates nothing
FORMULAS = {
    "const slope = a * (1 - a);": "the operator *",
    "const slope = (a - y) * x;": "the operator -",
    "const mean = total / m;": "the operator /",
    "const mean = total // of all\n/ m;": "the operator /",
    "const half = loss.of / 2 / m;": "the operator /",
    "const odd = k % 2;": "the operator %",
    "const square = a ** 2;": "the operator **",
    "let sum = a; sum += b;": "the operator +=",
    "w *= eta;": "the operator *=",
    "w.forEach(() => { count++; });": "the operator ++",
    "const other = values.map((z) => -z);": "the operator -",
    "const less = a -1;": "the operator -",
    "const less = (a) -1;": "the operator -",
    "const less = w[0] -1;": "the operator -",
    "const less = loss.of -1;": "the operator -",
    "const less = {} -1;": "the operator -",
    "const less = `2` -1;": "the operator -",
    "const number = +text;": "the operator +",
    "const half = ends >> 1;": "the operator >>",
    "const flipped = ~a;": "the operator ~",
    "const bits = a ^ b;": "the operator ^",
    "const sums = rows.map((row) => row.reduce((s, v) => s + v, 0));": "the operator +",
    "const shown = `${fixed(a * b)}`;": "the operator *",
    "const shown = `${`${a - b}`}`;": "the operator -",
    "const rectified = Math.max(z, 0);": "the name Math",
    "const { exp } = Math;": "the name Math",
    'const { exp } = globalThis["Math"];': "the name globalThis",
    "const { exp } = \\u004dath;": "the name \\u004dath",
    'const f = eval("(a) => a * a");': "the name eval",
    'const f = new Function("a", "return a * a");': "the name Function",
    'const f = (() => 0).constructor("a", "return a * a");': "the name constructor",
    'import { sigmoid } from "../../formulas.mjs";': 'an import from "../../formulas.mjs"',
    "import { sigmoid } from './formulas.mjs';": "an import from './formulas.mjs'",
    'export { sigmoid } from "./formulas.mjs";': 'an import from "./formulas.mjs"',
    'import * as kit from "../plot.mjs";': "an import that is not of names",
    'const { sigmoid } = await import("../../formulas.mjs");': "an import that is not of names",
}


@pytest.mark.parametrize("code", FORMULAS)
def test_what_is_calculated_in_a_figure_is_named_with_its_line_and_the_remedy(tmp_path, code):
    (tmp_path / "figure.mjs").write_text(f"// A figure: a * b.\nconst a = -1;\n{code}\n")
    [found] = arithmetic(tmp_path)
    place, remedy = found.split(" in a figure, which calculates nothing; ")
    assert place == f"{tmp_path / 'figure.mjs'}:{3 + code.count(chr(10))}: {FORMULAS[code]}"
    assert remedy.startswith("take a number from a statement, by `at` or `slope`")


def test_signs_comparisons_choices_texts_and_comments_calculate_nothing(tmp_path):
    (tmp_path / "figure.mjs").write_text(
        'import { fixed, plane } from "../plot.mjs"; // a * b\n'
        "/* a / b */ const EDGE = [-1, 1e-3, .5], right = z > 0 === y > 0 && !done, name = `${fixed(z)} · a - b`;\n"
        "const shown = values.filter(Number.isFinite), next = found?.at(-1) ?? (right ? -8 : 16), all = [...shown, -2];\n"
        "function last(list) { return -1; }\nlet made = 'a/b'; made ??= { low: -4 };\n"
    )
    assert list(arithmetic(tmp_path)) == []


def test_the_figures_of_the_book_calculate_nothing_and_one_that_does_stops_the_build(tmp_path, monkeypatch):
    assert list(arithmetic(live.FIGURES)) == []
    sound = (live.FIGURES / "sigmoid.mjs").read_text("utf8")
    (tmp_path / "sigmoid.mjs").write_text(sound.replace("slope: derivative(z)", "slope: a * (1 - a)"))
    monkeypatch.setattr(live, "FIGURES", tmp_path)
    with pytest.raises(ExtensionError, match=r"sigmoid\.mjs:9: the operator \* in a figure"):
        live.check(None)


def test_a_figure_has_no_words_of_its_own():
    texts = [text for path in live.FIGURES.glob("*.mjs") for text in re.findall(r'"([^"\n]*)"', path.read_text("utf8"))]
    assert [text for text in texts if re.search(r"[A-Z][a-z]{2,} |[a-z]{2,} (?:of|the|is|by|and) ", text)] == []
