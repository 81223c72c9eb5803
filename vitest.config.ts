import { defineConfig } from 'vitest/config';

/** Tests run the packages' sources, never a stale `dist`. */
const source = {
  resolve: { conditions: ['@facegate/source', 'node', 'module'] },
  ssr: { resolve: { conditions: ['@facegate/source', 'node', 'module'] } },
};

export default defineConfig({
  test: {
    globalSetup: ['tools/own-temporary-folder.ts'],
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'tools/**/*.test.ts',
            'accuracy/**/*.test.ts',
            'bench/**/*.test.ts',
            'measurement/**/*.test.ts',
            'training/**/*.test.ts',
          ],
          exclude: ['**/*.contract.test.ts', '**/*.models.test.ts', '**/node_modules/**'],
        },
      },
      {
        ...source,
        test: {
          name: 'contract',
          include: ['packages/*/src/**/*.contract.test.ts'],
          // Many start a database of their own.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: {
          name: 'models',
          include: ['packages/*/src/**/*.models.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: ['e2e/src/own-data-folder.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
