import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { CrashProject, expectNothingLostOrPaidTwice } from './crash-rig.ts';

const FLAGS = ['--agent', 'command', '--max', '1', '--interval', '0'];
const STATES = [
  'selecting.choosing',
  'prompting',
  'running.launching',
  'running.working',
  'summarizing.validating',
  'summarizing.digesting',
  'stopping.draining',
  'stopping.cleaning',
];
const projects: CrashProject[] = [];

/** A run whose runner was killed with this state on disk. */
async function killedIn(state: string): Promise<CrashProject> {
  const project = new CrashProject({ flags: FLAGS, agent: 'sleep 0.05; echo done' });
  projects.push(project);
  const life = await project.live(['run'], { DIE_IN_STATE: state });
  expect(life.signal, life.output).toBe('SIGKILL');
  return project;
}

afterAll(() => projects.forEach((project) => project.remove()));

type Edit = (
  envelope: { snapshot: { value: unknown; children: object; context: object } } & object,
) => object;

const refused: readonly { name: string; edit: Edit; says: RegExp }[] = [
  {
    name: 'a newer version of the machine',
    edit: (all) => ({ ...all, version: 99 }),
    says: /newer/,
  },
  { name: 'a newer format', edit: (all) => ({ ...all, format: 99 }), says: /newer/ },
  {
    name: 'a state that does not exist',
    edit: (all) => ({ ...all, snapshot: { ...all.snapshot, value: { running: 'flying' } } }),
    says: /flying/,
  },
  {
    name: 'a state without the child it waits for',
    edit: (all) => ({ ...all, snapshot: { ...all.snapshot, children: {} } }),
    says: /runAttempt/,
  },
  {
    name: 'an impossible context',
    edit: (all) => ({
      ...all,
      snapshot: { ...all.snapshot, context: { ...all.snapshot.context, iteration: -3 } },
    }),
    says: /iteration/,
  },
];

describe('a snapshot that cannot be gone on with', () => {
  it.each(refused)('is refused with 156 and left as it is: $name', async ({ edit, says }) => {
    const project = await killedIn('running.working');
    const path = project.data('snapshot.json');
    const before = readFileSync(path, 'utf8');
    const edited = JSON.stringify(edit(JSON.parse(before)));
    writeFileSync(path, edited);
    const eventsBefore = readFileSync(project.data('events.ndjson'), 'utf8');
    const { code, output } = await project.live();
    expect(code, output).toBe(156);
    expect(output).toMatch(says);
    expect(output).toContain('snapshot.json');
    expect(readFileSync(path, 'utf8')).toBe(edited);
    expect(readFileSync(project.data('events.ndjson'), 'utf8')).toBe(eventsBefore);
    expect(project.ledger().length, 'nothing was started').toBeLessThanOrEqual(1);
    expect(existsSync(project.data('loop.owner.json')), 'and nobody owns it').toBe(true);
    // What a replay would find, too.
    writeFileSync(path, before);
  });

  it('is refused with 156 where both generations are damaged', async () => {
    const project = await killedIn('running.working');
    writeFileSync(project.data('snapshot.json'), '{"format":1,');
    writeFileSync(project.data('snapshot.prev.json'), '');
    const { code, output } = await project.live();
    expect(code, output).toBe(156);
    expect(readFileSync(project.data('snapshot.json'), 'utf8')).toBe('{"format":1,');
  });
});

const damages: readonly { name: string; damage: (text: string) => string }[] = [
  { name: 'truncated', damage: (text) => text.slice(0, text.length / 2) },
  { name: 'empty', damage: () => '' },
  { name: 'not JSON', damage: () => 'hello' },
  { name: 'other JSON', damage: () => '[1, 2]' },
];

describe('a damaged snapshot', () => {
  it.each(damages)('is replaced by the generation before it: $name', async ({ damage }) => {
    const project = await killedIn('running.working');
    const path = project.data('snapshot.json');
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 1);
    expect(project.eventsNamed('warning').map(({ details }) => details['code'])).toContain(
      'recovered',
    );
  });

  it.each(STATES)('repeats no event and no attempt when it was lost in %s', async (state) => {
    const project = await killedIn(state);
    writeFileSync(project.data('snapshot.json'), '');
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('a snapshot of another definition of the machine', () => {
  it.each(STATES)('has its cursor rebuilt in %s', async (state) => {
    const project = await killedIn(state);
    const path = project.data('snapshot.json');
    const envelope = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...envelope, definitionHash: 'another' }));
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 1);
    expect(project.eventsNamed('loop_resume')[0]?.details).toMatchObject({ reason: 'upgraded' });
  });
});

it('cuts off a torn last line of the events, says so, and goes on', async () => {
  const project = await killedIn('running.working');
  const path = project.data('events.ndjson');
  writeFileSync(path, `${readFileSync(path, 'utf8')}{"timestamp":"2026-`);
  const { code, output } = await project.live();
  expect(code, output).toBe(0);
  expectNothingLostOrPaidTwice(project, 1);
  expect(project.eventsNamed('warning').map(({ details }) => details['code'])).toContain(
    'repaired',
  );
});
