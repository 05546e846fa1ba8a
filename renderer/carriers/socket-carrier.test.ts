import { describe, expect, it, vi } from 'vitest';
import type { OperatorMessage, OperatorProblem } from '../../src/operator/contract.ts';
import { FakeClock } from '../../src/time/testing/fake-clock.ts';
import { type Socket, SocketCarrier, type SocketEvents, type TicketExchange } from './socket-carrier.ts';

/** A socket that records what the carrier sends and lets the test send messages. */
class FakeSocket implements Socket {
	readonly sent: unknown[] = [];
	readonly events: SocketEvents;

	constructor(events: SocketEvents) {
		this.events = events;
	}

	send(text: string): void {
		this.sent.push(JSON.parse(text));
	}

	close(): void {
		this.events.closed(1_005);
	}

	reply(message: OperatorMessage): void {
		this.events.received(JSON.stringify(message));
	}
}

interface Setup {
	readonly ticket?: string;
	readonly token?: string;
	readonly exchange?: () => Promise<TicketExchange>;
}

/** Creates a carrier with fake ports; `token` is already in the storage. */
function createCarrier({ ticket, token, exchange = async () => ({ ok: true, token: 'token-1' }) }: Setup) {
	const clock = new FakeClock();
	const sockets: FakeSocket[] = [];
	const kept = { token };
	const exchangeTicket = vi.fn((_ticket: string) => exchange());
	const carrier = new SocketCarrier(
		{
			clock,
			exchangeTicket,
			openSocket: (events) => {
				const socket = new FakeSocket(events);
				sockets.push(socket);
				return socket;
			},
			tokens: {
				read: () => kept.token,
				write: (written) => {
					kept.token = written;
				},
			},
		},
		ticket,
	);
	return { carrier, clock, sockets, kept, exchangeTicket, phase: () => carrier.link.value.phase };
}

