import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWindowUrl } from './window-address.ts';
import { serveWindowFile, windowFile } from './window-files.ts';

let folder: string;
let root: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'window-files-'));
	root = join(folder, 'window');
	await mkdir(join(root, 'assets'), { recursive: true });
	await writeFile(join(root, 'index.html'), '<title>Window</title>');
	await writeFile(join(root, 'assets', 'main.js'), 'start()');
	await writeFile(join(root, 'notes.txt'), 'a kind that is not served');
	await writeFile(join(folder, 'secret.js'), 'outside');
	await mkdir(`${root}-other`);
	await writeFile(join(`${root}-other`, 'a.js'), 'outside, under a name that begins alike');
});

afterAll(() => rm(folder, { recursive: true }));

describe('a file of the window', () => {
	it('is the page itself without a name', () => {
		expect(windowFile('app://window/', root)).toBe(join(root, 'index.html'));
		expect(windowFile('app://window/?a#/logs', root)).toBe(join(root, 'index.html'));
	});

	it('is found by its path', () => {
		expect(windowFile('app://window/assets/main.js', root)).toBe(join(root, 'assets', 'main.js'));
	});

	it.each([
		'app://window/../secret.js',
		'app://window/..%2fsecret.js',
		'app://window/%2e%2e/secret.js',
		'app://window/assets/%2e%2e%2f%2e%2e%2fsecret.js',
		'app://window/..%2fwindow-other/a.js',
		'app://window/%2fetc/passwd.js',
		'app://window//secret.js',
		'app://window/%00.js',
		'app://window/%ff.js',
		'app://window/notes.txt',
		'app://window',
		'app://other/assets/main.js',
		'file:///etc/passwd.js',
		'https://window/assets/main.js',
		'',
	])('is not %s', async (url) => {
		const file = windowFile(url, root);
		expect(file === undefined || file.startsWith(root)).toBe(true);
		if (file !== undefined) expect((await serveWindowFile(new Request(url), root)).status).toBe(404);
	});
});

describe('a request of the window', () => {
	it('gets a file with its type and a policy without exceptions', async () => {
		const response = await serveWindowFile(new Request('app://window/assets/main.js'), root);
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('start()');
		expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		const policy = response.headers.get('content-security-policy');
		expect(policy).toContain("default-src 'none'");
		expect(policy).not.toMatch(/unsafe|\*|http/);
	});

	it.each([
		['a file that is not there', new Request('app://window/missing.js')],
		['a folder', new Request('app://window/assets')],
		['a file below a file', new Request('app://window/index.html/main.js')],
		['another method', new Request('app://window/', { method: 'POST' })],
	])('gets nothing for %s', async (_what, request) => {
		const response = await serveWindowFile(request, root);
		expect({ status: response.status, body: await response.text() }).toEqual({ status: 404, body: '' });
	});
});

describe('the address of the window', () => {
	it.each(['app://window/', 'app://window/#/logs', 'app://window/?a'])('is %s', (url) => {
		expect(isWindowUrl(url)).toBe(true);
	});

	it.each([
		'app://window',
		'app://window/assets/main.js',
		'app://window.example/',
		'app://other/',
		'app://user@window:1/',
		'https://window/',
		'http://localhost/app://window/',
		'about:blank',
		'',
	])('is not %s', (url) => {
		expect(isWindowUrl(url)).toBe(false);
	});
});
