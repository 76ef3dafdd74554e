/**
 * The usual wrong answers next to a right one, each with a code. Sizes fit in all of them, and none is written as the
 * right one is; whether one is true after all (a transpose of what is symmetric) is for the prover to say.
 */
import { fittingShape } from "../reading/shapes.mjs";
import { isSingle, sameShape } from "../reading/sizes.mjs";
import { isLiteral, isTree, keyOf, turned } from "../printing/trees.mjs";
import { everywhere, replaced, unfolded } from "./rewriting.mjs";

const op = (name, ...args) => ({ op: name, args });
const isProduct = (t) => t.op === "mul" || t.op === "matmul";
const isSum = (t) => t.op === "add" || t.op === "matadd";
const isReciprocal = (t) => t.op === "pow" && t.args[1] === -1;
/** A product or a sum without one of its parts. */
const without = (t, k) => {
  const args = t.args.filter((_, j) => j !== k);
  return args.length > 1 ? { ...t, args } : args[0];
};
const withPart = (t, k, part) => ({ ...t, args: t.args.map((arg, j) => (j === k ? part : arg)) });
const eachPart = (t, rule) => (t.args ?? []).flatMap((arg, k) => rule(arg, k));
/** The derivative of a function of the statement, at each entry or at a number. */
const slopeIn = (t) => (t.op === "apply" ? slopeIn(t.body) : t.op === "call" && t.order > 0);

class Around {
  constructor(statement) {
    this.statement = statement;
  }
  shape(t) {
    return fittingShape(t, this.statement);
  }
  isSize(t) {
    const facts = t.op === "symbol" && this.statement.symbols[t.id]?.facts;
    return Boolean(facts && facts.integer && facts.positive);
  }
  isSymmetric(t) {
    const both = [keyOf(t), keyOf(op("transpose", t))];
    return (this.statement.given ?? []).some((c) => c.op === "eq" && c.args.every((side) => both.includes(keyOf(side))));
  }
  opposite(t) {
    if (isLiteral(t)) return turned(t);
    if (isProduct(t) && isLiteral(t.args[0]))
      return t.args[0] === -1 && t.args.length > 1 ? without(t, 0) : withPart(t, 0, turned(t.args[0]));
    return this.times(-1, t);
  }
  times(factor, t) {
    return isProduct(t) ? { ...t, args: [factor, ...t.args] } : op(this.shape(t) ? "matmul" : "mul", factor, t);
  }
  /** Names that are a function of each entry of something: an activation, and what it is taken of. */
  activations() {
    return Object.entries(this.statement.names).flatMap(([id, { definition }]) => {
      const at = definition?.op === "apply" ? definition.args[0] : definition?.op === "call" ? definition.args[0] : null;
      return isTree(at) && at.id ? [[{ op: "name", id }, at]] : [];
    });
  }
  /** Leaves of the same letter with another index: the other layers. */
  sisters(t) {
    if (!["symbol", "matrix", "name"].includes(t.op) || this.isSize(t)) return [];
    const stem = (id) => /^[A-Za-z]+(?=_)/.exec(id)?.[0],
      all = [
        ["symbol", "symbols"],
        ["matrix", "matrices"],
        ["name", "names"],
      ];
    return all
      .flatMap(([kind, table]) => Object.keys(this.statement[table]).map((id) => ({ op: kind, id })))
      .filter((leaf) => leaf.id !== t.id && stem(leaf.id) && stem(leaf.id) === stem(t.id) && !this.isSize(leaf));
  }
}

const isZero = (t) => t === 0 || t.op === "zeros";
/** Is a factor 1 - a, or a itself: the slope of the activation a, written out? */
const isOne = (t) => t === 1 || t.op === "ones";
const saysSlope = (t, a) => keyOf(t) === keyOf(a) || (isSum(t) && t.args.some(isOne) && keyOf(replaced(t, a, BLANK)) !== keyOf(t));
const BLANK = { op: "name", id: "" };

