import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { connectToParent } from './parent-process.ts';
import type { ZkFingerAnswer, ZkFingerCall } from './zkfinger-messages.ts';

/** Replaces the port that Electron gives a process it has started. */
class FakeParentPort extends EventEmitter<{ message: [event: { data: ZkFingerCall }] }> {
	readonly posted: ZkFingerAnswer[] = [];

	postMessage(answer: ZkFingerAnswer): void {
		this.posted.push(answer);
	}
}

afterEach(() => Reflect.deleteProperty(process, 'parentPort'));

describe('connectToParent', () => {
	it('uses the port that Electron gives', () => {
		const port = new FakeParentPort();
		Reflect.set(process, 'parentPort', port);
		const calls: ZkFingerCall[] = [];
		const parent = connectToParent({ onCall: (call) => calls.push(call), onDisconnect: () => {} });
		port.emit('message', { data: { id: 1, request: { type: 'load' } } });
		parent.send({ id: 1, result: undefined });
		expect(calls).toEqual([{ id: 1, request: { type: 'load' } }]);
		expect(port.posted).toEqual([{ id: 1, result: undefined }]);
	});
});
