/** Our own errors carry the reason as their cause. */
export const reasonOf = (error: Error): string =>
  error.cause instanceof Error && error.cause.message !== error.message
    ? `${error.message}: ${error.cause.message}`
    : error.message;
