// The mean over all random matrices: of polynomials of degree two at most in the entries of each, by mean and variance.
// Where all are as likely as their negatives, what stands inside is first made even.
import { HALF, ONE } from "../algebra/rational.mjs";
import { INNER, Unknown } from "../algebra/session.mjs";
import { UNIT, add, atom, entry, mul, neg, scale, single, sub } from "../algebra/polynomial.mjs";
import { delta } from "../algebra/products.mjs";
import { power } from "../algebra/powers.mjs";
import { rewrite } from "../algebra/substitution.mjs";
import { complex, isPositive } from "../algebra/signs.mjs";
import { openProduct, sumOver } from "../algebra/sums.mjs";
import { randomIn } from "../statement/random.mjs";
import { heldName } from "./scope.mjs";

const randomLeaves = (statement) =>
  new Set(Object.entries(statement.matrices).filter(([, m]) => m.random).map(([id]) => `e:${id}`));

/** `scope` is held where it stands. */
export function expectation(lowering, p, scope) {
  if (scope.held.some((id) => isHeld(p, id) && randomIn({ op: "name", id }, lowering.statement).size)) throw new Unknown("expectation"); // it is no number, and none of the laws is its
  const laws = new Map(Object.entries(lowering.statement.matrices).filter(([, m]) => m.random).map(([id, m]) => [id, law(lowering, m, scope)]));
  const leaves = randomLeaves(lowering.statement), inside = [...laws].filter(([id]) => p.has(`e:${id}`));
  for (const [, { check }] of inside) check();
  if (inside.length && inside.every(([, l]) => l.even)) {
    const turned = rewrite(p, leaves, (a) => (leaves.has(a.leaf) ? neg(atom(a)) : null));
    p = scale(add(p, turned), HALF);
  }
  return add(...p.terms.map(({ m, c }) => scale(ofProduct(m, laws, leaves), c)));
}
const isHeld = (p, id) => ["s", "e"].some((kind) => p.has(`${kind}:${heldName(id)}`));
function law(lowering, { random }, scope) {
  const at = (t, a) => lowering.lower(t, ...(lowering.shapes.shape(t) ? a.args : [a.args[0], a.args[0]].map(() => lowering.number(0))), scope);
  const mean = (a) => at(random.mean, a);
  const bernoulli = random.law === "bernoulli";
  const variance = (a) => (bernoulli ? mul(mean(a), sub(UNIT, mean(a))) : at(random.variance, a));
  const somewhere = entry(`${INNER}somewhere`, lowering.number(0), lowering.number(0));
  const check = () => {
    if ([random.mean, random.variance ?? 0].some((t) => lowering.shapes.shape(t))) throw new Unknown("law-of-each-entry");
    for (const q of bernoulli ? [mean(somewhere), sub(UNIT, mean(somewhere))] : [variance(somewhere)])
      lowering.needs.note(q, "nonnegative", { smooth: everywhere(q) ? "nonnegative" : "positive" });
  };
  return { mean, variance, check, even: ["symmetric", "normal"].includes(random.law) && random.mean === 0 };
}
/** Is it never negative, on both sides of wherever it is?  A slope needs a law on both. */
const everywhere = (q) => q.terms.every(({ m, c }) => c.sign > 0 && m.every(([a, e]) => (e.even && !complex(a)) || isPositive(a)));
/** The mean of a product: of the sums in it, opened, and of the entries of each random matrix. */
function ofProduct(m, laws, leaves) {
  const vars = [], factors = [];
  const flat = (list) => {
    for (const [a, e] of list)
      if (a.kind === "sum" && random(a, leaves)) {
        if (!e.whole || e.sign < 0 || e.n > 4n) throw new Unknown("expectation");
        for (let k = 0n; k < e.n; k++) {
          const opened = openProduct(a);
          vars.push(...opened.vars);
          flat(opened.m);
        }
      } else factors.push([a, e]);
  };
  flat(m);
  const fixed = factors.filter(([a]) => !random(a, leaves)), out = [single([], ONE), ...fixed.map((x) => of(x))];
  for (const [id, l] of laws) {
    const mine = factors.filter(([a]) => a.kind === "entry" && a.name === id).flatMap(([a, e]) => {
      if (!e.whole || e.sign < 0 || e.n > 2n) throw new Unknown("expectation");
      return Array(Number(e.n)).fill(a);
    });
    if (mine.length > 2) throw new Unknown("expectation");
    out.push(...mine.map((a) => l.mean(a)));
    if (mine.length === 2) {
      const [a, b] = mine, same = mul(...a.args.map((p, k) => delta(p, b.args[k])));
      out.splice(out.length - 2, 2, add(mul(l.mean(a), l.mean(b)), mul(l.variance(a), same)));
    }
  }
  if (factors.some(([a]) => a.kind !== "entry" && random(a, leaves))) throw new Unknown("expectation");
  return sumOver(vars, mul(...out));
}
const of = ([a, e]) => power(a.kind === "factor" ? a.args[0] : atom(a), e);
const random = (a, leaves) => [...leaves].some((leaf) => a.leaves.has(leaf));
