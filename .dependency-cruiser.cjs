// The house's one-way streets. Each rule was seen to fire on a planted violation; tools/import-rules.test.ts
// also checks that the cruise really reads the modules, since a resolver that sees nothing complains of nothing.
const S = '^packages/server/src/';
const test = '\\.(test|contract|fixture|bench|e2e)\\.ts$';
const ban = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    ban('no-circular', {}, { circular: true }, 'rooms form a one-way street'),
    ban(
      'engine-is-pure',
      { path: '^packages/engine/src/' },
      {
        path: [
          '^packages/(server|client|cli|console|capture)/',
          'node_modules/(fastify|pg|undici)/',
          '^(node:)?(http|https|net)$',
        ],
      },
      'pixels in, numbers out',
    ),
    ban(
      'vocabulary-is-pure',
      { path: '^packages/engine/src/vocabulary/', pathNot: test },
      { path: '.', pathNot: '^packages/engine/src/vocabulary/' },
      'words and pure arithmetic, no run-time dependency',
    ),
    ban(
      'one-door-to-the-engine',
      { path: S, pathNot: [`${S}adapters/(engine|memory-index)/`, test] },
      { path: '^packages/engine/src/', pathNot: '^packages/engine/src/vocabulary/' },
      'the domain speaks the vocabulary; only adapters/engine runs models, only adapters/memory-index scans',
    ),
    ban(
      'ports-are-types',
      { path: `${S}ports/`, pathNot: test },
      { path: `${S}(adapters|surfaces|http|config)/` },
      'a port knows no implementation',
    ),
    ban(
      'domain-knows-no-wire',
      { path: `${S}domain/`, pathNot: test },
      { path: [`${S}(adapters|surfaces|http|config|outbound)/`, 'node_modules/(fastify|pg)/'] },
      'use cases know neither HTTP nor SQL',
    ),
    ban(
      'adapters-know-no-surface',
      { path: `${S}adapters/`, pathNot: test },
      { path: `${S}(surfaces|http)/` },
      'an adapter serves the domain, whoever asks',
    ),
    ban(
      'outbound-is-plumbing',
      { path: `${S}outbound/`, pathNot: test },
      { path: S, pathNot: `${S}outbound/` },
      'how to reach a host safely, whoever wants to and why',
    ),
    ban(
      'adapters-are-islands',
      { path: `${S}adapters/([^/]+)/` },
      { path: `${S}adapters/([^/]+)/`, pathNot: `${S}adapters/$1/` },
      'one technology never imports another',
    ),
    ban(
      'surfaces-are-islands',
      { path: `${S}surfaces/([^/]+)/` },
      { path: `${S}surfaces/([^/]+)/`, pathNot: `${S}surfaces/$1/` },
      'no vendor imports another',
    ),
    ban(
      'surfaces-use-the-domain',
      { path: `${S}surfaces/`, pathNot: test },
      {
        path: [`${S}(adapters|ports|config|outbound)/`, '^packages/engine/'],
        pathNot: '^packages/engine/src/vocabulary/',
      },
      'a surface translates; it never computes or stores',
    ),
    ban(
      'only-compose-builds-adapters',
      {
        path: S,
        pathNot: [
          `${S}compose(-store|-existing|-rotation|-accounts|-audit|-cases|-callbacks|-processor|-gallery|-worker)?.ts$`,
          `${S}adapters/`,
          test,
        ],
      },
      { path: `${S}adapters/` },
      'one file sees everything',
    ),
    ban(
      'tests-stay-out-of-production',
      { path: '^packages/', pathNot: [test, '^packages/testkit/'] },
      { path: [test, '^packages/testkit/'] },
      'production never leans on a test',
    ),
    ban(
      'client-is-standalone',
      { path: '^packages/(client|console|capture)/' },
      { path: '^packages/(server|engine|cli)/' },
      'clients speak HTTP',
    ),
    ban(
      'cli-starts-the-server',
      { path: '^packages/cli/' },
      { path: '^packages/server/' },
      'serve is a child process; local match and models use the engine',
    ),
    ban(
      'black-box-by-url-only',
      { path: '^e2e/' },
      { path: '^packages/(server|engine)/' },
      'the outside view never reaches inside',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@facegate/source', 'import', 'types', 'default'],
    },
  },
};
