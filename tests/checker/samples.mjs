// How much of what there is much of is tried: a quarter with `make test`, all with `make thorough`, which sets THOROUGH.
export const PART = process.env.THOROUGH ? 1 : 4;
export const part = (count) => Math.floor(count / PART);
