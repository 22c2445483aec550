/** Does the same with each of many, never more than a few at once; what comes of it, in their order. Rejects with the first that does. */
export async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = 16,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const workOn = async (): Promise<void> => {
    for (const [at, item] of waiting) {
      results[at] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, workOn));
  return results;
}
