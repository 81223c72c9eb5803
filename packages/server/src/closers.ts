/** What is to be ended, the last opened first: each thing may lean on those opened before it. */
export function createClosers() {
  const closers: (() => Promise<void>)[] = [];
  return {
    add: (close: () => Promise<void>): void => {
      closers.push(close);
    },
    /** One that fails does not keep the others from ending. */
    closeAll: async (): Promise<void> => {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        await close().catch(() => undefined);
      }
    },
  };
}
