import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUserConfig, setUserConfig } from '../../../src/config/user-config.ts';
import { describeError } from '../../../src/domain/error.ts';

/** Leaves some pages of a small disk, then sets more than fits; prints the error and what can be read afterwards. */
const [directory = '', former = '', pages = '0'] = process.argv.slice(2);
const environment = { AUTOLOOP_CONFIG_DIR: directory };
if (former !== '') {
  await setUserConfig(environment, 'interval', former);
}
const { bavail, bsize } = statfsSync(directory);
writeFileSync(join(directory, 'ballast'), Buffer.alloc((bavail - Number(pages)) * bsize));
const error = await setUserConfig(environment, 'prefix', 'x'.repeat(20_000)).catch(
  (thrown: unknown) => thrown,
);
const { values } = readUserConfig(environment);
process.stdout.write(`${JSON.stringify({ error: describeError(error), values })}\n`);
