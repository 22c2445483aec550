import { checkImports } from './import-rule.ts';

const violations = checkImports(process.cwd());
for (const { file, line, rule, message } of violations) {
  console.error(`${file}:${line} ${rule}: ${message}`);
}
if (violations.length > 0) {
  console.error(
    `\nThe import rule is broken in ${violations.length} places. Its table: test/house/layers.ts`,
  );
  process.exitCode = 1;
}
