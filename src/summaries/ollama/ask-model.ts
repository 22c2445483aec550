import { readAnswer } from './answer-stream.ts';
import { checkModel, type ModelPlace } from './check-model.ts';
import { asFailure, ModelFailure } from './model-failure.ts';
import { post } from './post.ts';

export interface Question extends ModelPlace {
  readonly system: string;
  readonly prompt: string;
  /** Tokens of the answer. */
  readonly most: number;
  /** For all of it. */
  readonly timeoutMs: number;
}

/** What the model says. Throws ModelFailure where it does not within the time, or not as Ollama does. */
export async function askModel(question: Question): Promise<string> {
  const { host, model, system, prompt, most, timeoutMs } = question;
  const isOver = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([question.signal, isOver]);
  try {
    await checkModel({ host, model, signal });
    const options = { temperature: 0, seed: 1, num_predict: most };
    const body = { system, prompt, stream: true, think: false, options };
    const answer = await post('/api/generate', { host, model, body, signal });
    return await readAnswer(answer, { most: most * LONGEST_TOKEN });
  } catch (error) {
    throw isOver.aborted
      ? new ModelFailure('timeout', `no answer within ${timeoutMs / 1000} s`)
      : asFailure(error);
  }
}

/** Characters; more than a model's tokens have in the mean. */
const LONGEST_TOKEN = 8;
