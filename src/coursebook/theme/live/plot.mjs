// What figures are drawn with: planes with axes, lines, dots, bars, regions, points that are dragged, tables. All trees.

export const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
/** A number to be read: so many decimals, a real minus sign, no negative zero. */
export function fixed(x, digits = 2) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "–" : x < 0 ? "−∞" : "∞";
  if (Math.abs(x) >= 1e6) return power(x);
  return (Math.abs(x) < 0.5 * 10 ** -digits ? 0 : x).toFixed(digits).replace("-", "−");
}
const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, k) => [k, c])) };
/** A number with a power of ten, such as 2.1·10⁻⁹. */
export function power(x, digits = 1) {
  if (!x || !Number.isFinite(x)) return x ? fixed(x) : "0";
  const [mantissa, exponent] = x.toExponential(digits).split("e");
  return `${mantissa.replace("-", "−")}·10${superscript(exponent.replace("+", ""))}`;
}
/** A power of ten, as a tick has it. */
export const raised = (k) => `10${superscript(String(k))}`;
const superscript = (digits) => [...digits].map((c) => RAISED[c]).join("");
/** A message with values in its places. */
export const filled = (message, values) => message.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
/** Names with an index below, as in formulas: w_1. */
export const letters = (text) => text.split(/_(\w+)/).map((part, k) => (k % 2 ? ["tspan", { class: "index", dy: 3 }, part] : part)).filter(Boolean);
export const numbers = (count, f) => Array.from({ length: count }, (_, k) => f(k));
/** Evenly from low to high, both included. */
export const between = (low, high, count) => numbers(count, (k) => low + ((high - low) * k) / (count - 1));

