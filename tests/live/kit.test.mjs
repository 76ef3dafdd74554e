import assert from "node:assert/strict";
import { test } from "node:test";
import { address, fromAddress } from "../../src/coursebook/theme/live/address.mjs";
import { along, apart, around, fixed, grid, lastWhere, least, most, normal, normals, numbered, plane, power, share, size, slots } from "../../src/coursebook/theme/live/plot.mjs";
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
test("what lies below a level is the rest of the plane above it", () => {
  const on = plane({ x: [0, 1], y: [0, 1], label: "" }), values = grid(2, on.limits).map(([u]) => u);
  const ends = (tree) => [...new Set(tree[1].d.match(/[\d.]+(?= )/g).map(Number))].sort((a, b) => a - b);
  const [edge] = ends(on.level(values, 0.25, ""));
  assert.deepEqual([ends(on.below(values, 0.25, "")), ends(on.region(values, 0.25, ""))], [[on.box.x, edge], [edge, on.box.x + on.box.width]]);
});
test("a bar that is higher than its plane, were it endless, ends at the edge, and what is too small for powers lies on the floor", () => {
  const places = (on, height) => { const { y, height: long } = on.bar(0, height, 0.5, "")[1]; return [+y, +y + +long]; };
  const on = plane({ x: [-1, 1], y: [0, 3], label: "" }), { y, height } = on.box, floor = y + height;
  assert.deepEqual([1e9, Infinity, 3, 1.5, 0].map((v) => places(on, v)), [[y, floor], [y, floor], [y, floor], [y + height / 2, floor], [floor, floor]]);
  const powers = plane({ x: [-1, 1], y: [-4, 4], powers: true, label: "" });
  assert.deepEqual([0, 1e-9, 1e-4, 1, 1e4].map((v) => places(powers, v)[0]), [floor, floor, floor, y + height / 2, y]);
});
test("bars on top of each other begin where the one below ends", () => {
  const on = plane({ x: [0, 2], y: [0, 4], label: "" }), [low, , high] = on.stack(1, 0.5, [[1, "", "1"], [2, "", "2"]]).map(([, { y, height }]) => [+y, +height]);
  assert.deepEqual([low[0] - high[0], low[1], high[1]], [high[1], on.box.height / 4, on.box.height / 2]);
});
test("a tangent has its slope, a ray its direction, and a point between two lies at its part of the way", () => {
  const on = plane({ x: [0, 2], y: [0, 2], label: "" }), ends = ([, { d }]) => d.match(/-?[\d.]+ -?[\d.]+/g).map((p) => p.split(" ").map(Number));
  const slope = ([[a, b], [c, d]]) => ((b - d) / (c - a)) * (on.box.width / on.box.height), near = (x, y) => assert.ok(Math.abs(x - y) < 0.01, `${x} and ${y}`);
  near(slope(ends(on.tangent([1, 1], 0.5, ""))), 0.5);
  near(slope(ends(on.ray([2, 1], ""))), 0.5);
  assert.deepEqual(along([0, 2], [4, 0], 0.25), [1, 1.5]);
});
test("two numbers are compared, and the least and the most of many found", () => {
  assert.deepEqual([apart(2, 5), apart(-2, 0), share(1, 4), least([2, -1, 3]), most([2, -1, 3])], [3, 2, 0.25, -1, 3]);
  assert.deepEqual([around(3, 0.5), slots(4), numbered("p", [7, 8])], [[2.5, 3.5], [-0.6, 3.6], { p1: 7, p2: 8 }]);
});
test("where a condition ends is found", () => assert.ok(Math.abs(lastWhere((x) => x * x < 2, 0, 2) - Math.SQRT2) < 1e-12));
test("drawn numbers are the same again, and have the mean 0 and the size 1", () => {
  const drawn = normal(4000, 3);
  assert.deepEqual(drawn, normal(4000, 3));
  assert.deepEqual(normals(2, 3, 5).map((row) => row.length), [3, 3]);
  assert.notDeepEqual(...normals(2, 3, 5));
  assert.ok(Math.abs(drawn.reduce((s, x) => s + x, 0) / 4000) < 0.05 && Math.abs(size([drawn]) - 1) < 0.05);
});
