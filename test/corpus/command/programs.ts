/** A real program that `--agent command` may be given: what `sh` or Node is told to do. */
export interface Program {
  /** Of its recording. */
  readonly name: string;
  readonly by: 'sh' | 'node';
  readonly text: string;
}

export const programs: readonly Program[] = [
  sh('repeats-its-prompt', 'echo "I was asked:"; cat'),
  sh('says-nothing', 'cat > /dev/null'),
  sh('reads-no-prompt', 'exec <&-; echo "All done."'),
  sh('fails-with-words', 'echo "Looking at notes.md"; echo "notes.md: no such file" >&2; exit 1'),
  sh('fails-without-words', 'exit 1'),
  sh('exits-2', 'ls --no-such-option'),
  sh('times-out-its-tool', 'timeout 0.2 sleep 20'),
  sh('may-not-execute', 'touch notes.sh; ./notes.sh'),
  sh('finds-no-program', 'no-such-program'),
  sh('exits-143', 'echo "A tool was ended."; exit 143'),
  sh('exits-255', 'exit 255'),
  node('throws', 'throw new Error("boom")'),
  sh('dies-of-term', 'echo "At work"; kill -TERM $$'),
  sh('dies-of-kill', 'kill -KILL $$'),
  sh('dies-of-segv', 'kill -SEGV $$'),
  node('dies-of-abort', 'process.stdout.write("At work\\n", () => process.abort())'),
  sh('prints-no-utf-8', String.raw`printf 'caf\351 \377\376\n'`),
  sh('quotes-a-usage-limit', 'echo "Claude AI usage limit reached|1795900000"'),
  sh('quotes-errors', 'echo "429 Too Many Requests"; echo "401 invalid x-api-key" >&2'),
  node('speaks-like-claude', claudeLines()),
];

function sh(name: string, text: string): Program {
  return { name, by: 'sh', text };
}

function node(name: string, text: string): Program {
  return { name, by: 'node', text };
}

function claudeLines(): string {
  const lines = [
    { type: 'system', subtype: 'init' },
    { type: 'result', subtype: 'success', is_error: true, api_error_status: 401 },
  ];
  return lines.map((line) => `console.log(${JSON.stringify(JSON.stringify(line))})`).join('; ');
}
