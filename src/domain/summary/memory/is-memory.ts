import type { Memory } from './memory.ts';

/** Whether it is one of this version. */
export function isMemory(value: unknown): value is Memory {
  return (
    isRecord(value) &&
    isListOf(value['gates'], isGate) &&
    isRecord(value['targets']) &&
    Object.values(value['targets']).every(isTargetMemory)
  );
}

function isTargetMemory(value: unknown): boolean {
  return (
    isRecord(value) &&
    isListOf(value['iterations'], isIteration) &&
    isListOf(value['gates'], isGate) &&
    isListOf(value['issues'], isText) &&
    isListOf(value['lessons'], isText)
  );
}

function isGate(value: unknown): boolean {
  return isRecord(value) && isNumber(value['iteration']) && areTexts(value, ['gate', 'reason']);
}

function isIteration(value: unknown): boolean {
  const texts = ['outcome', 'said', 'reason'];
  return isRecord(value) && isNumber(value['iteration']) && areTexts(value, texts);
}

function areTexts(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.every((name) => isText(value[name]));
}

function isListOf(value: unknown, is: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
