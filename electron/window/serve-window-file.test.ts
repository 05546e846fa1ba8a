import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveWindowFile } from './serve-window-file.ts';
import { isWindowUrl } from './window-address.ts';

let folder: string;
let root: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'window files-'));
	root = join(folder, 'window');
	await mkdir(join(root, 'assets'), { recursive: true });
	await writeFile(join(root, 'index.html'), '<title>Window</title>');
	await writeFile(join(root, 'assets', 'main.js'), 'start()');
	await writeFile(join(root, 'notes.txt'), 'a file type that is not served');
	await writeFile(join(folder, 'secret.js'), 'outside');
	await mkdir(`${root}-other`);
	await writeFile(join(`${root}-other`, 'a.js'), 'outside, in a folder whose name begins with that of the root');
});

afterAll(() => rm(folder, { recursive: true }));

describe('serveWindowFile', () => {
	it.each([
		['app://window/', '<title>Window</title>', 'text/html; charset=utf-8'],
		['app://window/?a#/logs', '<title>Window</title>', 'text/html; charset=utf-8'],
		['app://window/assets/main.js', 'start()', 'text/javascript; charset=utf-8'],
	])('serves the file for %s', async (url, text, type) => {
		const response = await serveWindowFile(new Request(url), root);
		expect(response.status).toBe(200);
		expect(await response.text()).toBe(text);
		expect(response.headers.get('content-type')).toBe(type);
	});

	it('sends a content security policy without exceptions', async () => {
		const { headers } = await serveWindowFile(new Request('app://window/'), root);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|http|ws:/);
	});

	it.each([
		'app://window/../secret.js',
		'app://window/..%2fsecret.js',
		'app://window/%2e%2e/secret.js',
		'app://window/assets/%2e%2e%2f%2e%2e%2fsecret.js',
		'app://window/..%2fwindow-other/a.js',
		'app://window/..%5csecret.js',
		'app://window/%2fetc/passwd.js',
		'app://window//secret.js',
		'app://window/%00.js',
		'app://window/%ff.js',
		'app://window/notes.txt',
		'app://window/assets',
		'app://window/missing.js',
		'app://window/index.html/main.js',
		'app://other/assets/main.js',
		'file:///etc/passwd.js',
		'https://window/assets/main.js',
	])('responds with 404 for %s', async (url) => {
		const response = await serveWindowFile(new Request(url), root);
		expect({ status: response.status, body: await response.text() }).toEqual({ status: 404, body: '' });
	});

	it('responds with 404 for a method other than GET', async () => {
		expect((await serveWindowFile(new Request('app://window/', { method: 'POST' }), root)).status).toBe(404);
	});
});

describe('isWindowUrl', () => {
	it.each(['app://window/', 'app://window/#/logs', 'app://window/?a'])('accepts "%s"', (url) => {
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
	])('rejects "%s"', (url) => {
		expect(isWindowUrl(url)).toBe(false);
	});
});
