import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type LogRecord, LogRing } from '../log/log-ring.ts';
import type { OperatorEvent, ServiceState } from './contract.ts';
import { TopicPublisher } from './topic-publisher.ts';

function createPublisher(history: () => readonly LogRecord[] = () => []) {
	const ring = new LogRing({ history });
	let state: ServiceState = { phase: 'stopped' };
	const publisher = new TopicPublisher(
		{
			about: () => ({ version: '1', platform: '', runtime: '', dataDir: '', logsDir: '', isDesktop: true }),
			service: () => state,
			readers: () => [],
			connections: () => [],
			keys: () => [],
			origins: () => ({ pending: [], allowed: [], blocked: [] }),
			settings: () => ({ file: '', settings: [], pending: [] }),
		},
		ring,
	);
	const log = (message: string) => ring.add({ timestamp: '', level: 'info', name: 'Test', message });
	const enter = (phase: 'stopped' | 'starting' | 'stopping') => {
		state = { phase };
		publisher.markChanged('service');
	};
	return { publisher, log, enter };
}

function follow(publisher: TopicPublisher) {
	const events: OperatorEvent[] = [];
	return { events, end: publisher.follow((event) => events.push(event)) };
}

describe('TopicPublisher', () => {
	it('sends the log of earlier runs before that of this run', () => {
		const { publisher, log } = createPublisher(() => [
			{ timestamp: '', level: 'info', name: 'Test', message: 'earlier' },
		]);
		log('now');
		const [sent] = follow(publisher).events.filter(({ topic }) => topic === 'log');
		expect(sent?.value).toMatchObject([
			{ sequence: 0, message: 'earlier' },
			{ sequence: 1, message: 'now' },
		]);
	});

	it('sends every topic and the kept log to a new follower immediately', () => {
		const { publisher, log } = createPublisher();
		log('before');
		const { events } = follow(publisher);
		const topics = ['about', 'service', 'readers', 'connections', 'keys', 'origins', 'settings', 'log'];
		expect(events.map(({ topic }) => topic)).toEqual(topics);
		expect(events.at(-1)?.value).toMatchObject([{ message: 'before', sequence: 1 }]);
	});

	it('publishes several changes of a topic once, with the latest value', async () => {
		const { publisher, enter } = createPublisher();
		const { events } = follow(publisher);
		events.length = 0;
		enter('starting');
		enter('stopping');
		await setImmediate();
		expect(events).toEqual([{ topic: 'service', value: { phase: 'stopping' } }]);
	});

	it('publishes each log line exactly once, and lines logged together in one event', async () => {
		const { publisher, log } = createPublisher();
		for (let line = 1; line <= 1_199; line++) log(`line ${line}`);
		const { events } = follow(publisher);
		log('later');
		const other = follow(publisher);
		for (const line of ['and', 'later', 'still']) log(line);
		await setImmediate();
		expect([events.at(-1)?.value, other.events.at(-1)?.value]).toEqual(
			Array(2).fill(expect.objectContaining({ length: 3 })),
		);
		const lines = events.flatMap((event) => (event.topic === 'log' ? event.value : []));
		expect(lines.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 1_203 }, (_, index) => index + 1));
	});

	it('publishes nothing to a follower that has unsubscribed, and nothing after it is closed', async () => {
		const { publisher, enter, log } = createPublisher();
		const [unsubscribed, other] = [follow(publisher), follow(publisher)];
		unsubscribed.end();
		unsubscribed.end();
		const before = [unsubscribed.events.length, other.events.length];
		enter('starting');
		publisher.close();
		log('too late');
		await setImmediate();
		expect([unsubscribed.events.length, other.events.length]).toEqual(before);
	});
});
