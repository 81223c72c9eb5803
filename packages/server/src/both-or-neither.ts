/** Fails only when neither is still being opened: threads that load models cannot be ended halfway. */
export async function bothOrNeither<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
