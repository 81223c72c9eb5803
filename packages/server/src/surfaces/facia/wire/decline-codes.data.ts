import type { DeclineCause } from '../../../domain/cases/case.ts';

/** The vendor's codes and texts. Those for which nothing is measured here are left out, and never sent. */
export const DECLINES = {
  unreadable: {
    code: 'FADR20',
    reason: 'The provided proof is invalid. Please submit a clear, properly formatted image proof.',
  },
  'no-face': { code: 'FADR11', reason: 'Face not detected in Image.' },
  'no-face-in-reference': { code: 'FADR12', reason: 'Face not detected in Matched Image.' },
  'no-face-in-both': { code: 'FADR13', reason: 'Face not detected in Both Images.' },
  manipulated: { code: 'FADR25', reason: 'Deepfake Detected.' },
  'presentation-attack': {
    code: 'FADR21',
    reason: 'Paper texture OR Replay attack detected from provided proof.',
  },
  blurred: { code: 'FADR17', reason: 'The provided image appears to be blurry.' },
  dark: { code: 'FADR09', reason: 'Face might be under-exposed due to lighting conditions.' },
  bright: { code: 'FADR10', reason: 'Face might be over-exposed due to bright lighting.' },
  'not-matched': { code: 'FADR26', reason: 'Face not matched.' },
} as const satisfies Record<DeclineCause, { readonly code: `FADR${number}`; readonly reason: string }>;
