import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { extractTemplate } from './extraction/extract-template.ts';
import { readPng } from './images/read-png.ts';
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
		const engine = new WorkerEngine(options);
		opened.push(engine);
		return engine;
	};
	afterEach(() => Promise.all(opened.splice(0).map((engine) => engine.close())));

	it('returns the result of extractTemplate', async () => {
		expect(await open().extract(FINGER)).toEqual(extractTemplate(FINGER));
	});

	it('merges the touches of one finger and matches a touch with several templates', async () => {
		const engine = open();
		const [first, second] = [createFingerImage(0.3), createFingerImage(1.2)].map(
			(finger) => extractTemplate(finger).template!,
		);
		expect(await engine.enrol([first!, first!])).toMatchObject({ width: 300, height: 375, dpi: 500 });
		expect(await engine.enrol([first!, second!])).toBeUndefined();
		expect(await engine.verify(first!, [second!, first!])).toMatchObject({ isMatch: true, index: 1 });
		expect(await engine.verify(first!, [second!])).toMatchObject({ isMatch: false, index: 0 });
	});

	it('encodes an image as a PNG with the same pixels', async () => {
		const { width, height, data } = FINGER;
		expect(readPng(await open().encodePng(FINGER))).toEqual({ width, height, data });
	});

	it('leaves the image to the caller', async () => {
		const data = Uint8Array.of(0, 9);
		await open(FAILING).extract({ width: 2, height: 1, dpi: 500, data });
		expect(data).toEqual(Uint8Array.of(0, 9));
	});

	it('handles more concurrent images than it has threads', async () => {
		const engine = open({ maxThreads: 1 });
		const results = await Promise.all(Array.from({ length: 5 }, () => engine.extract(FINGER)));
		expect(new Set(results.map(({ quality }) => quality)).size).toBe(1);
	});

	it.each([
		['dies', DIES],
		['throws', THROWS],
	])('rejects a call whose worker %s, and handles the next call', async (_, image) => {
		const engine = open(FAILING);
		await expect(engine.extract(image)).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(await engine.extract(FINE)).toBeGreaterThan(0);
	});

	it('handles a call that waits for a worker which dies', async () => {
		const engine = open(FAILING);
		const failing = expect(engine.extract(DIES)).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(await engine.extract(FINE)).toBeGreaterThan(0);
		await failing;
	});

	it('terminates a worker that exceeds the timeout, and handles the next call', async () => {
		const engine = open({ ...FAILING, taskTimeoutMs: 2000 });
		await expect(engine.extract(HANGS)).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(await engine.extract(FINE)).toBeGreaterThan(0);
	});

	it('ends an idle worker', async () => {
		const engine = open({ ...FAILING, idleTimeoutMs: 1 });
		const first = await engine.extract(FINE);
		await vi.waitFor(async () => expect(await engine.extract(FINE)).not.toBe(first), { timeout: 20_000 });
	});

	it('replaces a worker that hangs in its warm-up before a waiting call times out, and reports it', async () => {
		const onPrepareFailed = vi.fn();
		const engine = open({ ...FAILING, taskTimeoutMs: 4_000, onPrepareFailed });
		engine.prepare();
		expect(await engine.extract(FINE)).toBeGreaterThan(0);
		expect(onPrepareFailed).toHaveBeenCalledTimes(1);
	});

	it('reports no failed warm-up when it is closed during one', async () => {
		const onPrepareFailed = vi.fn();
		const engine = open({ ...FAILING, onPrepareFailed });
		engine.prepare();
		const waiting = [engine.extract(FINE), engine.extract(FINE)].map((call) =>
			expect(call).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' }),
		);
		await engine.close();
		await Promise.all(waiting);
		expect(onPrepareFailed).not.toHaveBeenCalled();
	});

	it('extracts after prepare was called twice', async () => {
		const engine = open();
		engine.prepare();
		engine.prepare();
		expect((await engine.extract(FINGER)).minutiae).toHaveLength(1);
	});

	it('refuses calls once closed, and can be closed twice, unused, and during an extraction', async () => {
		const engine = open(FAILING);
		const running = expect(engine.extract(HANGS)).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
		await engine.close();
		await running;
		await engine.close();
		await open().close();
		engine.prepare();
		await expect(engine.extract(FINE)).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
	});

	it('does not keep the process alive', async () => {
		const moduleUrl = new URL('./worker-engine.ts', import.meta.url).href;
		const script = `import { WorkerEngine } from '${moduleUrl}';
			await new WorkerEngine().extract({ width: 1, height: 1, dpi: 500, data: Uint8Array.of(0) });
			console.log('done');`;
		const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
		expect(stdout).toBe('done\n');
	});
});
