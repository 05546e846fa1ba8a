import { existsSync } from 'node:fs';
import { GOOD_EXTRACTION } from '../../../src/server/testing/fake-engine.ts';

/*
 * Replaces `engine-worker.ts`. An environment variable, which each worker copies when it starts, names the task that fails, how, and
 * a file: once the file exists, the task works again.
 */

const [failingTask, failureName = '', repaired = ''] = JSON.parse(process.env.FAILING_ENGINE_WORKER ?? '[]');
const touch = { width: 4, height: 4, dpi: 500, quality: 80, minutiae: 1 };

const FAILURES: Readonly<Record<string, () => unknown>> = {
	exits: () => process.exit(1),
	throws: () => {
		throw new Error('Simulated failure');
	},
	'throws undefined': () => {
		throw undefined;
	},
	'fails in the background': () => {
		setImmediate(() => {
			throw new Error('Simulated failure');
		});
		return new Promise(() => {});
	},
	'never resolves': () => new Promise(() => {}),
	'never returns': () => {
		for (;;);
	},
	'returns what cannot be sent': () => () => {},
};

function task<T>(name: string, result: T): () => T {
	return () => (name !== failingTask || existsSync(repaired) ? result : (FAILURES[failureName]?.() as T));
}

export const warmUp = task('warmUp', undefined);
export const extract = task('extract', GOOD_EXTRACTION);
export const enrol = task('enrol', { ...touch, template: GOOD_EXTRACTION.template });
export const verify = task('verify', { isMatch: true, score: 71, threshold: 40, index: 0 });
export const encodePng = task('encodePng', Uint8Array.of(1));
