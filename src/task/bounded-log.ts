const MOST_LINES = 1_000;
const LONGEST = 10_000;

/** The log as one call of a hook gets it: a hook that prints without end does not fill the disk. Takes whatever it is given. */
export function boundedLog(log: (message: string) => void): (message: unknown) => void {
  let lines = 0;
  return (message) => {
    lines += 1;
    if (lines <= MOST_LINES) {
      log(String(message).slice(0, LONGEST));
    } else if (lines === MOST_LINES + 1) {
      log(`more than ${MOST_LINES} lines of one hook: the rest is left out`);
    }
  };
}
