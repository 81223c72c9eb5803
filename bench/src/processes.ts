import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Processor time of all descendants that have ended and were waited for, ms. Linux only. */
export function endedChildrenCpuMs(): number {
  const fields = statFields('self');
  return ((Number(fields[13]) + Number(fields[14])) * 1000) / TICKS_PER_SECOND;
}

/** Runs `work` and tells the most memory that all descendants of this process held together meanwhile, MiB. Linux only. */
export async function peakOfChildrenMib(work: () => Promise<void>): Promise<number> {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, childrenKib(process.pid));
  }, 20);
  await work();
  clearInterval(timer);
  return peak / 1024;
}

/** This process's own highest mark, MiB. */
export const ownPeakMib = (): number => process.resourceUsage().maxRSS / 1024;

function childrenKib(root: number): number {
  const parents = new Map(processIds().map((id) => [id, Number(statFields(id)[1] ?? 0)]));
  const isBelow = (id: number | undefined): boolean => {
    const parent = id === undefined ? undefined : parents.get(id);
    return parent === root || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).reduce((sum, id) => sum + residentKib(id), 0);
}

const processIds = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

const residentKib = (id: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0);

/** Of proc_pid_stat(5), from the state on: what precedes is a name in brackets. */
const statFields = (id: number | 'self'): string[] =>
  read(`/proc/${id}/stat`).split(') ').at(-1)?.split(' ') ?? [];

/** Empty once the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
