import type { TSType } from 'oxc-parser';
import type { Declared, Interface, TypeSource } from './type-source.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** Turns TypeScript types of plain data into JSON Schemas. Throws at a type that it does not know. */
export class SchemaMaker {
  /** Of the named types that were met; to be referred to as `#/$defs/NAME`. */
  readonly definitions: Record<string, Schema> = {};

  schemaOf({ source, node }: Declared): Schema {
    switch (node.type) {
      case 'TSInterfaceDeclaration':
        return this.#interface(source, node);
      case 'TSTypeLiteral':
        return this.#object(source, node.members);
      case 'TSTypeReference':
        return this.#reference(source, node);
      case 'TSUnionType':
        return union(node.types.map((type) => this.schemaOf({ source, node: type })));
      case 'TSIntersectionType':
        return { allOf: node.types.map((type) => this.schemaOf({ source, node: type })) };
      case 'TSArrayType':
        return { type: 'array', items: this.schemaOf({ source, node: node.elementType }) };
      case 'TSTypeOperator':
        return this.#operator(source, node);
      case 'TSParenthesizedType':
        return this.schemaOf({ source, node: node.typeAnnotation });
      case 'TSLiteralType':
        return { const: literalOf(node) };
      default:
        return plain(node);
    }
  }

  #interface(source: TypeSource, { body, extends: bases }: Interface): Schema {
    const own = this.#object(source, body.body);
    const inherited = bases.map(({ expression }) =>
      this.#named(source, expression.type === 'Identifier' ? expression.name : ''),
    );
    return inherited.length === 0 ? own : { allOf: [...inherited, own] };
  }

  /** Fields that it does not name may be there: newer versions tell more. */
  #object(source: TypeSource, members: Interface['body']['body']): Schema {
    const required: string[] = [];
    const properties: Record<string, Schema> = {};
    for (const member of members) {
      if (
        member.type !== 'TSPropertySignature' ||
        member.key.type !== 'Identifier' ||
        !member.typeAnnotation
      ) {
        throw new Error(`A ${member.type} has no JSON Schema.`);
      }
      const { name } = member.key;
      const description = source.commentOf(member);
      const schema = this.schemaOf({ source, node: member.typeAnnotation.typeAnnotation });
      properties[name] = { ...schema, ...(description && { description }) };
      if (!member.optional) {
        required.push(name);
      }
    }
    return { type: 'object', required, properties };
  }

  #reference(source: TypeSource, node: Extract<TSType, { type: 'TSTypeReference' }>): Schema {
    const name = node.typeName.type === 'Identifier' ? node.typeName.name : '';
    const [first, second] = node.typeArguments?.params ?? [];
    switch (first && name) {
      case 'Readonly':
        return this.#argument(source, first);
      case 'Partial':
        return { ...this.#argument(source, first), required: [] };
      case 'Record':
        return { type: 'object', additionalProperties: this.#argument(source, second) };
      case 'Omit':
        return without(this.#inlined(source, first), this.#argument(source, second));
      default:
        return this.#named(source, name);
    }
  }

  #argument(source: TypeSource, node: TSType | undefined): Schema {
    return node ? this.schemaOf({ source, node }) : {};
  }

  #inlined(source: TypeSource, node: TSType | undefined): Schema {
    return node?.type === 'TSTypeReference' && node.typeName.type === 'Identifier'
      ? this.schemaOf(source.declared(node.typeName.name))
      : this.#argument(source, node);
  }

  #named(source: TypeSource, name: string): Schema {
    this.definitions[name] ??= this.schemaOf(source.declared(name));
    return { $ref: `#/$defs/${name}` };
  }

  #operator(source: TypeSource, node: Extract<TSType, { type: 'TSTypeOperator' }>): Schema {
    const inner = node.typeAnnotation;
    if (node.operator === 'readonly') {
      return this.schemaOf({ source, node: inner });
    }
    if (node.operator === 'keyof' && inner.type === 'TSTypeQuery') {
      return {
        enum: source.keysOf(inner.exprName.type === 'Identifier' ? inner.exprName.name : ''),
      };
    }
    throw new Error(`${node.operator} ${inner.type} has no JSON Schema.`);
  }
}

/** Literals become one `enum`, plain types one list. */
function union(members: readonly Schema[]): Schema {
  const literals = members.filter((member) => 'const' in member);
  const others = members.filter((member) => !('const' in member));
  const one = literals.length > 0 ? [{ enum: literals.map((member) => member['const']) }] : [];
  const isPlain = others.every((member) => Object.keys(member).join() === 'type');
  const all =
    one.length === 0 && isPlain ? [{ type: others.map(({ type }) => type) }] : [...one, ...others];
  return all.length === 1 ? (all[0] ?? {}) : { anyOf: all };
}

function without(schema: Schema, { const: left }: Schema): Schema {
  const properties = Object.entries(propertiesOf(schema)).filter(([name]) => name !== left);
  return { ...schema, properties: Object.fromEntries(properties) };
}

export function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(schema['properties'] ?? {}));
}

function literalOf({ literal }: Extract<TSType, { type: 'TSLiteralType' }>): unknown {
  if (literal.type !== 'Literal') {
    throw new Error(`A ${literal.type} has no JSON Schema.`);
  }
  return literal.value;
}

function plain({ type }: TSType): Schema {
  if (type === 'TSUnknownKeyword') {
    return {};
  }
  const name = PLAIN[type];
  if (!name) {
    throw new Error(`A ${type} has no JSON Schema.`);
  }
  return { type: name };
}

const PLAIN: Readonly<Record<string, string>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSNullKeyword: 'null',
};
