/** What a shell script learns without reading a word; `facegate --help` prints this table. */
export const EXIT = {
  success: 0,
  /** Two pictures of different people, a picture without a face, an audit trail or a receipt that was tampered with. */
  negative: 1,
  usage: 2,
  unreadableInput: 3,
  modelPack: 4,
  failure: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
Exit codes:
  0  done; for match: the faces match
  1  non-match, or no face was found; for audit: the trail or the
     receipt was tampered with, or there is no receipt
  2  the command was not understood
  3  a picture is absent, unreadable or not a picture
  4  the model pack is absent, altered or could not be installed
  5  anything else went wrong
`;
