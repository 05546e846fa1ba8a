import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { extractTemplate } from './extraction/extract-template.ts';
import { createFingerImage, createImage, createRidgeImage } from './testing/synthetic-ridges.ts';
import { WorkerEngine, type WorkerEngineOptions } from './worker-engine.ts';

const FINGER = createRidgeImage({
	width: 200,
	height: 200,
	angle: 1,
	period: 9,
	minutiae: [{ kind: 'bifurcation', x: 100, y: 100, angle: 1 }],
});
const FAILING = { workerUrl: new URL('./testing/failing-worker.ts', import.meta.url), maxThreads: 1 };
const [FINE, DIES, THROWS, HANGS] = [0, 1, 2, 3].map((fault) => createImage(1, 1, () => fault)) as [
	ReturnType<typeof createImage>,
	ReturnType<typeof createImage>,
	ReturnType<typeof createImage>,
	ReturnType<typeof createImage>,
];

describe('WorkerEngine', () => {
	const opened: WorkerEngine[] = [];
	const open = (options?: WorkerEngineOptions) => {
		const extractor = new WorkerEngine(options);
		opened.push(extractor);
		return extractor;
	};
	afterEach(() => Promise.all(opened.splice(0).map((extractor) => extractor.close())));

	it('gives what extractTemplate gives', async () => {
		expect(await open().extract(FINGER)).toEqual(extractTemplate(FINGER));
	});

	it('merges the touches of one finger and compares a touch with many', async () => {
		const extractor = open();
		const [first, second] = [createFingerImage(0.3), createFingerImage(1.2)].map(
			(finger) => extractTemplate(finger).template!,
		);
		expect(await extractor.enrol([first!, first!])).toMatchObject({ width: 300, height: 375, dpi: 500 });
		expect(await extractor.enrol([first!, second!])).toBeUndefined();
		expect(await extractor.verify(first!, [second!, first!])).toMatchObject({ isMatch: true, index: 1 });
		expect(await extractor.verify(first!, [second!])).toMatchObject({ isMatch: false, index: 0 });
	});

	it('serves more pictures at once than it has threads', async () => {
		const extractor = open({ maxThreads: 1 });
		const results = await Promise.all(Array.from({ length: 5 }, () => extractor.extract(FINGER)));
		expect(new Set(results.map(({ quality }) => quality)).size).toBe(1);
	});

	it.each([
		['dies', DIES],
		['throws', THROWS],
	])('rejects the call whose worker %s, and serves the next', async (_, image) => {
		const extractor = open(FAILING);
		await expect(extractor.extract(image)).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(await extractor.extract(FINE)).toBeGreaterThan(0);
	});

	it('ends a worker that takes too long, and serves the next call', async () => {
		const extractor = open({ ...FAILING, timeLimitMs: 2000 });
		await expect(extractor.extract(HANGS)).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(await extractor.extract(FINE)).toBeGreaterThan(0);
	});

	it('lets an idle worker end', async () => {
		const extractor = open({ ...FAILING, idleTimeoutMs: 1 });
		const first = await extractor.extract(FINE);
		await vi.waitFor(async () => expect(await extractor.extract(FINE)).not.toBe(first), { timeout: 20_000 });
	});

	it('has a worker ready after prepare', async () => {
		const extractor = open();
		extractor.prepare();
		extractor.prepare();
		expect((await extractor.extract(FINGER)).minutiae).toHaveLength(1);
	});

	it('refuses work once closed, and may be closed twice, unused, and in mid-extraction', async () => {
		const extractor = open(FAILING);
		const running = expect(extractor.extract(HANGS)).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
		await extractor.close();
		await running;
		await extractor.close();
		await open().close();
		extractor.prepare();
		await expect(extractor.extract(FINE)).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
	});

	it('does not keep the process alive', async () => {
		const door = new URL('./worker-engine.ts', import.meta.url).href;
		const script = `import { WorkerEngine } from '${door}';
			await new WorkerEngine().extract({ width: 1, height: 1, dpi: 500, data: Uint8Array.of(0) });
			console.log('done');`;
		const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
		expect(stdout).toBe('done\n');
	});
});
