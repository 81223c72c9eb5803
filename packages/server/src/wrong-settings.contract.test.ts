import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { givenRing } from './compose-store.ts';
import { ConfigError, loadConfig } from './config/load.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

describe('settings that are well formed and wrong all the same', () => {
  it.each(['256.1.1.1', 'pictures.test,1.2.3.4.5'])('%s is no host to fetch images from', async (hosts) => {
    const starting = compose(loadConfig({ FACEGATE_REMOTE_IMAGE_HOSTS: hosts }), () => {});
    await expect(starting).rejects.toThrow(ConfigError);
    await expect(starting).rejects.toThrow('FACEGATE_REMOTE_IMAGE_HOSTS');
  });

  it("a scenario with a vendor's name is refused before anything is opened", async () => {
    const config = loadConfig({ FACEGATE_REGULA_SCENARIOS: '[{"scenario": "QualityICAO"}]' });
    const starting = compose(config, () => {});
    await expect(starting).rejects.toThrow(ConfigError);
    await expect(starting).rejects.toThrow('FACEGATE_REGULA_SCENARIOS[0] (QualityICAO)');
  });

  it.each([
    ['a master key that is too short', { FACEGATE_MASTER_KEY: 'c2hvcnQ=' }],
    ['a new master key without the one in use', { FACEGATE_MASTER_KEY_NEW: KEY }],
    ['a new master key that is the one in use', { FACEGATE_MASTER_KEY: KEY, FACEGATE_MASTER_KEY_NEW: KEY }],
  ])('%s is refused, and not shown', (_name, env) => {
    expect(() => givenRing(loadConfig(env))).toThrow(ConfigError);
    expect(() => givenRing(loadConfig(env))).not.toThrow(KEY);
  });
});
