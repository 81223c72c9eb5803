import { expect, it } from 'vitest';
import { tidyPath } from './not-found.ts';

it.each([
  ['/api/match', '/api/match'],
  ['//api///match/', '/api/match'],
  ['/api/match?x=/api//y', '/api/match'],
  ['/', '/'],
  ['//', '/'],
])('reads %j as the path %j', (url, path) => {
  expect(tidyPath(url)).toBe(path);
});
