import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXIT } from '../../domain/error.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { replaceCopy } from '../../stores/durable-file.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { sinceOption } from '../history/read-since.ts';
import { makeReport } from '../report/make-report.ts';
import { reportFormat, type ReportFormat } from '../report/report-format.ts';
import { reportPlaces, type ReportPlaces } from '../report/report-places.ts';
import { reportText } from '../report/report-text.ts';
import { writeOutput } from '../write-output.ts';

/** What a loop, or all of them, came to: a page for people, Markdown for a chat, JSON for machines. */
export const run: RunCommand = async (context, options) => {
  const format = reportFormat(context, options);
  const since = sinceOption(options);
  const places = reportPlaces(context, options['all'] === true);
  const [first, ...others] = places.loops;
  if (!first) {
    context.terminal.notice('No loop has run here yet. Begin with: autoloop init');
    return EXIT.ok;
  }
  const report = await makeReport(places.loops, since);
  const path = pathFor(context, options, { places, format });
  const isOurs = options['output'] === undefined;
  if (others.length === 0 && report.loops.every(({ figures }) => figures.iterations === 0)) {
    await sayEmpty(context, first, 'iterations');
    if (path !== null && isOurs && !existsSync(places.directory)) {
      return EXIT.ok;
    }
  }
  const { redactValue } = createRedactor(collectSecrets(context.environment));
  const text = reportText(redactValue(report), format);
  if (path === null) {
    await writeWholly(text);
  } else {
    const write = (): void => replaceCopy(path, text);
    if (isOurs) {
      write();
    } else {
      writeOutput(write);
    }
    context.terminal.write(`Report: ${path}\n`);
    context.terminal.notice(`Open it: ${pathToFileURL(path).href}`);
  }
  return EXIT.ok;
};

interface Making {
  readonly places: ReportPlaces;
  readonly format: ReportFormat;
}

/** null: stdout. A page on a terminal is of no use: it lies in the data folder, which is no part of anybody's work. */
function pathFor(
  { terminal, cwd }: CliContext,
  { output }: CommandOptions,
  { places, format }: Making,
): string | null {
  if (typeof output === 'string') {
    return output === '-' ? null : resolve(cwd, output);
  }
  return format === 'html' && terminal.isInteractive ? join(places.directory, 'report.html') : null;
}

/** Redacted already, and as it is: its policy knows its script by hash. */
function writeWholly(text: string): Promise<void> {
  return new Promise((resolved) => {
    process.stdout.write(text, () => resolved());
  });
}
