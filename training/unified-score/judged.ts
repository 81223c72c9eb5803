import type { AssessedComponent } from '../../packages/server/src/domain/quality/assess-components.ts';

/** What `extract.ts` writes of one pack: each picture with the quality of its components, and the pairs of one person. */
export interface Judged {
  readonly pack: string;
  readonly pictures: readonly JudgedPicture[];
  readonly pairs: readonly JudgedPair[];
}

interface JudgedPicture {
  readonly subject: string;
  readonly list: 'Train' | 'Test';
  /** Those that could be assessed. */
  readonly components: readonly Pick<AssessedComponent, 'component' | 'quality'>[];
}

export interface JudgedPair {
  /** Places in `pictures`. */
  readonly pictures: readonly [number, number];
  /** Whether the pack tells it from a match at a false match rate of 1e-3. */
  readonly isMissed: boolean;
}
