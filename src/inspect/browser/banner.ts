import type { LoopView } from '../page-news.ts';
import { element, setHidden, setText } from './element.ts';
import type { PageModel } from './page-model.ts';
import { momentText } from './time-text.ts';

/** What one has to know before anything else: nobody tells the page, or no runner plays the loop. */
export class Banner {
  readonly #text = element('p');
  readonly #command = element('code');
  readonly #copy = element('button', { type: 'button' }, 'Copy');
  readonly #line = element('div', { class: 'command' }, this.#command, this.#copy);
  readonly element = element('div', { class: 'banner', role: 'status' }, this.#text, this.#line);

  constructor() {
    this.#copy.addEventListener('click', () => void this.#copyCommand());
  }

  show(model: PageModel, definitionHash: string | null): void {
    const told = connectionWords(model) ?? loopWords(model, definitionHash);
    setHidden(this.element, told === null);
    if (told !== null) {
      this.element.className = `banner ${told.tone}`;
      setText(this.#text, told.text);
      setText(this.#command, told.command ?? '');
      setHidden(this.#line, told.command === null);
    }
  }

  async #copyCommand(): Promise<void> {
    await navigator.clipboard.writeText(this.#command.textContent ?? '').catch(() => {});
    setText(this.#copy, 'Copied');
    setTimeout(() => setText(this.#copy, 'Copy'), 1_500);
  }
}

interface Told {
  readonly tone: 'bad' | 'warn' | 'plain';
  readonly text: string;
  readonly command: string | null;
}

function connectionWords({ connection }: PageModel): Told | null {
  if (connection === 'refused') {
    return {
      tone: 'bad',
      text: 'This page belongs to an inspector that has ended. Open the address that autoloop inspect printed last.',
      command: null,
    };
  }
  return connection === 'lost'
    ? {
        tone: 'bad',
        text: 'The inspector does not answer. What is shown is how things were. The page goes on by itself when it answers again; one that is begun anew prints another address.',
        command: null,
      }
    : null;
}

function loopWords(
  { loop, machine, choice }: PageModel,
  definitionHash: string | null,
): Told | null {
  if (loop === null && choice !== null) {
    return {
      tone: 'warn',
      text: `There is no loop “${choice}” in this data folder.`,
      command: null,
    };
  }
  if (!loop) {
    return null;
  }
  if (loop.trouble !== null) {
    return { tone: 'bad', text: loop.trouble, command: null };
  }
  const saved = machine?.savedAt ?? loop.status?.since ?? null;
  return (
    notRunning(loop, saved === null ? '' : momentText(saved)) ??
    otherVersion(machine, definitionHash)
  );
}

function notRunning(loop: LoopView, savedAt: string): Told | null {
  const { status, runner, why, command } = loop;
  if (runner === 'answers' || status === null) {
    return null;
  }
  const shown = savedAt === '' ? '' : ` What is shown was saved at ${savedAt}.`;
  if (runner === 'silent') {
    return { tone: 'bad', text: why ?? '', command: null };
  }
  if (status.stale) {
    return {
      tone: 'bad',
      text: `No runner plays this loop: its run is unfinished. ${why ?? ''}${shown} Go on with it:`,
      command,
    };
  }
  if (status.state === 'idle') {
    return { tone: 'plain', text: 'This loop has not run yet. Start it:', command };
  }
  const tone = loop.tone === 'bad' ? 'warn' : 'plain';
  const at = status.ended ? ` at ${momentText(status.ended.at)}` : '';
  return {
    tone,
    text: `This run has ended${at}: ${why ?? 'nobody knows why.'} Begin a new one:`,
    command,
  };
}

function otherVersion(machine: PageModel['machine'], known: string | null): Told | null {
  return machine === null || known === null || machine.definitionHash === known
    ? null
    : {
        tone: 'warn',
        text: 'This loop is played by another version of autoloop: its machine may differ from the one that is drawn.',
        command: null,
      };
}
