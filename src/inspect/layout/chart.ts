/** A machine as it is to be drawn: boxes in boxes, what is written in them, and the arrows between them. */
export interface Chart {
  readonly machine: string;
  readonly root: ChartState;
  readonly arrows: readonly ChartArrow[];
}

export interface ChartState {
  /** Dotted; empty for the machine itself. */
  readonly path: string;
  readonly name: string;
  readonly description: string | null;
  readonly isFinal: boolean;
  /** Path of the state in it that is entered first. */
  readonly initial: string | null;
  /** What it runs, its tags, and the ways out of it in the order in which they are tried. */
  readonly rows: readonly ChartRow[];
  readonly states: readonly ChartState[];
}

/**
 * `actor` lives as long as the state · `tag` · `arrow`: a way out that is drawn · `jump`: one that is not, being there for
 * what may happen at any time · `again`: begins the state anew · `stays`: noted without leaving it.
 */
export type RowKind = 'actor' | 'tag' | 'arrow' | 'jump' | 'again' | 'stays';

export interface ChartRow {
  readonly kind: RowKind;
  /** Name of the actor, the tag, or the event of a transition. */
  readonly text: string;
  readonly condition: string | null;
  /** Name of the state it leads to. */
  readonly target: string | null;
  /** The transition it stands for. */
  readonly edge: string | null;
  readonly description: string | null;
}

/** One for all transitions between the same two states. */
export interface ChartArrow {
  /** Paths of states. */
  readonly from: string;
  readonly to: string;
  readonly edges: readonly string[];
}
