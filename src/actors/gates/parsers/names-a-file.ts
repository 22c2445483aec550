/** Node's runner counts a file without tests as one test that passed, named as the file. */
export function namesAFile(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name.trim());
}
