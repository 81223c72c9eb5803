/** The vendor's words for each of its numbers, from 1. */
export const FAIL_ON_MESSAGES = [
  'fail on liveness',
  'fail on attribute',
  'fail on liveness and attribute',
  'fail on quality',
  'fail on liveness and quality',
  'fail on attribute and quality',
  'fail on liveness, attribute, and quality',
  'fail on number of face (nface)',
  'fail on number of face (nface) and liveness',
  'fail on number of face (nface) and attribute',
  'fail on number of face (nface), attribute, and liveness',
  'fail on number of face (nface) and quality',
  'fail on number of face (nface), quality, and liveness',
  'fail on number of face (nface), quality, and attribute',
  'fail on number of face (nface), quality, attribute, and liveness',
  'fail on similarity status',
] as const;
