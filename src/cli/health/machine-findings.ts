import { ok, fail, warn, type Finding } from './finding.ts';

/** What autoloop needs of the machine itself. */
export function machineFindings(): Finding[] {
  return [nodeFinding(process.versions.node), platformFinding(process.platform)];
}

/** As `engines` of package.json has it. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major >= 26 || (major === 24 && minor >= 11) || (major === 22 && minor >= 18);
  return isNewEnough
    ? ok('node', `v${version}`)
    : fail(
        'node',
        `v${version} is not supported`,
        'Install Node 22.18, 24.11 or 26 and newer; in a checkout: npm ci',
      );
}

export function platformFinding(platform: string): Finding {
  switch (platform) {
    case 'linux':
      return ok('platform', platform);
    case 'darwin':
      return warn(
        'platform',
        'macOS: base supervision only',
        'Nothing to do; a worker that hides from it may be left behind.',
      );
    default:
      return fail(
        'platform',
        `${platform} is not supported`,
        'On Windows, run autoloop inside WSL 2.',
      );
  }
}
