import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLastCrash } from './last-crash.ts';

const MODULE = fileURLToPath(new URL('last-crash.ts', import.meta.url));
const KEY = `ak_live_${'a1B2'.repeat(8)}`;

let root: string;
let dir: string;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'last-crash-'));
	dir = join(root, 'logs');
});

afterEach(() => rm(root, { recursive: true }));

function crash(body: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
	const program = `import { exitOnCrash, recordCrashes } from ${JSON.stringify(MODULE)};
	recordCrashes(${JSON.stringify(dir)});
	exitOnCrash();
	setInterval(() => {}, 1_000);
	${body}`;
	return new Promise((resolve) => {
		execFile(process.execPath, ['--input-type=module', '--eval', program], (error, stdout, stderr) =>
			resolve({ code: error?.code, stdout, stderr }),
		);
	});
}

describe('a crash', () => {
	it.each([
		['an error in a timer', `setTimeout(() => { throw new Error('failed with ${KEY}'); });`],
		['a rejected promise', `Promise.reject(new Error('failed with ${KEY}'));`],
		['a text', `throw 'failed with ${KEY}';`],
		['the cause of an error', `throw new Error('outer', { cause: new Error('failed with ${KEY}') });`],
	])('by %s leaves its stack without secrets in a file and on stderr, and the exit code 1', async (_name, body) => {
		const { code, stdout, stderr } = await crash(body);
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toMatch(/^The program crashed\. [\s\S]*failed with ak_live_\[redacted\]/);
		const text = await readLastCrash(dir);
		expect(text).toMatch(/^\d{4}-\d\d-\d\dT.*, version \d.*, Node \d.*\n[\s\S]*failed with ak_live_\[redacted\]/);
		expect(text + stderr).not.toContain(KEY.slice(8));
		expect(await readdir(dir)).toEqual(['last-crash.txt']);
		if (process.platform !== 'win32') expect((await stat(join(dir, 'last-crash.txt'))).mode & 0o777).toBe(0o600);
	});

	it('replaces the one before, and a folder that cannot be written does not hide it', async () => {
		await crash(`throw new Error('first');`);
		await crash(`throw new Error('second');`);
		expect(await readLastCrash(dir)).toContain('second');
		expect(await readLastCrash(dir)).not.toContain('first');
		await rm(dir, { recursive: true });
		await writeFile(dir, 'a file where the folder should be');
		const { code, stderr } = await crash(`throw new Error('third');`);
		expect(code).toBe(1);
		expect(stderr).toMatch(/The crash could not be written to .*\nThe program crashed\. Error: third/);
		expect(await readLastCrash(dir)).toBeUndefined();
	});
});
