/** Where everything of a chart lies, in pixels from its top left corner. */
export interface Layout {
  /** Of what was laid out: the layout of another chart says nothing. */
  readonly fingerprint: string;
  readonly width: number;
  readonly height: number;
  /** By the path of the state. */
  readonly states: Readonly<Record<string, Box>>;
  /** By the path of the state whose rows they are: those of a state with others in it. */
  readonly sharedRows: Readonly<Record<string, Box>>;
  readonly starts: readonly Start[];
  readonly arrows: readonly LaidArrow[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** The dot in a state from which the first of its states is entered. */
export interface Start {
  /** Path of the state that it lies in. */
  readonly in: string;
  readonly dot: Box;
  readonly points: readonly Point[];
}

export interface LaidArrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}
