import { describe, expect, it, vi } from 'vitest';
import type { OperatorMessage, OperatorProblem } from '../../src/operator/contract.ts';
import { FakeClock } from '../../src/time/testing/fake-clock.ts';
import { type Socket, SocketCarrier, type SocketEvents, type TicketExchange } from './socket-carrier.ts';

/** A socket as the service sees it: what the window has sent, and what it is told. */
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

	say(message: OperatorMessage): void {
		this.events.received(JSON.stringify(message));
	}
}

interface Beginning {
	readonly ticket?: string;
	readonly token?: string;
	readonly exchange?: () => Promise<TicketExchange>;
}

/** A carrier with everything around it; `token` is what an earlier page has left. */
function createCarrier({ ticket, token, exchange = async () => ({ ok: true, token: 'token-1' }) }: Beginning) {
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

/** Until everything that needs no outside event has happened. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function createConnected() {
	const world = createCarrier({ token: 'kept' });
	await settle();
	const [socket] = world.sockets;
	if (socket === undefined) throw new Error('The carrier has not opened a socket');
	socket.events.opened();
	socket.say({ type: 'session', token: 'fresh' });
	return { ...world, socket };
}

const GONE: OperatorProblem = { error: 'RECORD_NOT_FOUND', code: 3004, message: 'Gone', retryable: false };

describe('the carrier over a socket', () => {
	it('changes the ticket of its link for a token, once, and authenticates with that', async () => {
		const { sockets, kept, exchangeTicket, phase } = createCarrier({ ticket: 'ticket-1' });
		await settle();
		sockets[0]?.events.opened();
		expect(exchangeTicket.mock.calls).toEqual([['ticket-1']]);
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'token-1' }]);
		expect(phase()).toBe('connecting');
		sockets[0]?.say({ type: 'session', token: 'token-2' });
		expect(phase()).toBe('connected');
		expect(kept.token).toBe('token-2');
	});

	it('keeps each token that the service renews', async () => {
		const { socket, kept } = await createConnected();
		socket.say({ type: 'session', token: 'renewed' });
		expect(kept.token).toBe('renewed');
	});

	it('comes back with the kept token after a reload, though the ticket is spent', async () => {
		const exchange = async (): Promise<TicketExchange> => ({ ok: false, problem: GONE });
		const { sockets, phase } = createCarrier({ ticket: 'spent', token: 'kept', exchange });
		await settle();
		sockets[0]?.events.opened();
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'kept' }]);
		expect(phase()).toBe('connecting');
	});

	it('is locked with the reason when the ticket is refused and nothing is kept', async () => {
		const { carrier, sockets } = createCarrier({ ticket: 'old', exchange: async () => ({ ok: false, problem: GONE }) });
		await settle();
		expect(carrier.link.value).toMatchObject({ phase: 'locked', problem: GONE });
		expect(sockets).toEqual([]);
	});

	it('is locked without a ticket or a token, until it gets one', async () => {
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
	])('forgets a token that is refused with %i and says %s', async (code, error) => {
		const { carrier, clock, socket, kept } = await createConnected();
		socket.events.closed(code);
		expect(carrier.link.value).toMatchObject({ phase: 'locked', problem: { error } });
		expect(kept.token).toBeUndefined();
		expect(clock.pending).toBe(0);
	});
});

describe('a call over a socket', () => {
	it('gets the reply that carries its number', async () => {
		const { carrier, socket } = await createConnected();
		const [first, second] = [carrier.call('service:stop', {}), carrier.call('key:revoke', { id: 'key-1' })];
		expect(socket.sent.slice(1)).toEqual([
			{ type: 'call', id: 1, operation: 'service:stop', input: {} },
			{ type: 'call', id: 2, operation: 'key:revoke', input: { id: 'key-1' } },
		]);
		socket.say({ type: 'reply', id: 2, ok: false, problem: GONE });
		socket.say({ type: 'reply', id: 1, ok: true, result: { phase: 'stopped' } });
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

	it('fails at once without a connection, and is never sent later', async () => {
		const { carrier, sockets } = createCarrier({ token: 'kept' });
		await expect(carrier.call('service:stop', {})).rejects.toMatchObject({ problem: { error: 'SERVICE_UNAVAILABLE' } });
		sockets[0]?.events.opened();
		expect(sockets[0]?.sent).toEqual([{ type: 'auth', token: 'kept' }]);
	});
});

describe('what comes over a socket', () => {
	it('reaches every listener until it leaves', async () => {
		const { carrier, socket } = await createConnected();
		const [staying, leaving] = [vi.fn(), vi.fn()];
		carrier.follow(staying);
		const leave = carrier.follow(leaving);
		socket.say({ type: 'event', event: { topic: 'readers', value: [] } });
		leave();
		socket.say({ type: 'event', event: { topic: 'connections', value: [] } });
		expect(staying.mock.calls.flat().map(({ topic }) => topic)).toEqual(['readers', 'connections']);
		expect(leaving).toHaveBeenCalledTimes(1);
	});

	it('is passed over where it is no message', async () => {
		const { socket, phase } = await createConnected();
		socket.events.received('{"type":"weather"}');
		socket.events.received('nonsense');
		expect(phase()).toBe('connected');
	});
});

describe('a lost connection', () => {
	it('is tried again, each time after a longer wait, up to 8 s', async () => {
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

	it('begins with the short wait again once it was there', async () => {
		const { clock, sockets, socket, phase } = await createConnected();
		socket.events.closed(1_001);
		clock.advance(500);
		sockets[1]?.events.closed(1_006);
		clock.advance(1_000);
		sockets[2]?.events.opened();
		sockets[2]?.say({ type: 'session', token: 'again' });
		expect(phase()).toBe('connected');
		sockets[2]?.events.closed(1_006);
		clock.advance(500);
		expect(sockets).toHaveLength(4);
	});

	it('can be tried at once, and then not a second time', async () => {
		const { carrier, clock, sockets, socket } = await createConnected();
		socket.events.closed(1_006);
		if (carrier.link.value.phase === 'lost') carrier.link.value.retry();
		expect(sockets).toHaveLength(2);
		expect(clock.pending).toBe(0);
	});

	it('keeps the ticket for the next try', async () => {
		const answers: (() => Promise<TicketExchange>)[] = [
			() => Promise.reject(new TypeError('Failed to fetch')),
			async () => ({ ok: true, token: 'token-1' }),
		];
		const exchange = () => answers.shift()?.() ?? Promise.reject(new Error('asked too often'));
		const { clock, sockets, phase } = createCarrier({ ticket: 'ticket-1', exchange });
		await settle();
		expect(phase()).toBe('lost');
		clock.advance(500);
		await settle();
		expect(sockets).toHaveLength(1);
	});
});
