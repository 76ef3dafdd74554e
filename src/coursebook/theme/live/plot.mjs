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

/** Numbers, each by its name: p1, p2 and so on. */
export const numbered = (name, list) => Object.fromEntries(list.map((x, k) => [`${name}${k + 1}`, x]));

/** Ten to a power, as a slider over powers has it. */
export const tenTo = (x) => 10 ** x;
/** The gap between 1 and the next number: what a text of rounding calls epsilon. */
export const GAP = Number.EPSILON;
/** How far apart two numbers are, and which share of another a number is: what a figure says of two that it has. */
export const apart = (x, y) => Math.abs(x - y);
export const share = (x, y) => x / y;
export const least = (values) => Math.min(...values);
export const most = (values) => Math.max(...values);
/** The ends of what lies so far around a place, and a point on the way between two. */
export const around = (x, far) => [x - far, x + far];
export const along = (from, to, part) => from.map((u, i) => u + part * (to[i] - u));
/** The limits of an axis on which bars stand at 0, 1 and so on. */
export const slots = (count) => [-0.6, count - 0.4];
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
 * Where `powers` is true, heights and their ticks are powers of ten: what is too small for the plane, such as 0, lies on its floor.
 * `picture(...trees)` is the whole of it, with the points to be dragged on top.
 */
