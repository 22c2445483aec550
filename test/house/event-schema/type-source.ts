import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync, type Expression, type Program, type TSType } from 'oxc-parser';

type Statement = Program['body'][number];
export type Interface = Extract<Statement, { type: 'TSInterfaceDeclaration' }>;

/** A type that a module declares, or an object whose keys are one. */
export interface Declared {
  readonly source: TypeSource;
  readonly node: Interface | TSType;
}

/** A TypeScript module, asked for its types and for those it imports. */
export class TypeSource {
  readonly #file: string;
  readonly #text: string;
  readonly #program: Program;
  readonly #comments: readonly { readonly value: string; readonly end: number }[];

  constructor(file: string) {
    this.#file = file;
    this.#text = readFileSync(file, 'utf8');
    const { program, comments, errors } = parseSync(file, this.#text);
    if (errors[0]) {
      throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
    }
    this.#program = program;
    this.#comments = comments;
  }

  /** Throws where neither this module nor one it imports it from declares it. */
  declared(name: string): Declared {
    for (const statement of this.#program.body) {
      const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (node?.type === 'TSInterfaceDeclaration' && node.id.name === name) {
        return { source: this, node };
      }
      if (node?.type === 'TSTypeAliasDeclaration' && node.id.name === name) {
        return { source: this, node: node.typeAnnotation };
      }
    }
    return this.#imported(name).declared(name);
  }

  /** The keys of a constant object. */
  keysOf(name: string): string[] {
    for (const statement of this.#program.body) {
      const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      for (const { id, init } of node?.type === 'VariableDeclaration' ? node.declarations : []) {
        if (id.type === 'Identifier' && id.name === name) {
          return keysIn(init);
        }
      }
    }
    return this.#imported(name).keysOf(name);
  }

  /** What its doc comment says. */
  commentOf({ start }: { readonly start: number }): string | null {
    const comment = this.#comments.findLast(
      ({ value, end }) =>
        end <= start && value.startsWith('*') && this.#text.slice(end, start).trim() === '',
    );
    return comment
      ? comment.value
          .replaceAll(/^\s*\*+\s?/gm, '')
          .trim()
          .replaceAll(/\s+/g, ' ')
      : null;
  }

  #imported(name: string): TypeSource {
    for (const statement of this.#program.body) {
      if (
        statement.type === 'ImportDeclaration' &&
        statement.specifiers.some(({ local }) => local.name === name)
      ) {
        return new TypeSource(join(dirname(this.#file), statement.source.value));
      }
    }
    throw new Error(`${this.#file} knows no type ${name}.`);
  }
}

/** Also behind `as const satisfies …`. */
function keysIn(value: Expression | null): string[] {
  if (value?.type === 'TSAsExpression' || value?.type === 'TSSatisfiesExpression') {
    return keysIn(value.expression);
  }
  const properties = value?.type === 'ObjectExpression' ? value.properties : [];
  return properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : [],
  );
}
