import { join } from 'node:path';

const TOOLS = join(import.meta.dirname, '../tools/pi');

/** The run's output as it would be on any machine, at /home/dev/project; nothing else is changed. */
export function cleanOutput(output: string, home: string): string {
  return output
    .replaceAll(home, '/home/dev')
    .replaceAll(TOOLS, '/opt/pi')
    .replaceAll(/127\.0\.0\.1:\d{4,5}\b/g, '127.0.0.1:8080');
}
