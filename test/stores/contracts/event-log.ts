import { expect, test } from 'vitest';
import type { EventLog } from '../../../src/ports/event-log.ts';
import { sampleEvent, sampleEvents } from '../samples.ts';

export function keepsTheEventLogContract(create: () => EventLog): void {
  test('starts at number 0', () => {
    expect(create().lastSeq()).toBe(0);
  });

  test('knows the number of the last event appended', () => {
    const log = create();
    log.append(sampleEvents(1, 3));
    log.append([sampleEvent(4)]);
    expect(log.lastSeq()).toBe(4);
  });

  test('appending nothing changes nothing', () => {
    const log = create();
    log.append([sampleEvent(1)]);
    log.append([]);
    expect(log.lastSeq()).toBe(1);
  });
}
