export interface Cost {
  /** Processor time of the whole process, all its threads, user and system. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Runs `work` alone and tells what it cost. Nothing else may run in the process meanwhile. */
export async function costOf<Answer>(
  work: () => Promise<Answer>,
): Promise<Cost & { readonly answer: Answer }> {
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const answer = await work();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpuMs: (user + system) / 1000, wallMs, answer };
}
