import { parseSync, Visitor, type Expression } from 'oxc-parser';

/** Something a module names, and where. */
export interface Mention {
  readonly name: string;
  readonly line: number;
}

export interface ModuleFacts {
  /** Specifiers of static, dynamic, type-only and re-exporting imports. */
  readonly imports: readonly Mention[];
  /** Globals and members that may be reserved: `console`, `process.env`. Own variables of these names count too. */
  readonly names: readonly Mention[];
}

/** What a TypeScript module imports and names. Throws when it is no valid module. */
export function readModule(file: string, source: string): ModuleFacts {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) {
    throw new Error(`${file} cannot be parsed: ${error.message}`);
  }
  const imports: Mention[] = [];
  const names: Mention[] = [];
  const lineOf = (offset: number): number => source.slice(0, offset).split('\n').length;
  const addImport = (from: Expression | null, at: number): void => {
    if (from?.type === 'Literal' && typeof from.value === 'string') {
      imports.push({ name: from.value, line: lineOf(at) });
    }
  };
  const addName = (name: string, at: number): number => names.push({ name, line: lineOf(at) });
  new Visitor({
    ImportDeclaration: ({ source: from, start }) => addImport(from, start),
    ExportNamedDeclaration: ({ source: from, start }) => addImport(from, start),
    ExportAllDeclaration: ({ source: from, start }) => addImport(from, start),
    ImportExpression: ({ source: from, start }) => addImport(from, start),
    TSImportType: ({ source: from, start }) => addImport(from, start),
    CallExpression: ({ callee, arguments: [from], start }) => {
      if (nameOf(callee) === 'require' && from?.type === 'Literal') {
        addImport(from, start);
      }
    },
    Identifier: ({ name, start }) => addName(name, start),
    MemberExpression: (node) => {
      const property = node.computed ? textOf(node.property) : nameOf(node.property);
      addName(`${nameOf(node.object)}.${property}`, node.start);
    },
    VariableDeclarator: ({ id, init, start }) => {
      for (const property of id.type === 'ObjectPattern' ? id.properties : []) {
        addName(`${nameOf(init)}.${'key' in property ? nameOf(property.key) : ''}`, start);
      }
    },
  }).visit(program);
  return { imports, names };
}

type Named = { readonly type: string; readonly name?: unknown; readonly property?: Named } | null;

/** `process` of `process` and of `globalThis.process`. */
function nameOf(node: Named): string {
  if (node?.type === 'MemberExpression' && node.property) {
    return nameOf(node.property);
  }
  return typeof node?.name === 'string' ? node.name : '';
}

function textOf(node: Expression): string {
  return node.type === 'Literal' ? String(node.value) : '';
}