/** Waits until all pending promises have settled. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function createConnected() {
	const world = createCarrier({ token: 'kept' });
	await settle();
	const [socket] = world.sockets;
	if (socket === undefined) throw new Error('The carrier opened no socket');
	socket.events.opened();
	socket.reply({ type: 'session', token: 'fresh' });
	return { ...world, socket };
}

const GONE: OperatorProblem = { error: 'RECORD_NOT_FOUND', code: 3004, message: 'Gone', retryable: false };

describe('SocketCarrier', () => {
	it('exchanges the ticket once and authenticates with the token', async () => {
		const { sockets, kept, exchangeTicket, phase } = createCarrier({ ticket: 'ticket-1' });
		await settle();
		sockets[0]?.events.opened();
		expect(exchangeTicket.mock.calls).toEqual([['ticket-1']]);
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'token-1' }]);
		expect(phase()).toBe('connecting');
		sockets[0]?.reply({ type: 'session', token: 'token-2' });
		expect(phase()).toBe('connected');
		expect(kept.token).toBe('token-2');
	});

	it('stores each renewed token', async () => {
		const { socket, kept } = await createConnected();
		socket.reply({ type: 'session', token: 'renewed' });
		expect(kept.token).toBe('renewed');
	});

	it('connects with the stored token after a reload, although the ticket is used up', async () => {
		const exchange = async (): Promise<TicketExchange> => ({ ok: false, problem: GONE });
		const { sockets, phase } = createCarrier({ ticket: 'spent', token: 'kept', exchange });
		await settle();
		sockets[0]?.events.opened();
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'kept' }]);
		expect(phase()).toBe('connecting');
	});

	it('is locked with the reason when the ticket is refused and no token is stored', async () => {
		const { carrier, sockets } = createCarrier({ ticket: 'old', exchange: async () => ({ ok: false, problem: GONE }) });
		await settle();
		expect(carrier.link.value).toMatchObject({ phase: 'locked', problem: GONE });
		expect(sockets).toEqual([]);
	});

	it('is locked without a ticket or a token until the operator enters one', async () => {
		const { carrier, sockets, kept } = createCarrier({});
		await settle();
		expect(carrier.link.value).toEqual({ phase: 'locked', unlock: expect.any(Function) });
		if (carrier.link.value.phase === 'locked') carrier.link.value.unlock('pasted');
		sockets[0]?.events.opened();
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'pasted' }]);
		expect(kept.token).toBe('pasted');
	});

	it.each([
		[4001, 'INVALID_API_KEY'],
		[4005, 'TOKEN_EXPIRED'],
	])('removes a token that is refused with %i and reports %s', async (code, error) => {
		const { carrier, clock, socket, kept } = await createConnected();
		socket.events.closed(code);
		expect(carrier.link.value).toMatchObject({ phase: 'locked', problem: { error } });
		expect(kept.token).toBeUndefined();
		expect(clock.pending).toBe(0);
	});
});

describe('a call over a socket', () => {
	it('receives the reply with its id', async () => {
		const { carrier, socket } = await createConnected();
		const [first, second] = [carrier.call('service:stop', {}), carrier.call('key:revoke', { id: 'key-1' })];
		expect(socket.sent.slice(1)).toEqual([
			{ type: 'call', id: 1, operation: 'service:stop', input: {} },
			{ type: 'call', id: 2, operation: 'key:revoke', input: { id: 'key-1' } },
		]);
		socket.reply({ type: 'reply', id: 2, ok: false, problem: GONE });
		socket.reply({ type: 'reply', id: 1, ok: true, result: { phase: 'stopped' } });
		await expect(first).resolves.toEqual({ phase: 'stopped' });
		await expect(second).rejects.toMatchObject({ problem: GONE });
	});

	it('fails when the connection is lost before its reply', async () => {
		const { carrier, socket } = await createConnected();
		const call = carrier.call('service:stop', {});
		socket.events.closed(1_006);
		await expect(call).rejects.toMatchObject({
			problem: { error: 'SERVICE_UNAVAILABLE', details: { reason: 'connection' } },
		});
	});

	it('fails at once without a connection and is not sent later', async () => {
		const { carrier, sockets } = createCarrier({ token: 'kept' });
		await expect(carrier.call('service:stop', {})).rejects.toMatchObject({ problem: { error: 'SERVICE_UNAVAILABLE' } });
		sockets[0]?.events.opened();
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'kept' }]);
	});
});

describe('an incoming message', () => {
	it('reaches every listener until it unsubscribes', async () => {
		const { carrier, socket } = await createConnected();
		const [staying, leaving] = [vi.fn(), vi.fn()];
		carrier.follow(staying);
		const unsubscribe = carrier.follow(leaving);
		socket.reply({ type: 'event', event: { topic: 'readers', value: [] } });
		unsubscribe();
		socket.reply({ type: 'event', event: { topic: 'connections', value: [] } });
		expect(staying.mock.calls.flat().map(({ topic }) => topic)).toEqual(['readers', 'connections']);
		expect(leaving).toHaveBeenCalledTimes(1);
	});

	it('is ignored when it is not valid', async () => {
		const { socket, phase } = await createConnected();
		socket.events.received('{"type":"weather"}');
		socket.events.received('nonsense');
		expect(phase()).toBe('connected');
	});
});

describe('a lost connection', () => {
	it('is retried with delays that double up to 8 s', async () => {
		const { clock, sockets, socket, phase } = await createConnected();
		socket.events.closed(1_006);
		for (const waitMs of [500, 1_000, 2_000, 4_000, 8_000, 8_000]) {
			expect(phase()).toBe('lost');
			const before = sockets.length;
			clock.advance(waitMs - 1);
			expect(sockets).toHaveLength(before);
			clock.advance(1);
			expect(sockets).toHaveLength(before + 1);
			sockets.at(-1)?.events.closed(1_006);
		}
	});

	it('is retried with the shortest delay again after a successful connection', async () => {
		const { clock, sockets, socket, phase } = await createConnected();
		socket.events.closed(1_001);
		clock.advance(500);
		sockets[1]?.events.closed(1_006);
		clock.advance(1_000);
		sockets[2]?.events.opened();
		sockets[2]?.reply({ type: 'session', token: 'again' });
		expect(phase()).toBe('connected');
		sockets[2]?.events.closed(1_006);
		clock.advance(500);
		expect(sockets).toHaveLength(4);
	});

	it('can be retried at once, which cancels the scheduled retry', async () => {
		const { carrier, clock, sockets, socket } = await createConnected();
		socket.events.closed(1_006);
		if (carrier.link.value.phase === 'lost') carrier.link.value.retry();
		expect(sockets).toHaveLength(2);
		clock.advance(9_000);
		expect(sockets).toHaveLength(2);
	});

	it('stays lost during each attempt, and another retry then does nothing', async () => {
		const { carrier, clock, sockets, socket } = await createConnected();
		const phases: string[] = [];
		carrier.link.subscribe(({ phase }) => phases.push(phase));
		socket.events.closed(1_006);
		expect(carrier.link.value).toMatchObject({ isRetrying: false });
		clock.advance(500);
		expect(carrier.link.value).toMatchObject({ isRetrying: true });
		if (carrier.link.value.phase === 'lost') carrier.link.value.retry();
		expect(sockets).toHaveLength(2);
		sockets[1]?.events.opened();
		sockets[1]?.reply({ type: 'session', token: 'again' });
		expect(phases).toEqual(['connected', 'lost', 'lost', 'connected']);
	});

	it('is noticed when the service accepts connections but never answers', async () => {
		const { clock, sockets, phase } = createCarrier({ token: 'kept' });
		await settle();
		sockets[0]?.events.opened();
		clock.advance(9_999);
		expect(phase()).toBe('connecting');
		clock.advance(1);
		expect(phase()).toBe('lost');
		clock.advance(500);
		expect(sockets).toHaveLength(2);
	});

	it('is noticed when the service stops answering on an open connection', async () => {
		const { carrier, clock, sockets, socket, phase } = await createConnected();
		clock.advance(5_000);
		expect(socket.sent.at(-1)).toEqual({ type: 'check', id: 1 });
		socket.reply({ type: 'reply', id: 1, ok: true, result: null });
		await settle();
		clock.advance(5_000);
		const call = carrier.call('service:stop', {});
		clock.advance(9_999);
		expect(phase()).toBe('connected');
		clock.advance(1);
		expect(phase()).toBe('lost');
		await expect(call).rejects.toMatchObject({ problem: { details: { reason: 'connection' } } });
		clock.advance(500);
		expect(sockets).toHaveLength(2);
	});

	it('is not affected by a late end of a connection that was given up', async () => {
		const { clock, sockets, socket, phase } = await createConnected();
		clock.advance(15_500);
		sockets[1]?.events.opened();
		sockets[1]?.reply({ type: 'session', token: 'again' });
		socket.events.closed(4_001);
		socket.reply({ type: 'session', token: 'late' });
		expect(phase()).toBe('connected');
	});

	it('keeps the ticket for the next attempt', async () => {
		const answers: (() => Promise<TicketExchange>)[] = [
			() => Promise.reject(new TypeError('Failed to fetch')),
			async () => ({ ok: true, token: 'token-1' }),
		];
		const exchange = () => answers.shift()?.() ?? Promise.reject(new Error('too many exchanges'));
		const { clock, sockets, phase } = createCarrier({ ticket: 'ticket-1', exchange });
		await settle();
		expect(phase()).toBe('lost');
		clock.advance(500);
		await settle();
		expect(sockets).toHaveLength(1);
	});
});
