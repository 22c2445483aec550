import { connect, createServer } from 'node:net';

/** `holds-connections.ts HOST COUNT WORD`: so many connections to itself and back, until its stdin ends. */
const [host = '127.0.0.1', count = '0'] = process.argv.slice(2);
let open = 0;
const server = createServer(opened);
server.listen(0, host, () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  for (let begun = 0; begun < Number(count); begun += 1) {
    connect(port, host).once('connect', opened);
  }
});
process.stdin.on('end', () => process.exit(0)).resume();

/** Each connection has two ends here. */
function opened(): void {
  open += 1;
  if (open === 2 * Number(count)) {
    process.stdout.write('held\n');
  }
}
