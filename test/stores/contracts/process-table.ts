import { expect, test } from 'vitest';
import type { ProcessIdentity } from '../../../src/domain/process-identity.ts';
import type { ProcessTable } from '../../../src/ports/process-table.ts';

export interface LivingProcess {
  readonly table: ProcessTable;
  readonly identity: ProcessIdentity;
  readonly gone: Promise<unknown>;
}

export function keepsTheProcessTableContract(create: () => Promise<LivingProcess>): void {
  test('knows a process by all three: pid, start and boot', async () => {
    const { table, identity } = await create();
    expect(table.isAlive(identity)).toBe(true);
    expect(table.isAlive({ ...identity, startTicks: '1' })).toBe(false);
    expect(table.isAlive({ ...identity, bootId: 'another' })).toBe(false);
  });

  test('signals nobody who only has the same pid', async () => {
    const { table, identity } = await create();
    expect(table.signal({ ...identity, startTicks: '1' }, 'SIGKILL')).toBe(false);
    expect(table.isAlive(identity)).toBe(true);
  });

  test('says whether there was somebody to signal', async () => {
    const { table, identity, gone } = await create();
    expect(table.signal(identity, 'SIGKILL')).toBe(true);
    await gone;
    expect(table.isAlive(identity)).toBe(false);
    expect(table.signal(identity, 'SIGKILL')).toBe(false);
  });
}
