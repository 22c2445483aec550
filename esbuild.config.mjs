import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/**
 * Makes `dist/`: the CLI in chunks (a command loads only its own), the isolation layer and the task contract in one
 * file each, the shipped tasks, and the types of the task contract.
 */
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  legalComments: 'none',
  define: { __AUTOLOOP_VERSION__: JSON.stringify(version) },
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
};

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  buildCli(),
  buildAlone('isolation', 'src/isolation/main.ts'),
  buildAlone('task', 'src/task/index.ts'),
  emitTaskTypes(),
  ...readdirSync('tasks')
    .filter((name) => existsSync(`tasks/${name}/task.ts`))
    .map(buildTask),
]);

async function buildCli() {
  if (!existsSync('src/cli/main.ts')) {
    console.warn('src/cli/main.ts does not exist yet: no dist/cli.mjs');
    return;
  }
  await build({
    ...common,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // For CommonJS in ESM bundles; the name must not meet one that the minifier makes.
    banner: {
      js: "import{createRequire as autoloopCreateRequire}from'node:module';const require=autoloopCreateRequire(import.meta.url);",
    },
  });
}

function buildAlone(name, entry) {
  return build({ ...common, entryPoints: { [name]: entry }, outdir: 'dist' });
}

/**
 * Node does not strip types inside node_modules, so that shipped tasks are JavaScript. What is not part of the bundle
 * (prompts, samples, agent programs) lies beside it as it is.
 */
async function buildTask(name) {
  const { metafile } = await build({
    ...common,
    minify: false,
    entryPoints: { task: `tasks/${name}/task.ts` },
    outdir: `dist/tasks/${name}`,
    external: ['autoloop/task'],
    metafile: true,
  });
  const bundled = new Set(Object.keys(metafile.inputs));
  for (const file of globSync(`tasks/${name}/**`, { withFileTypes: true })) {
    const path = `${file.parentPath}/${file.name}`;
    if (file.isFile() && !bundled.has(path)) {
      cpSync(path, `dist/${path}`);
    }
  }
}

/** `dist/task.d.ts`, and below `dist/types/` what it speaks of. */
async function emitTaskTypes() {
  await promisify(execFile)(process.execPath, [
    'node_modules/.bin/tsc',
    'src/task/index.ts',
    '--ignoreConfig',
    ...['--declaration', '--emitDeclarationOnly', '--rootDir', '.', '--outDir', 'dist/types'],
    ...['--module', 'nodenext', '--target', 'es2024', '--types', 'node'],
    ...['--strict', '--exactOptionalPropertyTypes', '--allowImportingTsExtensions'],
  ]);
  writeFileSync('dist/task.d.ts', "export * from './types/src/task/index.ts';\n");
}
