/** A draw from Beta(a, b), a and b at least 1: what Thompson sampling believes of a rate of success. */
export function drawBeta({ a, b }: { a: number; b: number }, random: () => number): number {
  if (a === 1 && b === 1) {
    return random();
  }
  const left = drawGamma(a, random);
  const right = drawGamma(b, random);
  return left / (left + right);
}

/** Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000); for a shape of at least 1. */
function drawGamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return d * v;
    }
  }
}

/** Box and Muller; the logarithm's argument is never 0. */
function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
