/** An actor threw: the run ends, its open iteration closed. */
export const breakOff = {
  description: 'It broke: the iteration is closed and the run ends with an error.',
  target: '#loop.stopping',
  actions: [
    { type: 'endByError', params: ({ event }: { event: { error: unknown } }) => event },
    {
      type: 'closeIteration',
      params: { at: null, workMark: null, quarantine: null, findings: null },
    },
  ],
} as const;
