// Locks the file argv[2] as a runner of another network namespace would, which sees no guard socket, and lives on.
import { openExclusively } from '../../../src/stores/exclusive-database.ts';

const held = openExclusively(process.argv[2] ?? '');
console.log(held === null ? 'refused' : 'taken');
setInterval(() => held?.isOpen, 1_000);
