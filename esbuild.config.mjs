import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/**
 * Makes `dist/`: the CLI, the isolation layer and the task contract in one file each, the shipped tasks, and the types
 * of the task contract. It is made aside and then put in place: a build that fails leaves the last one, and a loop
 * that runs from this checkout meets no gap.
 */
const OUT = `dist.${process.pid}`;
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What stands for `import.meta.url` in CommonJS. */
const AUTOLOOP_URL = "const autoloopUrl=require('node:url').pathToFileURL(__filename).href;";

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  legalComments: 'none',
  define: { __AUTOLOOP_VERSION__: JSON.stringify(version) },
  outdir: OUT,
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
};

/** What a browser runs. */
const browser = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  outExtension: { '.js': '.js' },
};

/**
 * What libraries would load at each start for what we do not ask of them: commander for commands that are programs of
 * their own, pino for transports in other threads and for its own files. What stands in its place.
 */
const NEEDLESS = [
  { by: 'commander', path: /^node:child_process$/, contents: 'module.exports = {};' },
  { by: 'pino', path: /^worker_threads$/, contents: 'module.exports = { isMainThread: true };' },
  { by: 'pino', path: /^(?:\.\/lib|\.)\/transport$/, contents: 'module.exports = () => {};' },
  { by: 'pino', path: /^sonic-boom$/, contents: 'module.exports = class {};' },
];

const withoutNeedless = {
  name: 'without-needless',
  setup({ onResolve, onLoad }) {
    NEEDLESS.forEach(({ by, path: filter, contents }, index) => {
      const namespace = `needless-${index}`;
      onResolve({ filter }, ({ path, importer }) =>
        importer.includes(`/node_modules/${by}/`) ? { path, namespace } : null,
      );
      onLoad({ filter: /^/, namespace }, () => ({ contents }));
    });
  },
};

/** What hears of each event where a setting asks for it: `metrics-observer.cjs`. */
const OBSERVER = /^(?:\.\.\/[a-z]+|\.)\/[a-z]+-observer\.ts$/;

/**
 * What only few commands load lies in a file of its own: the adapter of each agent, what starts programs, what hears of
 * a loop's events where a setting asks for it, and the commands that are called seldom.
 */
const withRarePartsApart = {
  name: 'with-rare-parts-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^execa$/ }, () => ({ path: './execa.cjs', external: true }));
    onResolve({ filter: /^\.\/\w+\/\w+\.ts$/ }, ({ path, importer }) =>
      importer.endsWith('/src/agents/load-agent.ts')
        ? { path: `./agent-${basename(path, '.ts')}.cjs`, external: true }
        : null,
    );
    onResolve({ filter: OBSERVER }, ({ path, importer }) =>
      importer.includes('/src/runner/')
        ? { path: `./${basename(path, '.ts')}.cjs`, external: true }
        : null,
    );
    onResolve({ filter: /^\.\/rare-commands\.ts$/ }, () => ({
      path: './rare-commands.cjs',
      external: true,
    }));
  },
};

/**
 * The runner waits for days: it is the same program without what other commands do. Its launcher starts it only where the
 * command is `run`, so that none of them is asked for.
 */
const withoutOtherCommands = {
  name: 'without-other-commands',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/commands\// }, ({ path, importer }) =>
      importer.endsWith('/src/cli/command-table.ts') && path !== './commands/run.ts'
        ? { path, namespace: 'cli' }
        : null,
    );
    onLoad({ filter: /^/, namespace: 'cli' }, ({ path }) => ({
      contents: `throw new Error('Not part of the runner: ${path}');`,
    }));
  },
};

const results = await Promise.allSettled([
  buildProgram('cli', 'cli/main.ts'),
  buildProgram('run', 'cli/main.ts', { plugins: [withoutOtherCommands] }),
  buildProgram('rare-commands', 'cli/rare-commands.ts', {
    notices: [
      noticeOf(
        'ws',
        'ws',
        '(c) Einar Otto Stangvik, Arnout Kazemier, Luigi Pinca and contributors',
      ),
      noticeOf('fflate', 'fflate', '(c) Arjun Barrett'),
    ],
  }),
  buildProgram('isolation', 'isolation/main.ts'),
  buildAgents(),
  buildObservers(),
  buildExeca(),
  buildReportCharts(),
  buildInspectorPage(),
  buildLayouts(),
  build({ ...common, entryPoints: { task: 'src/task/index.ts' } }),
  emitTaskTypes(),
  ...readdirSync('tasks')
    .filter((name) => existsSync(`tasks/${name}/task.ts`))
    .map(buildTask),
]);
const failures = results.flatMap(({ reason }) => reason ?? []);
if (failures.length === 0) {
  putInPlace();
} else {
  rmSync(OUT, { recursive: true, force: true });
  failures.forEach(tellFailure);
  process.exitCode = 1;
}

