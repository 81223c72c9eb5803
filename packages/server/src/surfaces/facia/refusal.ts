import { HttpError } from '../../http/http-error.ts';
import type { FieldErrors } from './wire/answers.ts';
import { INVALID_SIGNATURE, LIMIT_REACHED, MESSAGES, type RefusalStatus } from './wire/messages.ts';

/** A refusal in this vendor's words. */
export class FaciaRefusal extends HttpError {
  readonly errors: FieldErrors | undefined;

  constructor(statusCode: RefusalStatus, message: string = MESSAGES[statusCode], errors?: FieldErrors) {
    super(statusCode, message);
    this.errors = errors;
  }
}

/** Fields that the caller can mend: HTTP 400. */
export const fieldRefusal = (errors: FieldErrors): FaciaRefusal =>
  new FaciaRefusal(400, MESSAGES[400], errors);

/** A link that was changed or is over: HTTP 403. */
export const signatureRefusal = (): FaciaRefusal => new FaciaRefusal(403, INVALID_SIGNATURE);

/** A quota that is used up: HTTP 400. */
export const limitRefusal = (): FaciaRefusal => new FaciaRefusal(400, LIMIT_REACHED);
