import { describe, expect, it } from 'vitest';
import { folder, useCommand } from './use-command.ts';

describe('graph', () => {
  it('prints mermaid, or a picture or JSON where asked for', async () => {
    const cwd = folder();
    expect((await useCommand('graph', { cwd })).out).toMatch(
      /^stateDiagram-v2\n[\s\S]*running_working/,
    );
    const svg = await useCommand('graph', { cwd, options: { format: 'svg' } });
    expect(svg.out).toMatch(/^<svg [\s\S]*data-state="running\.working"[\s\S]*<\/svg>\n$/);
    const { out } = await useCommand('graph', {
      cwd,
      options: { machine: 'attempt', format: 'json' },
    });
    expect(JSON.parse(out)).toMatchObject({ id: 'attempt', initial: 'starting' });
    expect(JSON.parse((await useCommand('graph', { cwd, globals: { json: true } })).out).id).toBe(
      'loop',
    );
  });

  it('tells that nothing has happened yet', async () => {
    const { code, out, notices } = await useCommand('graph', {
      cwd: folder(),
      globals: { task: 'prompt' },
      options: { fromRun: true, format: 'json' },
    });
    expect([code, JSON.parse(out).history.steps]).toEqual([0, 0]);
    expect(notices).toContain('has no journal yet. Begin with: autoloop run');
  });

  it.each([{ format: 'png' }, { machine: 'fuse' }])('refuses %j with 150', async (options) => {
    const { code, notices } = await useCommand('graph', { cwd: folder(), options });
    expect(code).toBe(150);
    expect(notices).toMatch(/Allowed: /);
  });
});
