/** What a restored run does wherever it is: it takes this start's settings, and notes whether its work is another one. */
export const resume = ['resumeRun', 'noteWork'] as const;
