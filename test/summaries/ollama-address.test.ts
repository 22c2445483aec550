import { expect, it } from 'vitest';
import { ollamaAddress } from '../../src/summaries/ollama/ollama-address.ts';

it.each([
  ['', 'http://127.0.0.1:11434/api/show'],
  ['  localhost ', 'http://localhost:11434/api/show'],
  ['"10.0.0.7"', 'http://10.0.0.7:11434/api/show'],
  ['10.0.0.7:80', 'http://10.0.0.7/api/show'],
  [':9000', 'http://127.0.0.1:9000/api/show'],
  ['0.0.0.0', 'http://127.0.0.1:11434/api/show'],
  ['0.0.0.0:9000', 'http://127.0.0.1:9000/api/show'],
  ['[::]:9000', 'http://127.0.0.1:9000/api/show'],
  ['::1', 'http://[::1]:11434/api/show'],
  ['[::1]', 'http://[::1]:11434/api/show'],
  ['[::1]:9000', 'http://[::1]:9000/api/show'],
  ['http://', 'http://127.0.0.1/api/show'],
  ['http://models.example', 'http://models.example/api/show'],
  ['http://localhost:9000/', 'http://localhost:9000/api/show'],
  ['https://models.example/ollama/', 'https://models.example/ollama/api/show'],
  ['models.example/ollama', 'http://models.example:11434/ollama/api/show'],
])('OLLAMA_HOST %j is %s', (host, address) => {
  expect(ollamaAddress(host, '/api/show').href).toBe(address);
});

it.each(['a b', 'host:99999', 'http://[::1'])('OLLAMA_HOST %j is no address', (host) => {
  expect(() => ollamaAddress(host, '/api/show')).toThrow('OLLAMA_HOST is no address');
});
