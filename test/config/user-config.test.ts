import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readUserConfig, setUserConfig, unsetUserConfig } from '../../src/config/user-config.ts';
import { AutoloopError } from '../../src/domain/error.ts';
import { canMount, fillDisk, smallDisk } from '../stores/small-disk.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

describe('where it lies', () => {
  it.each([
    { environment: { HOME: '/h' }, path: '/h/.config/autoloop/config.json' },
    { environment: { HOME: '/h', XDG_CONFIG_HOME: '/x' }, path: '/x/autoloop/config.json' },
    { environment: { HOME: '/h', XDG_CONFIG_HOME: '' }, path: '/h/.config/autoloop/config.json' },
    {
      environment: { HOME: '/h', XDG_CONFIG_HOME: '/x', AUTOLOOP_CONFIG_DIR: '/own' },
      path: '/own/config.json',
    },
  ])('is $path for $environment', ({ environment, path }) => {
    expect(readUserConfig(environment)).toEqual({ path, values: {} });
  });

  it('is not made by reading', () => {
    const { directory, environment } = useConfig();
    readUserConfig(environment);
    expect(existsSync(join(directory, 'config.json'))).toBe(false);
  });
});

describe('setting', () => {
  it('makes a file that only its user can read, and keeps what it held', async () => {
    const { environment, path } = useConfig();
    await setUserConfig(environment, 'max-turns', '7');
    await setUserConfig(environment, 'interval', '5m');
    expect(readUserConfig(environment).values).toEqual({ 'max-turns': '7', interval: '5m' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await unsetUserConfig(environment, 'max-turns');
    expect(readUserConfig(environment).values).toEqual({ interval: '5m' });
  });

  it.each([
    { key: 'interval', text: 'soon', says: /"soon" is not a value of the setting interval/ },
    { key: 'intervall', text: '5', says: /no setting named intervall/ },
    { key: 'workers', text: '2', says: /workers is not available in this version/ },
  ])('$key to $text is refused and writes nothing', async ({ key, text, says }) => {
    const { environment, path } = useConfig();
    const error = await refusalOf(() => setUserConfig(environment, key, text));
    expect(error).toMatchObject({ code: 150, message: expect.stringMatching(says) });
    expect(error.fix).not.toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('takes out what is no setting, so that a slip can be mended', async () => {
    const { environment, path } = useConfig();
    writeFileSync(path, '{"intervall": 5, "interval": "7"}');
    await unsetUserConfig(environment, 'intervall');
    expect(readUserConfig(environment).values).toEqual({ interval: '7' });
  });
});

describe('a broken file', () => {
  it.each(['', '{', 'null', '[]', '"text"', '{"interval": 5}x', '\0\0\0'])(
    'is refused and left as it is: %j',
    async (text) => {
      const { environment, path } = useConfig();
      writeFileSync(path, text);
      const onRead = await refusalOf(() => readUserConfig(environment));
      const onWrite = await refusalOf(() => setUserConfig(environment, 'interval', '5'));
      for (const error of [onRead, onWrite]) {
        expect(error).toMatchObject({ code: 150, message: expect.stringContaining(path) });
      }
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it('that is a folder is refused', async () => {
    const { environment, path } = useConfig();
    mkdirSync(path);
    const error = await refusalOf(() => readUserConfig(environment));
    expect(error).toMatchObject({ code: 155, message: expect.stringContaining('EISDIR') });
    expect(error.fix).toContain(path);
  });

  it.skipIf(process.getuid?.() === 0)('that cannot be read is refused', async () => {
    const { environment, path } = useConfig();
    writeFileSync(path, '{}');
    chmodSync(path, 0);
    const error = await refusalOf(() => readUserConfig(environment));
    expect(error).toMatchObject({ code: 155, message: expect.stringContaining('EACCES') });
  });
});

describe('what cannot be written', () => {
  it('is told where a file stands in place of its folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'autoloop'), 'in the way');
    const environment = { XDG_CONFIG_HOME: folder };
    const error = await refusalOf(() => setUserConfig(environment, 'interval', '5'));
    expect(error).toMatchObject({ code: 155, message: expect.stringContaining('autoloop') });
    expect(readFileSync(join(folder, 'autoloop'), 'utf8')).toBe('in the way');
  });

  it.runIf(canMount)('for want of room is told, and leaves what was there', async () => {
    const disk = smallDisk();
    const environment = { AUTOLOOP_CONFIG_DIR: disk };
    await setUserConfig(environment, 'interval', '5');
    fillDisk(disk);
    const error = await refusalOf(() => setUserConfig(environment, 'prefix', 'x'.repeat(20_000)));
    expect(error).toMatchObject({
      code: 153,
      message: expect.stringContaining('It is as it was.'),
    });
    expect(readUserConfig(environment).values).toEqual({ interval: '5' });
  });
});

function useConfig() {
  const directory = temporaryFolder();
  return {
    directory,
    environment: { AUTOLOOP_CONFIG_DIR: directory },
    path: join(directory, 'config.json'),
  };
}

async function refusalOf(work: () => unknown): Promise<AutoloopError> {
  const error: unknown = await Promise.resolve()
    .then(work)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof AutoloopError)) {
    throw new Error(`It was not refused, but: ${String(error)}`);
  }
  return error;
}
