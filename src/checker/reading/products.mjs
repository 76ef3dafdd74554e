/**
 * What a chain of factors means. Side by side, and @, is the matrix product; ⊙ is looser and entrywise; of *, ·, × and
 * .* all readings are tried, and one is taken only if no other fits; · and × are never entrywise.
 */
import { ReadingError } from "./errors.mjs";
import { isOne, isSingle, sameShape, sameSize, shapeText, unify } from "./sizes.mjs";
import { fittingShape } from "./shapes.mjs";

export const isMatrix = (value) => Array.isArray(value.shape);
const UNCLEAR = new Set(["*", "·", "×"]);
const isDotted = (link) => link.op === "⊙*" || link.op === "./"; // which may bind as tightly as the matrix product
const MOST = 10; // of the signs *, · and × in a chain, which are tried both ways
const gcd = (a, b) => (b ? gcd(b, a % b) : a < 0n ? -a : a);

/** A fraction in its lowest terms as a tree. */
export function fraction(top, low) {
  const common = gcd(top, low) * (low < 0n ? -1n : 1n),
    [n, d] = [top / common, low / common];
  if (d !== 1n) return { op: "rational", value: `${n}/${d}` };
  return Number.isSafeInteger(Number(n)) ? Number(n) : { op: "integer", value: `${n}` };
}
/** Numerator and denominator of a literal. */
export const parts = (tree) => (typeof tree === "number" ? [BigInt(tree), 1n] : [...tree.value.split("/").map(BigInt), 1n].slice(0, 2));
export const isLiteral = (tree) => typeof tree === "number" || tree.op === "rational" || tree.op === "integer";
export const negative = (tree) => fraction(-parts(tree)[0], parts(tree)[1]);

/** The product of factors, where the first number takes the sign. */
export const opposite = (factors) => (isLiteral(factors[0]) ? [negative(factors[0]), ...factors.slice(1)] : [-1, ...factors]);
const opposed = (exponent) => {
  const factors = opposite(exponent.op === "mul" ? exponent.args : [exponent]);
  return factors.length > 1 ? { op: "mul", args: factors } : factors[0];
};

/** A value made of factors. */
export function product(factors, shape, place) {
  const tree = factors.length > 1 ? { op: shape ? "matmul" : "mul", args: factors } : factors[0];
  return { ...place, tree, shape, factors };
}
const factorsOf = (value) => value.factors ?? [value.tree];

export class Products {
  constructor(tables, trail) {
    this.tables = tables;
    this.trail = trail;
  }
  /** A matrix of one entry as the number it holds. */
  total(value) {
    return isMatrix(value) ? { from: value.from, to: value.to, tree: { op: "total", args: [value.tree] }, shape: null } : value;
  }
  fail(code, a, b, sign, hint) {
    throw new ReadingError(code, sign.from, sign.to, {
      left: shapeText(a.shape),
      right: shapeText(b.shape),
      ...(hint && { hint }),
    });
  }
  meet(a, b) {
    return unify(a.shape[0], b.shape[0], this.trail) && unify(a.shape[1], b.shape[1], this.trail);
  }
  /** Why two shapes that should be one may differ. */
  static hint(a, b) {
    if (sameSize(a[0], b[1]) && sameSize(a[1], b[0])) return "transpose";
    return [0, 1].every((k) => sameSize(a[k], b[k]) || [a, b].some((s) => isSingle([s[k], s[k]]))) ? "broadcast" : undefined;
  }

  times(a, b, sign) {
    const place = { from: a.from, to: b.to };
    if (b.column && isMatrix(a) && isSingle(a.shape)) return this.times(this.total(a), { ...b, column: false }, sign); // (uᵀ v) 1
    if (b.column && isMatrix(a) && isOne(a.shape[1])) this.fail("product-sizes", a, b, sign); // ones of one entry say nothing
    if (isMatrix(a) && isMatrix(b) && !unify(a.shape[1], b.shape[0], this.trail)) {
      if (isSingle(a.shape)) return this.times(this.total(a), b, sign);
      if (isSingle(b.shape)) return this.times(a, this.total(b), sign);
      const [s, t] = [a.shape, b.shape];
      const hint = sameShape(s, t)
        ? "entrywise"
        : sameSize(s[0], t[0])
          ? "transpose-left"
          : sameSize(s[1], t[1])
            ? "transpose-right"
            : sameSize(s[0], t[1])
              ? "order"
              : undefined;
      this.fail("product-sizes", a, b, sign, hint);
    }
    const shape = isMatrix(a) && isMatrix(b) ? [a.shape[0], b.shape[1]] : (a.shape ?? b.shape);
    return product([...factorsOf(a), ...(b.fraction ? factorsOf(b) : [b.tree])], shape, place);
  }
  /** Over a square matrix / is the product with its inverse for some, and goes entry by entry for others. */
  quotient(a, b, sign) {
    if (isMatrix(b) && !isSingle(b.shape) && sameSize(...b.shape)) throw new ReadingError("ambiguous-quotient", sign.from, sign.to);
    return this.divided(a, b, sign);
  }
  divided(a, b, sign) {
    const place = { from: a.from, to: b.to };
    if (isMatrix(b) && isSingle(b.shape) && !(isMatrix(a) && isSingle(a.shape))) b = this.total(b);
    if (isMatrix(b)) {
      const below = b.tree.op === "hadamard-power" && !b.grouped && isLiteral(b.tree.args[1]) ? b.tree.args : [b.tree, 1];
      const inverse = { ...place, tree: { op: "hadamard-power", args: [below[0], negative(below[1])] }, shape: b.shape };
      return isMatrix(a) ? this.entrywise(a, inverse, sign) : a.tree === 1 ? inverse : this.times(a, inverse, sign);
    }
    if (b.tree === 0) throw new ReadingError("division-by-zero", b.from, b.to);
    if (b.literal) {
      const [n, d] = parts(b.tree);
      if (a.literal) return { ...place, tree: fraction(parts(a.tree)[0] * d, parts(a.tree)[1] * n), shape: null, literal: true };
      return product([...factorsOf(a), fraction(d, n)], a.shape, place);
    }
    const inverse =
      b.tree.op === "pow" && !b.grouped
        ? { op: "pow", args: [b.tree.args[0], opposed(b.tree.args[1])] }
        : { op: "pow", args: [b.tree, -1] };
    return product(a.literal && a.tree === 1 ? [inverse] : [...factorsOf(a), inverse], a.shape, place);
  }
  entrywise(a, b, sign) {
    if (!isMatrix(a) || !isMatrix(b)) return this.times(a, b, sign);
    if (!this.meet(a, b)) this.fail("entrywise-sizes", a, b, sign, Products.hint(a.shape, b.shape));
    const flat = (value) => (value.tree.op === "hadamard" && !value.grouped ? value.tree.args : [value.tree]);
    return { from: a.from, to: b.to, tree: { op: "hadamard", args: [...flat(a), b.tree] }, shape: a.shape };
  }

