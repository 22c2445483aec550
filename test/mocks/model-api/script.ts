/** The model's side of a conversation; asked once per request of the agent, its retries included. */
export type Script<Turn, Reply> = (turn: Turn) => Reply | Promise<Reply>;
