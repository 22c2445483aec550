/**
 * What makes tools fail, or take their default, where they would ask a human: nobody is there to answer. Name → value;
 * docs/environment.md says why of each. It counts where a tool is given a terminal by its agent; else it has none.
 * `CI` is not among them: it changes what tools do, not only what they ask.
 */
export const NON_INTERACTIVE = {
  TERM: 'dumb',
  NO_COLOR: '1',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  MANPAGER: 'cat',
  EDITOR: 'true',
  VISUAL: 'true',
  GIT_EDITOR: 'true',
  GIT_SEQUENCE_EDITOR: 'true',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  GCM_INTERACTIVE: 'never',
  SSH_ASKPASS_REQUIRE: 'never',
  DEBIAN_FRONTEND: 'noninteractive',
  PIP_NO_INPUT: '1',
} as const;
