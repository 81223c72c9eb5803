import type { Sample } from './dataset.ts';

/** One person under two names: another spelling, another order of the names, a nickname. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  Hassan_Wirajuda: 'Hasan_Wirayuda',
  Sepp_Blatter: 'Joseph_Blatter',
  Sung_Hong_Choi: 'Choi_Sung-hong',
};

/** Pictures filed under somebody else's name. */
const MISFILED: Readonly<Record<string, string>> = { Recep_Tayyip_Erdogan_0004: 'Abdullah_Gul' };

/** The same photograph as Andrew_Caldecott_0001. */
const COPIES: ReadonlySet<string> = new Set(['Andrew_Gilligan_0001']);

/**
 * The samples without those errors of LFW's labels that the names or the photographs themselves prove. They were found
 * among the non-mated pairs of highest score, so the list is short of errors that lower a score.
 */
export const withLabelsCorrected = (samples: readonly Sample[]): Sample[] =>
  samples
    .filter(({ id }) => !COPIES.has(id))
    .map((sample) => ({
      ...sample,
      subject: MISFILED[sample.id] ?? OTHER_NAMES[sample.subject] ?? sample.subject,
    }));
