// A telephone in a real browser, for tests. Serves telephone.html with a bridge to BrowserPhones, and drives Chromium.
//
//   node telephone.mjs <address of trunk's gRPC> <folder of ca.pem, certificate.pem, key.pem, or -> <WAV for the microphone>
//
// Commands come as lines of JSON on standard input, answers go as lines of JSON to standard output:
//   {"do":"open","phone":"1001"}  {"do":"close"}  {"do":"evaluate","text":"telephone.media"}
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { chromium } from 'playwright-core';

const [target, secrets, microphone] = process.argv.slice(2);
const here = new URL('.', import.meta.url).pathname;
const proto = loadSync('trunkline/trunk/v1/browser.proto', {
  includeDirs: [`${here}/../../proto`, '/usr/include'], keepCase: true, enums: String, longs: String, defaults: true,
  oneofs: true,
});
const read = (name) => readFileSync(`${secrets}/${name}.pem`);
const credentials = secrets === '-'
  ? grpc.credentials.createInsecure()
  : grpc.credentials.createSsl(read('ca'), read('key'), read('certificate'));
const phones = new (grpc.loadPackageDefinition(proto).trunkline.trunk.v1.BrowserPhones)(
  target, credentials, { 'grpc.ssl_target_name_override': 'localhost' });

function passOn(request, response, method) {
  let text = '';
  request.on('data', (part) => (text += part));
  request.on('end', () => {
    phones[method](JSON.parse(text), { deadline: Date.now() + 5000 }, (error, answer) => {
      response.writeHead(error ? 400 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(error ? { message: error.details } : answer));
    });
  });
}

function watch(response, phone) {
  const stream = phones.Watch({ phone });
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  stream.on('data', (event) => response.write(`${JSON.stringify(event)}\n`));
  stream.on('error', () => response.end());
  stream.on('end', () => response.end());
  response.on('close', () => stream.cancel());
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/rpc/')) return passOn(request, response, url.pathname.slice(5));
  if (url.pathname === '/watch') return watch(response, url.searchParams.get('phone'));
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end(readFileSync(`${here}/telephone.html`));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`, '--allow-loopback-in-peer-connection',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
const context = await browser.newContext();
const pages = new Map();

const commands = {
  // Opens the page of a phone, or loads it again.
  async open({ phone }) {
    const page = pages.get(phone) ?? (await context.newPage());
    pages.set(phone, page);
    await page.goto(`http://127.0.0.1:${server.address().port}/?phone=${phone}`);
  },
  async close({ phone }) {
    await pages.get(phone).close();
    pages.delete(phone);
  },
  evaluate: ({ phone, text }) => pages.get(phone).evaluate(text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: (await commands[command.do](command)) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
await browser.close();
server.close();
process.exit(0);
