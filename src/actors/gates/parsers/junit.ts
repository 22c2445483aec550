import type { TestCounts } from '../../../domain/validation.ts';
import { namesAFile } from './names-a-file.ts';

/** JUnit's XML, wherever it stands in the output. Each test case is counted; what the suites say of themselves is not. */
export function junitCounts(output: string): TestCounts | null {
  if (!/<testsuites?\b/.test(output)) {
    return null;
  }
  const [, ...cases] = withoutText(output).split('<testcase');
  const ends = cases.map(endOf).filter((end) => end !== 'left out');
  return { ran: ends.length, failed: ends.filter((end) => end === 'failed').length };
}

/** Comments and CDATA hold whatever a test printed. */
function withoutText(output: string): string {
  return between(between(output, '<!--', '-->'), '<![CDATA[', ']]>');
}

function between(text: string, opening: string, closing: string): string {
  const [before = '', ...pieces] = text.split(opening);
  const rests = pieces.map((piece) => {
    const end = piece.indexOf(closing);
    return end === -1 ? '' : piece.slice(end + closing.length);
  });
  return [before, ...rests].join('');
}

/** `piece`: a test case from its attributes to where the next one begins. Those of Node's that are to do failed and are skipped. */
function endOf(piece: string): 'passed' | 'failed' | 'left out' {
  const attributes = /^(?:[^>"']|"[^"]*"|'[^']*')*/.exec(piece)?.[0] ?? '';
  const isEmpty = attributes.trimEnd().endsWith('/');
  const [body = ''] = isEmpty ? [] : piece.slice(attributes.length).split('</testcase>', 1);
  if (/<skipped\b/.test(body)) {
    return 'left out';
  }
  if (/<(?:failure|error)\b/.test(body)) {
    return 'failed';
  }
  return namesAFile(/\bname="([^"]*)"/.exec(attributes)?.[1] ?? '') ? 'left out' : 'passed';
}
