import assert from "node:assert/strict";
import { test } from "node:test";
import { address, fromAddress } from "../../src/coursebook/theme/live/address.mjs";
import { fixed, grid, lastWhere, normal, plane, power, size } from "../../src/coursebook/theme/live/plot.mjs";
import { written } from "../../src/coursebook/theme/live/tree.mjs";

const STATE = { rate: 0.125, start: [-2.6, 0.4], on: "bowl", step: 3 }, any = (key, value) => value;

test("a state that went into the address comes back from it", () => {
  assert.deepEqual(fromAddress(address("figure", STATE), "figure", { rate: 0, start: [0, 0], on: "", step: 0 }, any), STATE);
});
test("an address of another figure, or with no state, says nothing", () => {
  assert.equal(fromAddress(address("other", STATE), "figure", STATE, any), undefined);
  assert.equal(fromAddress("#figure", "figure", STATE, any), undefined);
});
test("what does not have the kind and the length of the state stays as it was", () => {
  assert.deepEqual(fromAddress("#figure?rate=x&start=1,2,3&step=&more=1", "figure", STATE, any), STATE);
});
test("what is not allowed is replaced by what is", () => {
  assert.equal(fromAddress("#figure?rate=99", "figure", STATE, (key, value) => (key === "rate" ? Math.min(1, value) : value)).rate, 1);
});
test("numbers are written with a real minus, without a negative zero, and with powers of ten where they are large", () => {
  assert.deepEqual([-1.234, -0.001, 12345678, Infinity].map((x) => fixed(x)), ["−1.23", "0.00", "1.2·10⁷", "∞"]);
  assert.equal(power(2.14e-12), "2.1·10⁻¹²");
});
test("text in a tree is escaped, and what has no value is left out", () => {
  assert.equal(written(["p", { class: undefined, title: '"' }, "a < b"]), '<p title="&#34;">a &#60; b</p>');
});
test("a region and its complement cover the plane, and the level runs between them", () => {
  const on = plane({ x: [0, 1], y: [0, 1], label: "" }), values = grid(9, on.limits).map(([u, v]) => u + v - 1);
  const area = (path) => path.split("M").slice(1).reduce((sum, piece) => {
    const points = piece.replace("Z", "").split("L").map((p) => p.split(" ").map(Number));
    return sum + Math.abs(points.reduce((s, [x, y], k) => { const [u, v] = points[(k + 1) % points.length]; return s + x * v - u * y; }, 0)) / 2;
  }, 0);
  const [above, below] = [values, values.map((z) => -z)].map((z) => area(on.region(z, 0, "")[1].d));
  const whole = on.box.width * on.box.height;
  assert.ok(Math.abs(above + below - whole) < 0.002 * whole && Math.abs(above - below) < 0.002 * whole);
  const ends = on.level(values, 0, "")[1].d.match(/-?[\d.]+ -?[\d.]+/g).map((p) => p.split(" ").map(Number));
  for (const [x, y] of ends) assert.ok(Math.abs((x - on.box.x) / on.box.width - (y - on.box.y) / on.box.height) < 0.002);
});
test("where a condition ends is found", () => assert.ok(Math.abs(lastWhere((x) => x * x < 2, 0, 2) - Math.SQRT2) < 1e-12));
test("drawn numbers are the same again, and have the mean 0 and the size 1", () => {
  const drawn = normal(4000, 3);
  assert.deepEqual(drawn, normal(4000, 3));
  assert.ok(Math.abs(drawn.reduce((s, x) => s + x, 0) / 4000) < 0.05 && Math.abs(size([drawn]) - 1) < 0.05);
});
