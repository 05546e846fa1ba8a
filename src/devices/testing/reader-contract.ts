import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ErrorName } from '../../protocol/errors.ts';
import type { Reader } from '../reader.ts';

/** A reader and the ways in which a test can operate it. Each method resolves once the reader has noticed the change. */
export interface ReaderFixture {
	/** Plugged in, not open, no finger on it; not operated automatically. */
	readonly reader: Reader;
	/** Puts a finger on the reader. */
	touch(): Promise<void>;
	lift(): Promise<void>;
	unplug(): Promise<void>;
	/** Causes a fault that is fixed by opening the reader again. @returns the error that calls reject with */
	fault(): Promise<ErrorName>;
}

/** The two calls that wait, and what makes them wait. */
const WAITS: { call: 'nextTouch' | 'waitForLift'; prepare(fixture: ReaderFixture): Promise<void> }[] = [
	{ call: 'nextTouch', prepare: async () => {} },
	{ call: 'waitForLift', prepare: (fixture) => fixture.touch() },
];

/** Tests of the behaviour that every `Reader` must have. Call it once, at the top level of the reader's test file. */
export function describeReaderContract(name: string, createFixture: () => Promise<ReaderFixture>): void {
	const openFixture = async (): Promise<ReaderFixture> => {
		const fixture = await createFixture();
		await fixture.reader.open();
		return fixture;
	};

	describe(`${name} as a Reader`, () => {
		describeTouches(openFixture);
		describeAborts(openFixture);
		describeFaults(openFixture);
		describeClosing(createFixture);
	});
}

function describeTouches(openFixture: () => Promise<ReaderFixture>): void {
	it('waits for a finger and returns its image', async () => {
		const { reader, touch } = await openFixture();
		const touched = reader.nextTouch(new AbortController().signal);
		expect(await isPending(touched)).toBe(true);
		await touch();
		const image = await touched;
		expect(image.data).toHaveLength(image.width * image.height);
		expect(image.dpi).toBeGreaterThan(0);
	});

	it('returns the image of a finger that is already on the reader', async () => {
		const { reader, touch } = await openFixture();
		await touch();
		const { signal } = new AbortController();
		expect(await reader.nextTouch(signal)).toEqual(await reader.nextTouch(signal));
	});

	it('waits until a finger is lifted', async () => {
		const { reader, touch, lift } = await openFixture();
		await touch();
		const lifted = reader.waitForLift(new AbortController().signal);
		expect(await isPending(lifted)).toBe(true);
		await lift();
		await lifted;
	});

	it('does not wait for a lift when no finger is on the reader', async () => {
		const { reader } = await openFixture();
		await expect(reader.waitForLift(new AbortController().signal)).resolves.toBeUndefined();
	});

	it('captures one finger three times in one scan', async () => {
		const { reader, touch, lift } = await openFixture();
		const { signal } = new AbortController();
		for (let scan = 0; scan < 3; scan++) {
			const touched = reader.nextTouch(signal);
			await touch();
			await touched;
			const lifted = reader.waitForLift(signal);
			await lift();
			await lifted;
		}
	});
}

function describeAborts(openFixture: () => Promise<ReaderFixture>): void {
	it.each(WAITS)('rejects $call with the reason of the abort', async ({ call, prepare }) => {
		const fixture = await openFixture();
		await prepare(fixture);
		const scan = new AbortController();
		const waiting = fixture.reader[call](scan.signal);
		const reason = new Error('scan stopped');
		scan.abort(reason);
		await expect(waiting).rejects.toBe(reason);
		expect(getEventListeners(scan.signal, 'abort')).toHaveLength(0);
	});

	it.each(WAITS)('rejects $call immediately if the signal is already aborted', async ({ call, prepare }) => {
		const fixture = await openFixture();
		await prepare(fixture);
		const reason = new Error('scan stopped');
		await expect(fixture.reader[call](AbortSignal.abort(reason))).rejects.toBe(reason);
	});

	it('accepts the next scan after an abort', async () => {
		const { reader, touch } = await openFixture();
		const scan = new AbortController();
		const waiting = reader.nextTouch(scan.signal);
		scan.abort();
		const next = reader.nextTouch(new AbortController().signal);
		await expect(waiting).rejects.toThrow();
		await touch();
		await expect(next).resolves.toBeDefined();
	});
}

function describeFaults(openFixture: () => Promise<ReaderFixture>): void {
	it.each(WAITS)('rejects $call when unplugged, and all later calls', async ({ call, prepare }) => {
		const fixture = await openFixture();
		await prepare(fixture);
		const scan = new AbortController();
		const waiting = fixture.reader[call](scan.signal);
		const ended = expect(waiting).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await fixture.unplug();
		await ended;
		await expect(fixture.reader[call](scan.signal)).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(getEventListeners(scan.signal, 'abort')).toHaveLength(0);
	});

	it('cannot be opened once unplugged', async () => {
		const { reader, unplug } = await openFixture();
		await unplug();
		await reader.close();
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
	});

	it.each(WAITS)('rejects $call on a fault, and works again once reopened', async ({ call, prepare }) => {
		const fixture = await openFixture();
		await prepare(fixture);
		const scan = new AbortController();
		const waiting = fixture.reader[call](scan.signal).catch((error: unknown) => error);
		const error = await fixture.fault();
		expect(await waiting).toMatchObject({ error });
		scan.abort();
		await fixture.reader.close();
		await fixture.reader.open();
		await fixture.touch();
		await expect(fixture.reader.nextTouch(new AbortController().signal)).resolves.toBeDefined();
	});
}

function describeClosing(createFixture: () => Promise<ReaderFixture>): void {
	it.each<[string, (fixture: ReaderFixture) => Promise<unknown>]>([
		['was never opened', async () => {}],
		['is open', (fixture) => fixture.reader.open()],
		['is unplugged', (fixture) => fixture.unplug()],
		['has failed', (fixture) => fixture.fault()],
	])('can be closed twice when it %s', async (_state, prepare) => {
		const fixture = await createFixture();
		await prepare(fixture);
		await fixture.reader.close();
		await expect(fixture.reader.close()).resolves.toBeUndefined();
	});
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
	return Promise.race([promise.then(() => false), setImmediate(true)]);
}