  /** One reading of a chain: `entry` says of each * whether it is entrywise; `loose`, whether that binds less. */
  reading(head, rest, entry, loose) {
    const isEntry = (link) => ["⊙", "⊙*", "./", "⊘"].includes(link.op) || entry.has(link);
    const step = (a, link) => (link.op === "/" ? this.quotient(a, link.value, link.sign) : this.times(a, link.value, link.sign));
    const join = (a, link, b) => (link.op === "./" || link.op === "⊘" ? this.divided(a, { ...b, grouped: true }, link.sign) : this.entrywise(a, b, link.sign));
    let done = null,
      before = null,
      current = head;
    for (const link of rest) {
      if (!isEntry(link)) current = step(current, link);
      else if (loose) {
        done = before ? join(done, before, current) : current;
        [before, current] = [link, link.value];
      } else current = join(current, link, link.value);
    }
    return before ? join(done, before, current) : current;
  }
  chain(head, rest) {
    const unclear = rest.filter((link) => UNCLEAR.has(link.op)),
      factors = [head, ...rest.map((link) => link.value)];
    const row = factors.find((value) => value.columns && !isMatrix(value)),
      several = factors.filter(isMatrix).length > 1;
    if (row && factors.some(isMatrix)) throw new ReadingError("ambiguous-columns", row.columns.from, row.columns.to); // [a b] x
    if (!several || !(unclear.length || rest.some(isDotted))) return this.reading(head, rest, new Set(), true);
    const orders = rest.some((link) => link.op === "⊙" || link.op === "⊘") ? [true] : [true, false];
    if (unclear.length > MOST) throw new ReadingError("ambiguous-product", unclear[MOST].sign.from, unclear[MOST].sign.to, { sign: unclear[MOST].op });
    const fits = new Map();
    let wrong = null,
      choice = null;
    for (let mask = 0; mask < 2 ** unclear.length; mask++)
      for (const loose of orders) {
        const entry = new Set(unclear.filter((_, k) => mask & (2 ** k))),
          mark = this.trail.length;
        try {
          const value = this.reading(head, rest, entry, loose),
            key = JSON.stringify(this.core(value.tree));
          if (!fits.has(key)) fits.set(key, { entry, make: () => this.reading(head, rest, entry, loose) });
          choice ??= key;
        } catch (error) {
          if (!(error instanceof ReadingError)) throw error;
          wrong ??= error;
        }
        for (const open of this.trail.splice(mark)) open.value = null;
      }
    if (!fits.size) throw wrong;
    if (fits.size > 1) {
      const { sign } = unclear[0] ?? rest.find(isDotted);
      throw new ReadingError("ambiguous-product", sign.from, sign.to, { sign: sign.text === "⊙*" ? ".*" : sign.text });
    }
    const { entry, make } = fits.get(choice),
      dot = [...entry].find((link) => link.op !== "*");
    if (dot) throw new ReadingError("ambiguous-dot", dot.sign.from, dot.sign.to, { sign: dot.op });
    return make();
  }
  /** A product without its numbers, which stand at one place as well as at another. */
  core(tree) {
    if (tree.op !== "matmul" && tree.op !== "hadamard") return tree;
    const args = tree.args.filter((arg) => fittingShape(arg, this.tables) !== null).map((arg) => this.core(arg));
    const flat = args.flatMap((arg) => (arg.core === tree.op ? arg.args : [arg]));
    return flat.length > 1 ? { core: tree.op, args: flat } : flat[0];
  }
}
