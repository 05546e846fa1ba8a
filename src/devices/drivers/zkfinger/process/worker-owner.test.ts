import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { listenToOwner } from './worker-owner.ts';
import type { ZkFingerAnswer, ZkFingerCall } from './zkfinger-messages.ts';

/** What Electron gives a process that it has started. */
class FakeParentPort extends EventEmitter<{ message: [event: { data: ZkFingerCall }] }> {
	readonly posted: ZkFingerAnswer[] = [];

	postMessage(answer: ZkFingerAnswer): void {
		this.posted.push(answer);
	}
}

afterEach(() => Reflect.deleteProperty(process, 'parentPort'));

describe('listenToOwner', () => {
	it('speaks over the port that Electron gives', () => {
		const port = new FakeParentPort();
		Reflect.set(process, 'parentPort', port);
		const calls: ZkFingerCall[] = [];
		const owner = listenToOwner({ onCall: (call) => calls.push(call), onGone: () => {} });
		port.emit('message', { data: { id: 1, request: { type: 'load' } } });
		owner.answer({ id: 1, result: undefined });
		expect(calls).toEqual([{ id: 1, request: { type: 'load' } }]);
		expect(port.posted).toEqual([{ id: 1, result: undefined }]);
	});
});
