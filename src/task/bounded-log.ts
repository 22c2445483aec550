const MOST_LINES = 1_000;
const LONGEST = 100_000;

/** The log as one call of a hook gets it: a hook that prints without end does not fill the disk. Takes whatever it is given. */
export function boundedLog(log: (message: string) => void): (message: unknown) => void {
  let lines = 0;
  return (message) => {
    lines += 1;
    if (lines <= MOST_LINES) {
      log(bounded(String(message)));
    } else if (lines === MOST_LINES + 1) {
      log(`more than ${MOST_LINES} lines of one hook: the rest is left out`);
    }
  };
}

/** Not cut: half of a secret would not be known for one. */
function bounded(message: string): string {
  return message.length > LONGEST ? `a message of ${message.length} characters, left out` : message;
}
