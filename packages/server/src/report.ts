/** What a command about accounts came to: for people, and for programs. */
export interface Report {
  readonly text: string;
  readonly json: unknown;
}
