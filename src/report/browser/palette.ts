/** The page's colours as they are now: light, dark or on paper. */
export function paletteOf(element: Element): (name: string) => string {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
