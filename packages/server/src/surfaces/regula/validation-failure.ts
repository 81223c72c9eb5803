/** As Ajv words it. */
interface AjvFailure {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params?: { readonly missingProperty?: unknown };
}

export interface ValidationFailure {
  /** Such as `images/0/data`; empty for the whole. */
  readonly field: string;
  readonly keyword: string;
  /** In English, for the caller. */
  readonly reason: string;
}

/** What the schema refused, if that is what `error` says. */
export function firstValidationFailure(error: unknown): ValidationFailure | undefined {
  if (!(error instanceof Error) || !('validation' in error) || !Array.isArray(error.validation)) {
    return undefined;
  }
  const [first] = error.validation as AjvFailure[];
  if (first === undefined) return undefined;
  const part = 'validationContext' in error ? String(error.validationContext) : 'body';
  return {
    field: fieldOf(first),
    keyword: first.keyword,
    reason: `${part}${first.instancePath} ${wordsOf(first)}.`,
  };
}

function fieldOf({ instancePath, params }: AjvFailure): string {
  const path = instancePath.slice(1);
  if (typeof params?.missingProperty !== 'string') return path;
  return path === '' ? params.missingProperty : `${path}/${params.missingProperty}`;
}

/** A regular expression says little to a caller. */
const wordsOf = ({ keyword, message }: AjvFailure): string =>
  keyword === 'pattern' ? 'does not have the form it must have' : (message ?? 'is not acceptable');
