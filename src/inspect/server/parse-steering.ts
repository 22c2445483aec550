import { STEERING_COMMANDS, type SteeringCommand } from '../steering.ts';
import { Refusal } from './refusal.ts';

/** `{"command": "pause"}`. Throws Refusal where it is something else. */
export function parseSteering(body: unknown): SteeringCommand {
  const asked: unknown =
    typeof body === 'object' && body !== null && 'command' in body ? body.command : undefined;
  const command = STEERING_COMMANDS.find((name) => name === asked);
  if (command === undefined) {
    throw new Refusal(400, `The command has to be one of ${STEERING_COMMANDS.join(', ')}.`);
  }
  return command;
}
