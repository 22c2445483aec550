import { MACHINES } from '../machines.ts';
import { layOut } from './lay-out.ts';

/** `dist/layouts.json`: the layouts of all machines. */
export async function layOutMachines(): Promise<string> {
  const layouts = await Promise.all(Object.values(MACHINES).map(layOut));
  return `${JSON.stringify(layouts)}\n`;
}
