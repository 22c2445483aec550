#!/usr/bin/env node
// Says hello. PRD.md tells what else it shall learn.

const args = process.argv.slice(2);
let greeting = 'Hello, world!';

console.log(greeting);
