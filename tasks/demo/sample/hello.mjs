#!/usr/bin/env node
// Says hello. PRD.md tells what else it shall learn.

let greeting = 'Hello, world!';

console.log(greeting);
