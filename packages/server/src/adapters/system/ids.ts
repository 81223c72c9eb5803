import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '../../ports/ids.ts';

export const randomIds: Ids = { next: () => randomUUID(), nextOrdered: () => v7() };
