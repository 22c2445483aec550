import { describeError } from '../../domain/error.ts';
import { fail, type Finding } from './finding.ts';

/** The finding of a look that throws where something is wrong. */
export async function attempted(
  name: string,
  look: () => Finding | Promise<Finding>,
): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const { message, fix } = describeError(error);
    return fail(name, message, fix);
  }
}
