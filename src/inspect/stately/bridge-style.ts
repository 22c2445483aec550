export const BRIDGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.4rem; line-height: 1.25; }
button { font: inherit; padding: 0.5rem 1rem; cursor: pointer; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; padding: 0.4rem 1rem; }
header button { padding: 0.1rem 0.75rem; }
code { overflow-wrap: anywhere; user-select: all; }
iframe { flex: 1; width: 100%; min-height: 24rem; border: 0; border-top: 1px solid; background: #fff; }
[hidden] { display: none !important; }
`;
