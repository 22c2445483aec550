/** Numbers from 0 up to 1 that are the same for the same seed: sfc32, seeded by FNV-1a of the text. */
export function seededRandom(seed: string): () => number {
  const hash = hashOf(seed);
  let a = mixed(hash);
  let b = mixed(a ^ 0x9e3779b9);
  let c = mixed(b ^ 0x85ebca6b);
  let counter = 1;
  return () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 4_294_967_296;
  };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** The finalizer of MurmurHash3: seeds that differ in one bit have nothing in common after it. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
