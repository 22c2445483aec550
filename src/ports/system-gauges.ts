/** What the machine has left, as gates ask for it. */
export interface SystemGauges {
  /** MB that new processes can have, as far as the system and its control groups let them. */
  freeMemoryMb(): number;
  /** Of the last minute. */
  load(): number;
  /** Established TCP connections of processes whose command line matches; 0 where the system does not tell. */
  tcpConnections(filter: RegExp): number;
}
