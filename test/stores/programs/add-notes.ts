// Adds argv[3] notes to the folder argv[2].
import { NoteFolder } from '../../../src/stores/note-folder.ts';
import { SystemClock } from '../../../src/stores/system-clock.ts';
import { keepAsIs } from '../samples.ts';

const [, , directory = '', count = '0'] = process.argv;
const notes = new NoteFolder({ directory, clock: new SystemClock(), redactor: keepAsIs });
for (let number = 1; number <= Number(count); number += 1) {
  notes.add({ text: `${process.pid} ${number}`, target: null });
}
console.log('added');
