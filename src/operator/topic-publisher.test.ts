import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LogRing } from '../log/log-ring.ts';
import type { OperatorEvent, ServiceState } from './contract.ts';
import { TopicPublisher } from './topic-publisher.ts';

function createBoard() {
	const ring = new LogRing();
	let state: ServiceState = { phase: 'stopped' };
	const board = new TopicPublisher(
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
		board.touch('service');
	};
	return { board, log, enter };
}

function follow(board: TopicPublisher) {
	const events: OperatorEvent[] = [];
	return { events, end: board.follow((event) => events.push(event)) };
}

describe('the board of topics', () => {
	it('tells a new follower every topic and the kept log at once', () => {
		const { board, log } = createBoard();
		log('before');
		const { events } = follow(board);
		const topics = ['about', 'service', 'readers', 'connections', 'keys', 'origins', 'settings', 'log'];
		expect(events.map(({ topic }) => topic)).toEqual(topics);
		expect(events.at(-1)?.value).toMatchObject([{ message: 'before', sequence: 1 }]);
	});

	it('tells changes that come together once, with the latest value', async () => {
		const { board, enter } = createBoard();
		const { events } = follow(board);
		events.length = 0;
		enter('starting');
		enter('stopping');
		await setImmediate();
		expect(events).toEqual([{ topic: 'service', value: { phase: 'stopping' } }]);
	});

	it('tells each line of the log, none twice and none left out, those that come together at once', async () => {
		const { board, log } = createBoard();
		for (let line = 1; line <= 1_199; line++) log(`line ${line}`);
		const { events } = follow(board);
		log('later');
		const other = follow(board);
		for (const line of ['and', 'later', 'still']) log(line);
		await setImmediate();
		expect([events.at(-1)?.value, other.events.at(-1)?.value]).toEqual(
			Array(2).fill(expect.objectContaining({ length: 3 })),
		);
		const lines = events.flatMap((event) => (event.topic === 'log' ? event.value : []));
		expect(lines.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 1_203 }, (_, index) => index + 1));
	});

	it('tells nobody who has ended it, nor anybody once it is closed', async () => {
		const { board, enter, log } = createBoard();
		const [gone, there] = [follow(board), follow(board)];
		gone.end();
		gone.end();
		const before = [gone.events.length, there.events.length];
		enter('starting');
		board.close();
		log('too late');
		await setImmediate();
		expect([gone.events.length, there.events.length]).toEqual(before);
	});
});