/** Each rule gives the wrong trees that stand in the place of a node; `top` where the node is the whole answer. */
const RULES = {
  "slope-forgotten": (t, around) =>
    t.op === "hadamard" || isProduct(t)
      ? [
          ...eachPart(t, (arg, k) => (slopeIn(arg) && t.args.length > 1 ? [without(t, k)] : [])),
          ...around.activations().flatMap(([a]) => {
            const args = t.args.filter((arg) => !saysSlope(arg, a));
            return args.length && args.length < t.args.length ? [args.length > 1 ? { ...t, args } : args[0]] : [];
          }),
        ]
      : [],
  "slope-of-activation": (t, around) =>
    slopeIn(t)
      ? around
          .activations()
          .flatMap(([a, z]) => [
            [z, a],
            [a, z],
          ])
          .map(([from, to]) => replaced(t, from, to))
      : [],
  "slope-at-logits": (t, around) =>
    t.op === "hadamard" || t.op === "mul"
      ? around
          .activations()
          .flatMap(([a, z]) =>
            eachPart(t, (arg) =>
              isSum(arg) && saysSlope(arg, a) ? [{ ...t, args: t.args.map((x) => (saysSlope(x, a) ? replaced(x, a, z) : x)) }] : [],
            ),
          )
      : [],
  "slope-wrong-layer": (t, around) =>
    slopeIn(t)
      ? eachPart(t.op === "apply" ? t : { args: t.args }, (arg) => around.sisters(arg).map((sister) => ({ ...t, args: [sister] })))
      : [],
  "function-for-slope": (t) => {
    if (t.op !== "call" || !t.order) return [];
    const { order, ...rest } = t;
    return [order > 1 ? { ...t, order: order - 1 } : rest];
  },
  "sum-for-mean": (t, around) =>
    isProduct(t) ? eachPart(t, (arg, k) => (isReciprocal(arg) && around.isSize(arg.args[0]) ? [without(t, k)] : [])) : [],
  "mean-twice": (t, around) =>
    isProduct(t) ? eachPart(t, (arg) => (isReciprocal(arg) && around.isSize(arg.args[0]) ? [{ ...t, args: [arg, ...t.args] }] : [])) : [],
  "wrong-size": (t, around) =>
    isReciprocal(t) && around.isSize(t.args[0])
      ? Object.keys(around.statement.symbols)
          .map((id) => ({ op: "symbol", id }))
          .filter((s) => s.id !== t.args[0].id && around.isSize(s))
          .map((s) => withPart(t, 0, s))
      : [],
  "factor-two-lost": (t) =>
    isProduct(t)
      ? eachPart(t, (arg, k) => (arg === 2 || arg === -2 || arg.value === "1/2" ? [arg === -2 ? withPart(t, k, -1) : without(t, k)] : []))
      : [],
  "transpose-lost": (t) => (t.op === "transpose" ? t.args : []),
  "transpose-added": (t, around) =>
    t.op === "matadd" || (t.op === "matmul" && t.args.filter((arg) => around.shape(arg)).length > 1)
      ? eachPart(t, (arg, k) =>
          (arg.op === "matrix" || arg.op === "name") && !isSingle(around.shape(arg)) && !around.isSymmetric(arg)
            ? [withPart(t, k, op("transpose", arg))]
            : [],
        )
      : [],
  "entrywise-for-product": (t, around) =>
    t.op === "matmul"
      ? t.args.slice(1).flatMap((arg, k) => {
          const pair = [t.args[k], arg];
          return pair.every((factor) => around.shape(factor))
            ? [
                t.args.length > 2
                  ? { ...t, args: [...t.args.slice(0, k), op("hadamard", ...pair), ...t.args.slice(k + 2)] }
                  : op("hadamard", ...pair),
              ]
            : [];
        })
      : [],
  "product-for-entrywise": (t) => (t.op === "hadamard" ? [op("matmul", ...t.args)] : []),
  "factors-swapped": (t, around) =>
    t.op === "matmul"
      ? t.args.slice(1).flatMap((arg, k) => {
          const pair = [arg, t.args[k]];
          return pair.every((factor) => around.shape(factor))
            ? [{ ...t, args: [...t.args.slice(0, k), ...pair, ...t.args.slice(k + 2)] }]
            : [];
        })
      : [],
  "term-sign": (t, around) => (isSum(t) ? eachPart(t, (arg, k) => [withPart(t, k, around.opposite(arg))]) : []),
  "term-lost": (t) => (isSum(t) ? eachPart(t, (arg, k) => [without(t, k)]) : []),
  "wrong-layer": (t, around) => around.sisters(t),
  "sign-turned": (t, around, top) => (top && !isZero(t) ? [around.opposite(t)] : []),
  "factor-two-added": (t, around, top) => (top && !isZero(t) ? [around.times(2, t)] : []),
};
export const CODES = Object.keys(RULES);

/** [{ code, tree }] for a right tree, by the tables of its statement; names in it are also opened once. */
export function slips(tree, statement) {
  const around = new Around(statement),
    shape = around.shape(tree),
    seen = new Set([keyOf(tree)]),
    out = [];
  const opened = unfolded(tree, statement);
  seen.add(keyOf(opened));
  for (const start of opened === tree ? [tree] : [tree, opened])
    for (const code of CODES)
      for (const wrong of everywhere(start, (t, top) => RULES[code](t, around, top))) {
        const key = keyOf(wrong),
          found = fittingShape(wrong, statement);
        if (seen.has(key) || /"transpose","args":\[\{"op":"transpose"/.test(key) || found === undefined || !sameShape(found, shape))
          continue;
        seen.add(key);
        out.push({ code, tree: wrong });
      }
  return out;
}
