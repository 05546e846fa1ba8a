import { describe, expect, it } from 'vitest';
import { makeRoom, type SlotHolder } from './slots.ts';

const LIMITS = { connections: 6, unauthenticated: 4, unauthenticatedPerOrigin: 2 };
const NOW = 10_000;
const SHOP = 'https://shop.example';

/** A slot holder that keeps the calls of its methods. */
class FakeClient implements SlotHolder {
	readonly origin: string | undefined = undefined;
	readonly openedMonotonic: number = NOW;
	readonly isAuthenticated: boolean = false;
	readonly isClosing: boolean = false;
	readonly calls: string[] = [];

	constructor(state: Partial<SlotHolder> = {}) {
		Object.assign(this, state);
	}

	close(code: number): void {
		this.calls.push(`close ${code}`);
	}

	terminate(): void {
		this.calls.push('terminate');
	}
}

function clients(count: number, state?: Partial<SlotHolder>): FakeClient[] {
	return Array.from({ length: count }, () => new FakeClient(state));
}

function makeRoomFor(origin: string | undefined, ...present: FakeClient[]): string | undefined {
	return makeRoom(present, { origin, openedMonotonic: NOW }, LIMITS);
}

describe('makeRoom', () => {
	it('finds room below every limit and closes nothing', () => {
		const present = [...clients(2, { isAuthenticated: true }), ...clients(3, { openedMonotonic: 0 })];
		expect(makeRoomFor(undefined, ...present)).toBeUndefined();
		expect(present.flatMap(({ calls }) => calls)).toEqual([]);
	});

	it('refuses the newcomer while every waiting client is young', () => {
		const present = clients(4, { openedMonotonic: NOW - 1_000 });
		expect(makeRoomFor(undefined, ...present)).toBe('unauthenticated');
		expect(present.flatMap(({ calls }) => calls)).toEqual([]);
	});

	it('closes the client that has waited longest', () => {
		const [first, second] = [new FakeClient({ openedMonotonic: 8_000 }), new FakeClient({ openedMonotonic: 8_999 })];
		expect(makeRoomFor(undefined, first, second, ...clients(2))).toBeUndefined();
		expect([first.calls, second.calls]).toEqual([['close 1013'], []]);
	});

	it('closes no authenticated client', () => {
		const present = clients(6, { isAuthenticated: true, openedMonotonic: 0 });
		expect(makeRoomFor(undefined, ...present)).toBe('connections');
		expect(present.flatMap(({ calls }) => calls)).toEqual([]);
	});

	it('closes a waiting client also when all connections are taken', () => {
		const waiting = new FakeClient({ openedMonotonic: 0 });
		expect(makeRoomFor(undefined, ...clients(5, { isAuthenticated: true }), waiting)).toBeUndefined();
		expect(waiting.calls).toEqual(['close 1013']);
	});

	it('closes a client of the same origin when that has too many', () => {
		const [other, same] = [
			new FakeClient({ openedMonotonic: 0 }),
			new FakeClient({ origin: SHOP, openedMonotonic: 1 }),
		];
		expect(makeRoomFor(SHOP, other, same)).toBeUndefined();
		expect(makeRoomFor(SHOP, other, same, new FakeClient({ origin: SHOP }))).toBeUndefined();
		expect([other.calls, same.calls]).toEqual([[], ['close 1013']]);
		expect(makeRoomFor(SHOP, ...clients(2, { origin: SHOP }))).toBe('unauthenticatedPerOrigin');
	});

	it('does not count native programs as one origin', () => {
		expect(makeRoomFor(undefined, ...clients(3))).toBeUndefined();
	});

	it('does not count clients that are closing, and ends the first of them when they are many', () => {
		const closing = clients(3, { isClosing: true, openedMonotonic: 0 });
		expect(makeRoomFor(undefined, ...closing, ...clients(2))).toBeUndefined();
		expect(closing.flatMap(({ calls }) => calls)).toEqual([]);
		expect(makeRoomFor(undefined, ...closing, ...clients(3))).toBeUndefined();
		expect(closing.map(({ calls }) => calls)).toEqual([['terminate'], [], []]);
	});
});
