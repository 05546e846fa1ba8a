import { effect } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import { OperatorStore } from './operator-store.ts';
import { FakeCarrier } from './testing/fake-carrier.ts';

function createStore() {
	const carrier = new FakeCarrier();
	const frames: (() => void)[] = [];
	const store = new OperatorStore(carrier, (action) => frames.push(action));
	const nextFrame = () => {
		for (const action of frames.splice(0)) action();
	};
	return { carrier, store, nextFrame };
}

describe('OperatorStore', () => {
	it('has no values before the first event', () => {
		const { store } = createStore();
		expect(Object.values(store.topics).map((topic) => topic.value)).toEqual(Array(7).fill(undefined));
	});

	it('keeps the latest value of each topic', () => {
		const { carrier, store } = createStore();
		carrier.emit({ topic: 'service', value: { phase: 'starting' } });
		carrier.emit({ topic: 'readers', value: [] });
		carrier.emit({ topic: 'service', value: { phase: 'stopped' } });
		expect(store.topics.service.value).toEqual({ phase: 'stopped' });
		expect(store.topics.readers.value).toEqual([]);
	});

	it('does not claim live state while the connection is lost, and keeps what the operator has configured', () => {
		const { carrier, store } = createStore();
		const known = () =>
			Object.entries(store.topics).flatMap(([name, { value }]) => (value === undefined ? [] : [name]));
		expect(store.hasState.value).toBe(false);
		carrier.emit({ topic: 'service', value: { phase: 'stopped' } });
		carrier.emit({ topic: 'readers', value: [] });
		carrier.emit({ topic: 'connections', value: [] });
		carrier.emit({ topic: 'keys', value: [] });
		carrier.link.value = { phase: 'lost', isRetrying: false, retry: () => {} };
		expect(known()).toEqual(['keys']);
		expect(store.hasState.value).toBe(true);
		carrier.link.value = { phase: 'connected' };
		expect(known()).toEqual(['service', 'readers', 'connections', 'keys']);
	});

	it('notifies only the observers of the topic that changed', () => {
		const { carrier, store } = createStore();
		const observer = vi.fn();
		const dispose = effect(() => observer(store.topics.service.value));
		carrier.emit({ topic: 'connections', value: [] });
		expect(observer).toHaveBeenCalledTimes(1);
		carrier.emit({ topic: 'service', value: { phase: 'stopped' } });
		expect(observer).toHaveBeenLastCalledWith({ phase: 'stopped' });
		dispose();
	});

	it('adds log lines with the next frame', () => {
		const { carrier, store, nextFrame } = createStore();
		const line = {
			sequence: 1,
			timestamp: '2026-01-01T00:00:00.000Z',
			level: 'info',
			name: 'Test',
			message: 'hello',
		} as const;
		carrier.emit({ topic: 'log', value: [line] });
		nextFrame();
		expect(store.log.window.value.lines).toEqual([line]);
	});

	it('passes calls to the carrier', async () => {
		const { carrier, store } = createStore();
		carrier.willReply({ ok: true, result: null });
		await store.call('connection:close', { id: 'c1' });
		expect(carrier.calls).toEqual([{ operation: 'connection:close', input: { id: 'c1' } }]);
	});
});
