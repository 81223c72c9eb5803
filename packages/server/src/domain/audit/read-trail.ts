import type { AuditLine, AuditLog, TrailFilter } from '../../ports/audit-log.ts';

const PAGE_LINES = 1000;

/** Hands over the lines that a filter leaves, oldest first, as they were at one moment. @throws FaceError */
export const readTrail = (
  log: AuditLog,
  filter: TrailFilter,
  onLine: (line: AuditLine) => void,
): Promise<number> =>
  log.inspect(async ({ lines }) => {
    let count = 0;
    for (let after = 0; ; ) {
      const page = await lines(after, PAGE_LINES, filter);
      for (const line of page) onLine(line);
      count += page.length;
      after = page.at(-1)?.number ?? after;
      if (page.length < PAGE_LINES) return count;
    }
  });

/** The searches that found a subject. @param subjectId UUID. @throws FaceError */
export const whoSearchedFor = (
  log: AuditLog,
  subjectId: string,
  onLine: (line: AuditLine) => void,
): Promise<number> => readTrail(log, { action: 'face.search', subject: subjectId.toLowerCase() }, onLine);
