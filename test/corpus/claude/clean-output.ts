/** What a run printed, as it would be on any machine, at /home/dev/project; nothing else is changed. */
export function cleanOutput(printed: string, home: string): string {
  return printed
    .replaceAll(home, '/home/dev')
    .replaceAll(asFolderName(home), '-home-dev')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:8080')
    .replaceAll(/\/cc-socks\/\d+/g, '/cc-socks/4242')
    .replaceAll(/\/claude-\d+\//g, '/claude-1000/');
}

// As Claude Code names a project's folder.
function asFolderName(path: string): string {
  return path.replaceAll(/[^a-zA-Z0-9]/g, '-');
}