export function plane({ x: [left, right], y: [bottom, top], height = 250, names = ["", ""], ticks = [[], []], label, powers = false, edge: { ...edge } = EDGE }) {
  if (names[1]) edge.top += NAME; // it stands above its axis
  const box = { x: edge.left, y: edge.top, width: WIDTH - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const across = (u) => box.x + ((u - left) / (right - left)) * box.width;
  const high = (v) => box.y + ((top - v) / (top - bottom)) * box.height;
  const down = (v) => high(powers ? Math.max(bottom, Math.log10(v)) : v);
  const round = (z) => clamp(z, -2000, 2000).toFixed(1);
  const at = ([u, v]) => `${round(across(u))} ${round(down(v))}`;
  const path = (points) => points.map((p, k) => `${k ? "L" : "M"}${at(p)}`).join("");
  const plain = (x) => String(x).replace("-", "−");
  const texts = (list, low, high, write = plain) => list.map((tick) => (Array.isArray(tick) ? tick : [tick, write(tick)])).filter(([x]) => x >= low && x <= high);
  const axes = ["g", { class: "axis" },
    ["rect", { ...box, class: "frame" }],
    ...texts(ticks[0], left, right).map(([u, text]) => ["text", { x: round(across(u)), y: box.y + box.height + 15, class: "middle" }, text]),
    ...texts(ticks[1], bottom, top, powers ? raised : plain).map(([v, text]) => ["text", { x: box.x - 6, y: round(high(v) + 4), class: "end" }, text]),
    ["text", { x: box.x + box.width / 2, y: height - 3, class: "name middle" }, ...letters(names[0])],
    ["text", { x: box.x - 6, y: box.y - 7, class: "name" }, ...letters(names[1])],
  ];
  /** A point that is dragged or moved by the arrow keys; the page knows its range from the controls. */
  const handle = (key, [u, v], label) => ["g", {
    class: "handle", "data-handle": key, "data-box": [left, right, bottom, top, box.x, box.y, box.width, box.height].join(" "), transform: `translate(${at([u, v])})`,
    tabindex: 0, role: "slider", "aria-label": label, "aria-valuemin": left, "aria-valuemax": right, "aria-valuenow": u.toFixed(2), "aria-valuetext": `${fixed(u)}; ${fixed(v)}`,
  }, ["circle", { r: 20, class: "reach" }], ["circle", { r: 11, class: "halo" }], ["circle", { r: 6, class: "ink" }]];
  const clipped = (trees) => ["svg", { x: box.x, y: box.y, width: box.width, height: box.height, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "inside" }, ...trees];
  const limits = { left, right, bottom, top };
  const line = (points, name) => ["path", { d: path(points), class: `line ${name}` }];
  const text = ([u, v], content, name = "", dx = 0, dy = 0) => ["text", { x: round(across(u) + dx), y: round(down(v) + dy), class: name }, ...letters(content)];
  /** A bar; what is higher than the plane ends at its edge. */
  const bar = (u, v, wide, name, from = 0) => {
    const [low, upper] = [from, v].map((x) => clamp(down(x), box.y, box.y + box.height)), [x, end] = around(u, wide / 2).map(across);
    return ["rect", { x: round(x), y: round(Math.min(low, upper)), width: round(end - x), height: round(Math.abs(upper - low)), class: `bar ${name}` }];
  };
  const level = (values, level, name) => ["path", { d: contour(values, level, limits, at), class: `line ${name}` }];
  const region = (values, level, name) => ["path", { d: area(values, level, limits, at), class: `region ${name}` }];
  /** Bars on top of each other, each with its text in its middle, and the last with its text above. */
  const stack = (u, wide, parts) => {
    let from = 0;
    return parts.flatMap(([value, name, content], k) => {
      const low = from, isLast = k === parts.length - 1, made = bar(u, (from += value), wide, name, low);
      return [made, isLast ? text([u, from], content, "middle strong", 0, -4) : text([u, low + value / 2], content, "middle ground")];
    });
  };
  return {
    limits, across, down, box, handle, line, text, bar, level, region, stack,
    dots: (points, name) => ["path", { d: points.map((p) => `M${at(p)}h0`).join(""), class: `dots ${name}` }],
    mark: ([u, v], shape, name = "") => ["path", { d: SHAPES[shape], transform: `translate(${at([u, v])})`, class: `mark ${name}` }],
    /** Texts below each other, from a place on. */
    legend: (place, lines) => lines.map(([content, name], k) => text(place, content, name, 0, k * 18)),
    /** The straight line through a point with this slope, and that through 0 along a direction. */
    tangent: ([u, v], slope, name) => line([left, right].map((x) => [x, v + slope * (x - u)]), name),
    ray: ([u, v], name) => {
      const far = most([left, right, bottom, top].map(Math.abs)) / most([u, v].map(Math.abs));
      return line([-far, far].map((x) => [x * u, x * v]), name);
    },
    /** Where values lie below a level. */
    below: (values, level, name) => region(values.map((z) => -z), -level, name),
    /** Levels that lie as far from each other on a bowl as circles of even distances. */
    levels: (values, count, name) => numbers(count, (k) => level(values, most(values) * ((k + 1) / (count + 1)) ** 2, name)),
    picture: (trees, handles = []) => ["svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "plane", role: handles.length ? "group" : "img", "aria-label": label }, ["g", { "aria-hidden": "true" }, clipped(trees), axes], ...handles],
  };
}
const SHAPES = { one: "M0-6.5L6.2 4.5H-6.2Z", zero: "M-5-5H5V5H-5Z", ring: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0Z", cross: "M-5 0H5M0-5V5", node: "M-21 0a21 21 0 1 0 42 0a21 21 0 1 0-42 0Z" };

/** The places of a square grid over a plane, row by row from the bottom: for values of a field. */
export const grid = (size, { left, right, bottom, top }) => between(bottom, top, size).flatMap((v) => between(left, right, size).map((u) => [u, v]));

/**
 * What a level leaves of a grid: the cells that lie above it whole, those of a row as one, and those that it cuts. Each is its
 * corners in turn, with their values less the level.
 */
function parts(values, level, { left, right, bottom, top }) {
  const size = Math.round(Math.sqrt(values.length)), whole = [], cut = [], above = values.map((z) => (z > level ? 1 : 0));
  const at = (i, j) => [left + ((right - left) * i) / (size - 1), bottom + ((top - bottom) * j) / (size - 1), values[j * size + i] - level];
  const cell = (i, j, end = i + 1) => [at(i, j), at(end, j), at(end, j + 1), at(i, j + 1)];
  for (let j = 0; j + 1 < size; j++)
    for (let i = 0, k = j * size; i + 1 < size; i++, k++) {
      const count = () => above[k] + above[k + 1] + above[k + size] + above[k + size + 1], from = i;
      while (i + 1 < size && count() === 4) i++, k++;
      if (i > from) whole.push(cell(from, j, i));
      if (i + 1 < size && count()) cut.push(cell(i, j));
    }
  return { whole, cut };
}
/** Where the level is met between two corners. */
const met = ([a, b, p], [c, d, q]) => [a + (p / (p - q)) * (c - a), b + (p / (p - q)) * (d - b)];
/** The part of a cell that lies above the level. */
const aboveOf = (corners) => corners.flatMap((one, k) => {
  const next = corners[(k + 1) % 4];
  return [...(one[2] > 0 ? [one] : []), ...(one[2] > 0 !== next[2] > 0 ? [met(one, next)] : [])];
});
/** The part of the plane where values lie above the level. */
function area(values, level, limits, at) {
  const { whole, cut } = parts(values, level, limits);
  return [...whole, ...cut.map(aboveOf)].map((corners) => `M${corners.map(at).join("L")}Z`).join("");
}
/** The line where values equal the level. */
function contour(values, level, limits, at) {
  let path = "";
  for (const corners of parts(values, level, limits).cut) {
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
/** A matrix of such numbers. */
export const normals = (rows, cols, seed) => numbers(rows, (i) => normal(cols, seed * 7919 + i + 1));
/** The root of the mean of squares: how large the entries of a matrix are. */
export const size = (x) => Math.sqrt(x.flat().reduce((sum, v, _, { length }) => sum + (v * v) / length, 0));