/** Ten to a power, and the power of ten that a number is: the scale of an axis. */
export const tenTo = (x) => 10 ** x;
export const exponent = (x) => Math.log10(x);
/** A column of numbers, as statements have it. */
export const column = (values) => values.map((v) => [v]);
/** Where a condition that holds at `low` and not at `high` ends. */
export function lastWhere(holds, low, high) {
  for (let k = 0; k < 50; k++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
/** What was made for the last key, or made anew for another. */
export function kept(make) {
  let last;
  return (key, ...more) => (last?.key === key ? last : (last = { key, made: make(key, ...more) })).made;
}

const WIDTH = 320, EDGE = { left: 40, right: 12, top: 10, bottom: 34 }, NAME = 14;

/** A panel: its title, in words, and what stands below. */
export const panel = (title, ...inside) => ["div", { class: "panel" }, ["p", { class: "title" }, title], ...inside];

/**
 * A plane with axes. `ticks` are numbers or pairs of a number and its text; `names` those of the axes.
 * `picture(...trees)` is the whole of it, with the points to be dragged on top.
 */
export function plane({ x: [left, right], y: [bottom, top], height = 250, names = ["", ""], ticks = [[], []], label, edge: { ...edge } = EDGE }) {
  if (names[1]) edge.top += NAME; // it stands above its axis
  const box = { x: edge.left, y: edge.top, width: WIDTH - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const across = (u) => box.x + ((u - left) / (right - left)) * box.width;
  const down = (v) => box.y + ((top - v) / (top - bottom)) * box.height;
  const round = (z) => clamp(z, -2000, 2000).toFixed(1);
  const at = ([u, v]) => `${round(across(u))} ${round(down(v))}`;
  const path = (points) => points.map((p, k) => `${k ? "L" : "M"}${at(p)}`).join("");
  const texts = (list, low, high) => list.map((tick) => (Array.isArray(tick) ? tick : [tick, String(tick).replace("-", "−")])).filter(([x]) => x >= low && x <= high);
  const axes = ["g", { class: "axis" },
    ["rect", { ...box, class: "frame" }],
    ...texts(ticks[0], left, right).map(([u, text]) => ["text", { x: round(across(u)), y: box.y + box.height + 15, class: "middle" }, text]),
    ...texts(ticks[1], bottom, top).map(([v, text]) => ["text", { x: box.x - 6, y: round(down(v) + 4), class: "end" }, text]),
    ["text", { x: box.x + box.width / 2, y: height - 3, class: "name middle" }, ...letters(names[0])],
    ["text", { x: box.x - 6, y: box.y - 7, class: "name" }, ...letters(names[1])],
  ];
  /** A point that is dragged or moved by the arrow keys; the page knows its range from the controls. */
  const handle = (key, [u, v], label) => ["g", {
    class: "handle", "data-handle": key, "data-box": [left, right, bottom, top, box.x, box.y, box.width, box.height].join(" "), transform: `translate(${at([u, v])})`,
    tabindex: 0, role: "slider", "aria-label": label, "aria-valuemin": left, "aria-valuemax": right, "aria-valuenow": u.toFixed(2), "aria-valuetext": `${fixed(u)}; ${fixed(v)}`,
  }, ["circle", { r: 20, class: "reach" }], ["circle", { r: 11, class: "halo" }], ["circle", { r: 6, class: "ink" }]];
  const clipped = (trees) => ["svg", { x: box.x, y: box.y, width: box.width, height: box.height, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "inside" }, ...trees];
  return {
    limits: { left, right, bottom, top }, across, down, box, handle,
    line: (points, name) => ["path", { d: path(points), class: `line ${name}` }],
    dots: (points, name) => ["path", { d: points.map((p) => `M${at(p)}h0`).join(""), class: `dots ${name}` }],
    area: (points, name) => ["path", { d: `${path(points)}Z`, class: `area ${name}` }],
    mark: ([u, v], shape, name = "") => ["path", { d: SHAPES[shape], transform: `translate(${at([u, v])})`, class: `mark ${name}` }],
    text: ([u, v], content, name = "", dx = 0, dy = 0) => ["text", { x: round(across(u) + dx), y: round(down(v) + dy), class: name }, ...letters(content)],
    bar: (u, v, wide, name, from = 0) => ["rect", { x: round(across(u - wide / 2)), y: round(Math.min(down(v), down(from))), width: round(across(u + wide / 2) - across(u - wide / 2)), height: round(Math.abs(down(v) - down(from))), class: `bar ${name}` }],
    region: (values, level, name) => ["path", { d: region(values, level, { left, right, bottom, top }, at), class: `region ${name}` }],
    level: (values, level, name) => ["path", { d: contour(values, level, { left, right, bottom, top }, at), class: `line ${name}` }],
    picture: (trees, handles = []) => ["svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "plane", role: handles.length ? "group" : "img", "aria-label": label }, ["g", { "aria-hidden": "true" }, clipped(trees), axes], ...handles],
  };
}
const SHAPES = { one: "M0-6.5L6.2 4.5H-6.2Z", zero: "M-5-5H5V5H-5Z", ring: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0Z", cross: "M-5 0H5M0-5V5", node: "M-21 0a21 21 0 1 0 42 0a21 21 0 1 0-42 0Z" };

/** The places of a square grid over a plane, row by row from the bottom: for values of a field. */
export const grid = (size, { left, right, bottom, top }) => between(bottom, top, size).flatMap((v) => between(left, right, size).map((u) => [u, v]));

/** The corners of each cell that has a value above the level, in turn, with their values less the level. */
function* cells(values, level, { left, right, bottom, top }) {
  const size = Math.round(Math.sqrt(values.length)), u = (i) => left + ((right - left) * i) / (size - 1), v = (j) => bottom + ((top - bottom) * j) / (size - 1);
  for (let j = 0; j + 1 < size; j++)
    for (let i = 0; i + 1 < size; i++) {
      const k = j * size + i;
      if (values[k] <= level && values[k + 1] <= level && values[k + size] <= level && values[k + size + 1] <= level) continue;
      yield [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(([a, b]) => [u(a), v(b), values[b * size + a] - level]);
    }
}
/** Where the level is met between two corners. */
const met = ([a, b, p], [c, d, q]) => [a + (p / (p - q)) * (c - a), b + (p / (p - q)) * (d - b)];
/** The part of the plane where values lie above the level: whole cells of a row as one piece, the others cut. */
function region(values, level, limits, at) {
  let path = "", run;
  const close = () => { if (run) path += `M${run.map(at).join("L")}Z`; run = undefined; };
  for (const corners of cells(values, level, limits)) {
    const [low, right, top] = corners, whole = corners.every(([, , z]) => z > 0);
    if (run && !(whole && run[1][1] === low[1] && run[1][0] === low[0])) close();
    if (whole) { run = run ? [run[0], right, top, run[3]] : corners; continue; }
    const inside = corners.flatMap((one, k) => {
      const next = corners[(k + 1) % 4];
      return [...(one[2] > 0 ? [one] : []), ...(one[2] > 0 !== next[2] > 0 ? [met(one, next)] : [])];
    });
    if (inside.length) path += `M${inside.map(at).join("L")}Z`;
  }
  close();
  return path;
}
/** The line where values equal the level. */
function contour(values, level, limits, at) {
  let path = "";
  for (const corners of cells(values, level, limits)) {
    const ends = corners.flatMap((one, k) => (one[2] > 0 !== corners[(k + 1) % 4][2] > 0 ? [met(one, corners[(k + 1) % 4])] : []));
    for (let k = 0; k + 1 < ends.length; k += 2) path += `M${at(ends[k])}L${at(ends[k + 1])}`;
  }
  return path;
}

/** A table: a row of heads, then rows whose head is their first entry. An entry may be [text, class]. */
export function table(head, rows) {
  const cell = (tag, more) => (entry) => [tag, { ...more, class: Array.isArray(entry) ? entry[1] : undefined }, ...letters(String(Array.isArray(entry) ? entry[0] : entry))];
  const below = (text) => text.map((part) => (Array.isArray(part) && part[0] === "tspan" ? ["sub", {}, part[2]] : part));
  const plain = ([tag, more, ...inside]) => [tag, more, ...below(inside)];
  return ["table", {}, ["thead", {}, ["tr", {}, ...head.map(cell("th", { scope: "col" })).map(plain)]],
    ["tbody", {}, ...rows.map(([first, ...others]) => ["tr", {}, plain(cell("th", { scope: "row" })(first)), ...others.map(cell("td", {})).map(plain)])]];
}

/** So many numbers that look random, the same on every machine: a sum of twelve uniform ones is nearly normal. */
export function normal(count, seed) {
  let s = (seed * 1103515245) % 2147483647;
  const uniform = () => (s = (s * 48271) % 2147483647) / 2147483647;
  return numbers(count, () => numbers(12, uniform).reduce((sum, x) => sum + x, -6));
}
/** The root of the mean of squares: how large the entries of a matrix are. */
export const size = (x) => Math.sqrt(x.flat().reduce((sum, v, _, { length }) => sum + (v * v) / length, 0));
