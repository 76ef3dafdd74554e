// Exact rational numbers, in lowest terms, with a positive denominator.
import { Unknown } from "./session.mjs";

export const gcd = (a, b) => {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
};

/** Larger numbers take too long to compute with. */
const MOST = 2n ** 8192n;

export class Rational {
  constructor(n, d = 1n) {
    if (d === 0n) throw new Unknown("division-by-zero");
    if (n > MOST || n < -MOST || d > MOST || d < -MOST) throw new Unknown("number-too-large");
    const g = d === 1n ? 1n : gcd(n, d) * (d < 0n ? -1n : 1n);
    this.n = n / g;
    this.d = d / g;
  }
  plus(o) { return new Rational(this.n * o.d + o.n * this.d, this.d * o.d); }
  minus(o) { return new Rational(this.n * o.d - o.n * this.d, this.d * o.d); }
  times(o) { return new Rational(this.n * o.n, this.d * o.d); }
  over(o) { return new Rational(this.n * o.d, this.d * o.n); }
  /** To a whole exponent, 0 or above; a factor that is too large ends it early. */
  power(k) {
    let out = ONE;
    for (let base = this, left = k; left; left >>= 1n) {
      if (left & 1n) out = out.times(base);
      if (left > 1n) base = base.times(base);
    }
    return out;
  }
  get negated() { return new Rational(-this.n, this.d); }
  get zero() { return this.n === 0n; }
  get whole() { return this.d === 1n; }
  get even() { return this.d === 1n && this.n % 2n === 0n; }
  get sign() { return this.n > 0n ? 1 : this.n < 0n ? -1 : 0; }
  compare(o) { return this.minus(o).sign; }
  is(k) { return this.d === 1n && this.n === BigInt(k); }
  toString() { return this.d === 1n ? `${this.n}` : `${this.n}/${this.d}`; }
}

/** n/d; either may be a number, a BigInt or a string of digits. */
export const rational = (n, d = 1) => new Rational(BigInt(n), BigInt(d));
export const ONE = new Rational(1n);
export const NOUGHT = new Rational(0n);
export const HALF = new Rational(1n, 2n);

/** The prime factors of a positive whole number, with their exponents. */
export function primes(n) {
  const out = new Map();
  if (n > 10n ** 12n) throw new Unknown("number-too-large");
  for (let p = 2n; p * p <= n; p++)
    for (; n % p === 0n; n /= p) out.set(p, (out.get(p) ?? 0n) + 1n);
  if (n > 1n) out.set(n, (out.get(n) ?? 0n) + 1n);
  return out;
}

/** The square root of a rational that is a square, else null. */
export function squareRoot(c) {
  const root = (n) => {
    const near = BigInt(Math.round(Math.sqrt(Number(n))));
    return [near - 1n, near, near + 1n].find((k) => k >= 0n && k * k === n) ?? null;
  };
  if (c.sign < 0) return null;
  const n = root(c.n), d = root(c.d);
  return n === null || d === null ? null : new Rational(n, d);
}
