/** What git's log of HEAD says who did what, for the processes of a worker; commit, merge, … put it first. */
export const REFLOG_ACTION = 'autoloop worker';
