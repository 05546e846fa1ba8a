import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/log/silent-logger.ts';
import type { OperatorEvent } from '../../src/operator/contract.ts';
import { CHANNELS } from './channels.ts';
import { OperatorIpc, type OperatorSessionPort } from './operator-ipc.ts';

const STOPPED: OperatorEvent = { topic: 'service', value: { phase: 'stopped' } };

/** Records the calls it receives and publishes events on demand. */
class FakeSession implements OperatorSessionPort {
	readonly calls: unknown[] = [];
	isClosed = false;
	private readonly listeners = new Set<(event: OperatorEvent) => void>();

	call(operation: string, input: unknown) {
		this.calls.push([operation, input]);
		return Promise.resolve({ ok: true, result: operation } as const);
	}

	follow(listener: (event: OperatorEvent) => void) {
		this.listeners.add(listener);
		listener(STOPPED);
		return () => this.listeners.delete(listener);
	}

	close() {
		this.isClosed = true;
		this.listeners.clear();
	}

	publish(event: OperatorEvent) {
		for (const listener of this.listeners) listener(event);
	}
}

/** The contents of a window; records the messages sent to its page. */
class FakeContents extends EventEmitter {
	readonly sent: unknown[] = [];
	isGone = false;

	isDestroyed() {
		return this.isGone;
	}

	send(...message: unknown[]) {
		this.sent.push(message);
	}
}

const OURS = { url: 'app://window/#/logs', parent: null };

let sessions: FakeSession[];
let listeners: Map<string, (...args: unknown[]) => unknown>;
let page: FakeContents;

beforeEach(() => {
	sessions = [];
	listeners = new Map();
	page = new FakeContents();
	const register = (channel: string, listener: (...args: never[]) => unknown) =>
		listeners.set(channel, listener as never);
	const openSession = () => {
		const session = new FakeSession();
		sessions.push(session);
		return session;
	};
	new OperatorIpc({ ipcMain: { on: register, handle: register } as never, openSession, logger: silentLogger }).open();
});

describe('OperatorIpc', () => {
	it('forwards calls and returns their replies', async () => {
		send(CHANNELS.open);
		expect(await send(CHANNELS.call, 'key:revoke', { id: 'key-1' })).toEqual({ ok: true, result: 'key:revoke' });
		expect(sessions[0]?.calls).toEqual([['key:revoke', { id: 'key-1' }]]);
	});

	it('answers a check without a session', async () => {
		expect(await send(CHANNELS.check)).toBeNull();
		expect(sessions).toEqual([]);
	});

	it('sends events with the id of the subscription until the page unfollows', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		send(CHANNELS.follow, 'b');
		send(CHANNELS.unfollow, 'a');
		sessions[0]?.publish(STOPPED);
		expect(page.sent).toEqual([
			[CHANNELS.event, 'a', STOPPED],
			[CHANNELS.event, 'b', STOPPED],
			[CHANNELS.event, 'b', STOPPED],
		]);
	});

	it('ignores a second follow with the same id', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		send(CHANNELS.follow, 'a');
		expect(page.sent).toHaveLength(1);
	});

	it('opens a session for each page and closes that of the previous page', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		send(CHANNELS.open);
		expect(sessions.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it('keeps the sessions of two windows separate', async () => {
		const other = new FakeContents();
		send(CHANNELS.open);
		send(CHANNELS.open, { from: other });
		other.emit('destroyed');
		expect(sessions.map(({ isClosed }) => isClosed)).toEqual([false, true]);
		expect(await send(CHANNELS.call, 'trial:stop', {})).toMatchObject({ ok: true });
	});

	it.each(['destroyed', 'render-process-gone'])('closes the session of a page on the event "%s"', (event) => {
		send(CHANNELS.open);
		page.emit(event);
		expect(sessions[0]?.isClosed).toBe(true);
	});

	it('sends nothing to a destroyed window', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		page.isGone = true;
		sessions[0]?.publish(STOPPED);
		expect(page.sent).toHaveLength(1);
	});

	it('opens a new session after a crash', () => {
		send(CHANNELS.open);
		page.emit('render-process-gone');
		send(CHANNELS.open);
		expect(sessions.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it.each([[undefined], [7], [null], [{}]])('rejects the operation %j', async (operation) => {
		send(CHANNELS.open);
		expect(await send(CHANNELS.call, operation)).toMatchObject({ ok: false, problem: { error: 'INVALID_MESSAGE' } });
	});

	it.each([[undefined], [7], [null]])('ignores a follow with the id %j', (id) => {
		send(CHANNELS.open);
		send(CHANNELS.follow, id);
		send(CHANNELS.unfollow, id);
		expect(page.sent).toEqual([]);
	});

	it.each([
		['another page', { url: 'https://evil.example/', parent: null }],
		['a page with a similar address', { url: 'https://window/', parent: null }],
		['a frame inside the page', { url: 'app://window/', parent: OURS }],
		['a page that no longer exists', null],
	])('rejects messages from %s', async (_title, frame) => {
		send(CHANNELS.open);
		send(CHANNELS.open, { frame });
		send(CHANNELS.follow, { frame }, 'a');
		expect(await send(CHANNELS.call, { frame }, 'key:create', {})).toMatchObject({
			ok: false,
			problem: { error: 'UNAUTHORIZED' },
		});
		expect(sessions).toMatchObject([{ isClosed: false, calls: [] }]);
		expect(page.sent).toEqual([]);
	});

	it('rejects a call before the page has opened a session', async () => {
		expect(await send(CHANNELS.call, 'service:stop', {})).toMatchObject({ ok: false });
	});
});

/** Sends a message from the page. The first argument may name another sender or frame. */
function send(channel: string, ...args: unknown[]): unknown {
	const [first] = args;
	const origin = isOrigin(first) ? first : undefined;
	const event = { sender: origin?.from ?? page, senderFrame: origin?.frame === undefined ? OURS : origin.frame };
	return listeners.get(channel)?.(event, ...(origin === undefined ? args : args.slice(1)));
}

function isOrigin(value: unknown): value is { from?: FakeContents; frame?: object | null } {
	return typeof value === 'object' && value !== null && ('from' in value || 'frame' in value);
}
