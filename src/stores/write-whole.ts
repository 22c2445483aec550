import { writeSync } from 'node:fs';

/** Writes all bytes: one write(2) unless the system takes less, as it does when a disk fills up. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  let written = writeSync(fd, bytes);
  while (written < bytes.length) {
    written += writeSync(fd, bytes, written);
  }
}
