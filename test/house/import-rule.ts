import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { findCycles } from './find-cycles.ts';
import {
  IMPURE_GLOBALS,
  LAYERS,
  PURE_LAYERS,
  RESERVED_GLOBALS,
  RESERVED_MODULES,
  type Layer,
  type Reserved,
} from './layers.ts';
import { layerOf, packageOf, resolveOwn } from './locate.ts';
import { readModule, type Mention, type ModuleFacts } from './read-module.ts';

export interface Violation {
  /** Below the root. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** Every breach of layers.ts in the TypeScript modules of a tree. */
export function checkImports(root: string): Violation[] {
  const files = globSync('{src,machines,tasks}/**/*.ts', { cwd: root }).toSorted();
  const modules = new Map(
    files.map((file) => [file, readModule(file, readFileSync(join(root, file), 'utf8'))]),
  );
  return [...[...modules].flatMap(checkModule), ...checkCycles(modules)];
}

function checkModule([file, { imports, names }]: [string, ModuleFacts]): Violation[] {
  const folder = layerOf(file);
  const layer = folder === null ? undefined : LAYERS[folder.replace(/^tasks\/.*/, 'tasks/*')];
  if (folder === null || layer === undefined) {
    const message = 'lies in no layer; move it, or give its folder a row in test/house/layers.ts';
    return [{ file, line: 1, rule: 'layer', message }];
  }
  const at = (line: number, [rule, message]: Breach): Violation => ({ file, line, rule, message });
  return [
    ...imports.flatMap(({ name, line }) =>
      breachesOfImport({ file, folder, layer, specifier: name }).map((breach) => at(line, breach)),
    ),
    ...names.flatMap(({ name, line }) =>
      breachesOfName({ file, folder, name }).map((breach) => at(line, breach)),
    ),
  ];
}

/** Name of the rule, and what was done against it. */
type Breach = readonly [rule: string, message: string];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly layer: Layer;
  readonly specifier: string;
}

function breachesOfImport({ file, folder, layer, specifier }: Import): Breach[] {
  const target = resolveOwn(file, specifier);
  if (target !== null) {
    return breachesOfLayer({ folder, layer, target });
  }
  const name = isBuiltin(specifier)
    ? specifier.replace(/^(node:)?/, 'node:')
    : packageOf(specifier);
  const breaches = breachesOfReserved(RESERVED_MODULES, file, name);
  if (!name.startsWith('node:')) {
    const message = `${folder} may not import ${name}: ${listed(layer.npm)}`;
    return layer.npm.includes(name) ? breaches : [...breaches, ['npm', message]];
  }
  const isFree = layer.node === 'any' || layer.node.some((module) => name === `node:${module}`);
  return isFree || layer.nodeIn?.includes(file)
    ? breaches
    : [...breaches, ['node', `${folder} may not import ${name}`]];
}

function breachesOfLayer({
  folder,
  layer,
  target,
}: {
  folder: string;
  layer: Layer;
  target: string;
}): Breach[] {
  if (target.startsWith('test/')) {
    return [['test', `nothing imports test/, here ${target}`]];
  }
  const other = layerOf(target);
  if (other === folder || (other !== null && layer.layers.includes(other))) {
    return [];
  }
  return [['layer', `${folder} may not import ${other ?? target}: ${listed(layer.layers)}`]];
}

function breachesOfName({
  file,
  folder,
  name,
}: {
  file: string;
  folder: string;
  name: string;
}): Breach[] {
  const isImpure = PURE_LAYERS.includes(folder) && IMPURE_GLOBALS.includes(name);
  return [
    ...breachesOfReserved(RESERVED_GLOBALS, file, name),
    ...(isImpure ? [['pure', `${folder} may not use ${name}`] as const] : []),
  ];
}

function breachesOfReserved(table: readonly Reserved[], file: string, name: string): Breach[] {
  return table
    .filter(
      ({ names, onlyIn }) => names.includes(name) && !onlyIn.some((place) => isIn(place, file)),
    )
    .map(({ rule, onlyIn }) => [rule, `${name} is not for this place: ${listed(onlyIn)}`]);
}

function checkCycles(modules: ReadonlyMap<string, ModuleFacts>): Violation[] {
  const graph = new Map(
    [...modules].map(([file, { imports }]) => [
      file,
      imports.flatMap(({ name }) => resolveOwn(file, name) ?? []),
    ]),
  );
  return findCycles(graph).map((cycle) => {
    const [file = '', next = file] = cycle;
    const isNext = ({ name }: Mention): boolean => resolveOwn(file, name) === next;
    const line = modules.get(file)?.imports.find(isNext)?.line ?? 1;
    return { file, line, rule: 'cycle', message: [...cycle, file].join(' → ') };
  });
}

function isIn(place: string, file: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function listed(allowed: readonly string[]): string {
  return allowed.length === 0 ? 'none allowed' : `allowed are ${allowed.join(', ')}`;
}
