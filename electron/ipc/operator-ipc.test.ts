import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/log/silent-logger.ts';
import type { OperatorEvent } from '../../src/operator/contract.ts';
import { CHANNELS } from './channels.ts';
import { ConsoleIpc, type Session } from './operator-ipc.ts';

const STOPPED: OperatorEvent = { topic: 'service', value: { phase: 'stopped' } };

/** A session that notes what is asked of it, and tells when it is told to. */
class FakeSession implements Session {
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

	tell(event: OperatorEvent) {
		for (const listener of this.listeners) listener(event);
	}
}

/** A window whose page sends messages. */
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
	new ConsoleIpc({ ipcMain: { on: register, handle: register } as never, openSession, logger: silentLogger }).open();
});

describe('the carrier of the console', () => {
	it('passes calls on, and their answers back', async () => {
		send(CHANNELS.open);
		expect(await send(CHANNELS.call, 'key:revoke', { id: 'key-1' })).toEqual({ ok: true, result: 'key:revoke' });
		expect(sessions[0]?.calls).toEqual([['key:revoke', { id: 'key-1' }]]);
	});

	it('sends events under the id they were asked with, until they are not wanted any more', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		send(CHANNELS.follow, 'b');
		send(CHANNELS.unfollow, 'a');
		sessions[0]?.tell(STOPPED);
		expect(page.sent).toEqual([
			[CHANNELS.event, 'a', STOPPED],
			[CHANNELS.event, 'b', STOPPED],
			[CHANNELS.event, 'b', STOPPED],
		]);
	});

	it('takes an id once', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		send(CHANNELS.follow, 'a');
		expect(page.sent).toHaveLength(1);
	});

	it('opens a session for each page and ends the one before it', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		send(CHANNELS.open);
		expect(sessions.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it('keeps the pages of two windows apart', async () => {
		const other = new FakeContents();
		send(CHANNELS.open);
		send(CHANNELS.open, { from: other });
		other.emit('destroyed');
		expect(sessions.map(({ isClosed }) => isClosed)).toEqual([false, true]);
		expect(await send(CHANNELS.call, 'trial:stop', {})).toMatchObject({ ok: true });
	});

	it.each(['destroyed', 'render-process-gone'])('ends the session of a page that is %s', (event) => {
		send(CHANNELS.open);
		page.emit(event);
		expect(sessions[0]?.isClosed).toBe(true);
	});

	it('sends nothing to a window that is gone', () => {
		send(CHANNELS.open);
		send(CHANNELS.follow, 'a');
		page.isGone = true;
		sessions[0]?.tell(STOPPED);
		expect(page.sent).toHaveLength(1);
	});

	it('opens a session again after a crash', () => {
		send(CHANNELS.open);
		page.emit('render-process-gone');
		send(CHANNELS.open);
		expect(sessions.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it.each([[undefined], [7], [null], [{}]])('refuses the operation %j', async (operation) => {
		send(CHANNELS.open);
		expect(await send(CHANNELS.call, operation)).toMatchObject({ ok: false, problem: { error: 'INVALID_MESSAGE' } });
	});

	it.each([[undefined], [7], [null]])('does not follow under the id %j', (id) => {
		send(CHANNELS.open);
		send(CHANNELS.follow, id);
		send(CHANNELS.unfollow, id);
		expect(page.sent).toEqual([]);
	});

	it.each([
		['another page', { url: 'https://evil.example/', parent: null }],
		['a page that looks alike', { url: 'https://window/', parent: null }],
		['a frame within the page', { url: 'app://window/', parent: OURS }],
		['a page that is no more', null],
	])('serves no %s', async (_what, frame) => {
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

	it('answers no call of a page that has not begun', async () => {
		expect(await send(CHANNELS.call, 'service:stop', {})).toMatchObject({ ok: false });
	});
});

/** A message from the page; where it comes from may be said first. */
function send(channel: string, ...args: unknown[]): unknown {
	const [first] = args;
	const origin = isOrigin(first) ? first : undefined;
	const event = { sender: origin?.from ?? page, senderFrame: origin?.frame === undefined ? OURS : origin.frame };
	return listeners.get(channel)?.(event, ...(origin === undefined ? args : args.slice(1)));
}

function isOrigin(value: unknown): value is { from?: FakeContents; frame?: object | null } {
	return typeof value === 'object' && value !== null && ('from' in value || 'frame' in value);
}
