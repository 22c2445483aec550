import type { Markup } from './markup.ts';

/** What every part of a loop's section is made with. */
export interface SectionFacts {
  /** Begins the ids of its elements. */
  readonly id: string;
  /** IANA name of the zone that moments are shown in. */
  readonly zone: string;
  readonly heading: Heading;
}

/** Makes a heading of the level that fits. */
export type Heading = (text: string) => Markup;