/** CommonJS starts some ms sooner than ESM, and loads what a command does not need, Node's own modules too, never. */
function buildProgram(name, source, { plugins = [], notices = [] } = {}) {
  return build({
    ...common,
    format: 'cjs',
    entryPoints: { [name]: `src/${source}` },
    outExtension: { '.js': '.cjs' },
    banner: { js: [...notices, AUTOLOOP_URL].join('\n') },
    define: { ...common.define, 'import.meta.url': 'autoloopUrl' },
    plugins: [withoutNeedless, withRarePartsApart, ...plugins],
    // What few commands do: they load it from where it is installed.
    external: ['conf'],
  });
}

/** The adapter of each agent, `agent-<name>.cjs`: a program loads the one that works. */
function buildAgents() {
  const names = globSync('src/agents/*/').map((folder) => basename(folder));
  return build({
    ...common,
    format: 'cjs',
    entryPoints: Object.fromEntries(
      names.map((name) => [`agent-${name}`, `src/agents/${name}/${name}.ts`]),
    ),
    outExtension: { '.js': '.cjs' },
  });
}

/** Each in a file of its own: a runner loads those that its settings ask for. */
function buildObservers() {
  return build({
    ...common,
    format: 'cjs',
    entryPoints: globSync('src/*/*-observer.ts'),
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    banner: { js: AUTOLOOP_URL },
    define: { ...common.define, 'import.meta.url': 'autoloopUrl' },
    plugins: [withRarePartsApart],
  });
}

/** 140 modules in one file: unbundled they take 50 ms and 5 MB. */
function buildExeca() {
  return build({
    ...common,
    format: 'cjs',
    entryPoints: { execa: 'execa' },
    outExtension: { '.js': '.cjs' },
    banner: { js: AUTOLOOP_URL },
    define: { ...common.define, 'import.meta.url': 'autoloopUrl' },
  });
}

/** What a report's page runs and looks like, the chart library included: text that is put into the page. */
function buildReportCharts() {
  return build({
    ...browser,
    banner: {
      js: noticeOf('uplot', 'uPlot', '(c) Leon Sorokin, https://github.com/leeoniya/uPlot'),
    },
    entryPoints: {
      'report-charts': 'src/report/browser/main.ts',
      'report-charts-style': 'uplot/dist/uPlot.min.css',
    },
  });
}

/** What the inspector's pages run and look like, the one that shows loops in Stately's too: text that is put into them. */
function buildInspectorPage() {
  return build({
    ...browser,
    entryPoints: {
      inspector: 'src/inspect/browser/main.ts',
      'inspector-style': 'src/inspect/browser/page.css',
      'stately-bridge': 'src/inspect/browser/stately/main.ts',
    },
  });
}

/** A library that is not installed with autoloop, but goes where our file goes: its licence asks for this. */
function noticeOf(module, name, rights) {
  const { version: number, license } = JSON.parse(
    readFileSync(`node_modules/${module}/package.json`, 'utf8'),
  );
  return `/* With ${name} ${number}, ${license}, ${rights} */`;
}

/** Where the boxes and arrows of the machines' charts lie: whoever draws them needs no elkjs. */
async function buildLayouts() {
  const { layOutMachines } = await import('./src/inspect/layout/lay-out-machines.ts');
  const layouts = await layOutMachines();
  mkdirSync(OUT, { recursive: true });
  writeFileSync(`${OUT}/layouts.json`, layouts);
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
    outdir: `${OUT}/tasks/${name}`,
    external: ['autoloop/task'],
    metafile: true,
  });
  const bundled = new Set(Object.keys(metafile.inputs));
  for (const file of globSync(`tasks/${name}/**`, { withFileTypes: true })) {
    const path = `${file.parentPath}/${file.name}`;
    if (file.isFile() && !bundled.has(path)) {
      cpSync(path, `${OUT}/${path}`);
    }
  }
}

/** `task.d.ts`, and below `types/` what it speaks of. */
async function emitTaskTypes() {
  await promisify(execFile)(process.execPath, [
    'node_modules/.bin/tsc',
    'src/task/index.ts',
    '--ignoreConfig',
    ...['--declaration', '--emitDeclarationOnly', '--rootDir', '.', '--outDir', `${OUT}/types`],
    ...['--module', 'nodenext', '--target', 'es2024', '--types', 'node'],
    ...['--strict', '--exactOptionalPropertyTypes', '--allowImportingTsExtensions'],
  ]);
  writeFileSync(`${OUT}/task.d.ts`, "export * from './types/src/task/index.ts';\n");
}

function putInPlace() {
  cpSync('docs/events.schema.json', `${OUT}/events.schema.json`);
  const former = `${OUT}.former`;
  if (existsSync('dist')) {
    renameSync('dist', former);
  }
  renameSync(OUT, 'dist');
  rmSync(former, { recursive: true, force: true });
}

/** esbuild has said already what is wrong, and where. */
function tellFailure(error) {
  if (!error.errors) {
    process.stderr.write(`${error.stdout || error.stack}\n`);
  }
}
