import { HttpError } from '../../http/http-error.ts';

/** A field that fits its schema and is refused nevertheless: HTTP 400. */
export class InvalidField extends HttpError {
  /** Path within the request, such as `metadata`. */
  readonly field: string;

  /** @param reason  completes "field …"; never a part of the value. */
  constructor(field: string, reason: string) {
    super(400, `${field} ${reason}.`);
    this.field = field;
  }
}
