/** Somebody who looks at a loop from outside. */
export interface Viewer {
  /** Takes a line, or says that it cannot take one now; it never throws, and never waits. */
  readonly tell: (line: string) => boolean;
  /** Nothing more will come. */
  readonly end: () => void;
}
