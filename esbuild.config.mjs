import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Bundles of `dist/`: the CLI in chunks (a command loads only its own), the isolation layer and the task contract each in one file. */
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

/** For CommonJS inside ESM bundles; the name must not meet one the minifier makes. */
const requireBanner = {
  js: "import { createRequire as autoloopCreateRequire } from 'node:module'; const require = autoloopCreateRequire(import.meta.url);",
};

rmSync('dist', { recursive: true, force: true });
const tasks = readdirSync('tasks').filter((name) => existsSync(`tasks/${name}/task.ts`));
await Promise.all([
  build({
    ...common,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    banner: requireBanner,
  }),
  build({ ...common, entryPoints: { isolation: 'src/isolation/main.ts' }, outdir: 'dist' }),
  build({ ...common, entryPoints: { task: 'src/task/index.ts' }, outdir: 'dist' }),
  ...tasks.map(buildTask),
]);

/** Node does not strip types inside node_modules, so that shipped tasks are JavaScript. */
async function buildTask(name) {
  cpSync(`tasks/${name}`, `dist/tasks/${name}`, {
    recursive: true,
    filter: (path) => !path.endsWith('/task.ts'),
  });
  await build({
    ...common,
    minify: false,
    entryPoints: { task: `tasks/${name}/task.ts` },
    outdir: `dist/tasks/${name}`,
    alias: { 'autoloop/task': './src/task/index.ts' },
  });
}
