import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permissionModes } from '../../src/config/agent-names.ts';
import { resolveSettings, type SettingSources } from '../../src/config/resolve-settings.ts';
import { MODES } from '../../src/domain/mode.ts';

function resolved(sources: Partial<SettingSources>) {
  const none = { flags: {}, environment: {}, user: { path: '/c', values: {} } };
  const task = { name: 'mine', defaults: {} };
  return resolveSettings({ ...none, task, ...sources }, () => 600);
}

describe('a mode', () => {
  it('bounds whatever the task, the environment and the user allow', () => {
    const { settings, resolved: all } = resolved({
      flags: { mode: 'plan' },
      environment: { SKIP_PERMISSIONS: 'yes' },
      task: { name: 'mine', defaults: { allowedTools: ['Read(src/**)', 'Bash(git *)', 'Write'] } },
    });
    expect(settings).toMatchObject({ permissionMode: 'plan', allowedTools: ['Read(src/**)'] });
    expect(all.find(({ name }) => name === 'permissionMode')).toEqual({
      ...{ name: 'permissionMode', value: 'plan', source: 'flag', from: 'mode of --mode' },
    });
  });

  it('apply-safe edits and runs nothing; a plan stays a plan', () => {
    const safe = resolved({ flags: { mode: 'apply-safe' } }).settings;
    expect(safe.permissionMode).toBe('acceptEdits');
    expect(safe.allowedTools).toEqual(['Read', 'Write', 'Edit', 'LS', 'Glob', 'Grep']);
    const planned = resolved({ flags: { mode: 'apply-safe', permissionMode: 'plan' } });
    expect(planned.settings.permissionMode).toBe('plan');
  });

  it('apply leaves everything as it is set', () => {
    const as = { permissionMode: 'bypassPermissions', allowedTools: 'Bash' };
    const { settings } = resolved({ flags: { ...as, mode: 'apply' } });
    expect(settings).toMatchObject({ permissionMode: 'bypassPermissions', allowedTools: ['Bash'] });
  });

  it.each([
    [{ permissionMode: 'bypassPermissions' }, /--permission-mode allows more than the mode "plan"/],
    [{ allowedTools: 'Read,Bash' }, /--allowed-tools allows more than the mode "plan" \(--mode\)/],
  ])('refuses a flag that asks for more: %j', (flags, message) => {
    expect(() => resolved({ flags: { mode: 'plan', ...flags } })).toThrow(message);
  });

  it('never widens, whatever is set where', () => {
    const tool = fc.constantFrom(
      ...['Read', 'Write', 'Edit', 'Bash', 'Bash(git *)', 'Glob', 'mcp__x', 'Task', 'WebFetch'],
    );
    const mode = fc.constantFrom('plan' as const, 'apply-safe' as const);
    fc.assert(
      fc.property(
        mode,
        fc.array(tool),
        fc.constantFrom(...permissionModes),
        (asked, allowedTools, permissionMode) => {
          const { settings } = resolved({
            task: { name: 'mine', defaults: { mode: asked, allowedTools, permissionMode } },
          });
          const bounds = MODES[asked];
          expect(['plan', bounds?.permissionMode]).toContain(settings.permissionMode);
          expect(settings.allowedTools.length, 'none would mean all').toBeGreaterThan(0);
          for (const allowed of settings.allowedTools) {
            expect(bounds?.tools).toContain(allowed);
          }
        },
      ),
    );
  });
});
