/** Name of a file system by the number statfs(2) gives; linux/magic.h. */
export function fileSystemName(type: number): string {
  return NAMES.get(type) ?? `type 0x${type.toString(16)}`;
}

export function isRemote(name: string): boolean {
  return REMOTE.has(name);
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x01021994, 'tmpfs'],
  [0x794c7630, 'overlayfs'],
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x01021997, '9p'],
  [0x65735546, 'fuse'],
  [0x4d44, 'fat'],
  [0x1a, 'apfs'],
]);

const REMOTE: ReadonlySet<string> = new Set(['nfs', 'cifs', 'smb2', '9p', 'fat']);
