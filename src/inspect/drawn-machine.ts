/** What is read of a machine to draw it: the shape of XState's own definition, without XState. */
export interface DrawnMachine {
  readonly id: string;
  readonly root: DrawnNode;
}

export interface DrawnNode {
  readonly key: string;
  readonly path: readonly string[];
  readonly type: string;
  readonly description?: string | undefined;
  readonly tags: readonly string[];
  readonly states: Readonly<Record<string, DrawnNode>>;
  readonly initial: { readonly target: readonly DrawnNode[] | undefined };
  readonly invoke: readonly { readonly id: string; readonly src: unknown }[];
  readonly entry: readonly unknown[];
  readonly exit: readonly unknown[];
  readonly transitions: ReadonlyMap<string, readonly DrawnTransition[]>;
  readonly always?: readonly DrawnTransition[] | undefined;
}

export interface DrawnTransition {
  readonly eventType: string;
  readonly guard?: unknown;
  readonly target: readonly DrawnNode[] | undefined;
  /** Leaves a state that it leads to, and enters it anew. */
  readonly reenter: boolean;
  readonly actions: readonly unknown[];
  readonly description?: string | undefined;
}
