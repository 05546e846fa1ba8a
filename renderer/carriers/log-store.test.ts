import { effect } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import type { LogLineView } from '../../src/operator/contract.ts';
import { LogStore } from './log-store.ts';

function createLog(capacity: number) {
	const frames: (() => void)[] = [];
	const log = new LogStore((action) => frames.push(action), capacity);
	const nextFrame = () => {
		for (const action of frames.splice(0)) action();
	};
	const add = (...lines: LogLineView[]) => {
		log.add(lines);
		nextFrame();
	};
	const sequences = () => log.window.value.lines.map(({ sequence }) => sequence);
	return { log, frames, nextFrame, add, sequences };
}

/** @param run number of the service run that wrote the line */
function line(sequence: number, run = 1): LogLineView {
	return {
		sequence,
		timestamp: `2026-01-0${run}T00:00:00.000Z`,
		level: 'info',
		name: 'Test',
		message: `line ${sequence}`,
	};
}

function linesFrom(first: number, last: number, run = 1): LogLineView[] {
	return Array.from({ length: last - first + 1 }, (_, index) => line(first + index, run));
}

describe('LogStore', () => {
	it('keeps the latest lines and counts the dropped ones', () => {
		const { log, add, sequences } = createLog(3);
		add(...linesFrom(1, 2));
		expect(log.window.value.dropped).toBe(0);
		add(...linesFrom(3, 5));
		expect(sequences()).toEqual([3, 4, 5]);
		expect(log.window.value.dropped).toBe(2);
	});

	it('updates once per frame however many lines arrive', () => {
		const { log, frames, nextFrame } = createLog(100);
		const observer = vi.fn();
		const dispose = effect(() => observer(log.window.value.lines.length));
		for (const one of linesFrom(1, 50)) log.add([one]);
		expect(frames).toHaveLength(1);
		expect(observer).toHaveBeenCalledTimes(1);
		nextFrame();
		expect(observer.mock.calls).toEqual([[0], [50]]);
		dispose();
	});

	it('skips lines that a new connection repeats', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(1, 4));
		add(...linesFrom(2, 6));
		add(...linesFrom(3, 6));
		expect(sequences()).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('adds the lines of a new service run after those of the previous run', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(1, 4));
		add(...linesFrom(1, 2, 2));
		add(line(3, 2));
		expect(sequences()).toEqual([1, 2, 3, 4, 1, 2, 3]);
	});

	it('adds the lines of a new run that starts with the same number of lines', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(1, 2));
		add(...linesFrom(1, 3, 2));
		expect(sequences()).toEqual([1, 2, 1, 2, 3]);
	});

	it('adds the lines of a run that ended meanwhile, but not those it has, when a new run repeats them', () => {
		const { log, add } = createLog(10);
		add(...linesFrom(1, 2));
		add(line(-2), line(-1), line(0, 2), ...linesFrom(1, 3, 3));
		const shown = log.window.value.lines.map(({ sequence, timestamp }) => `${timestamp.slice(8, 10)}: ${sequence}`);
		expect(shown).toEqual(['01: 1', '01: 2', '02: 0', '03: 1', '03: 2', '03: 3']);
	});

	it('keeps the lines of earlier runs in its first batch, and skips them when the same run repeats them', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(-2, 2));
		add(...linesFrom(-2, 3));
		expect(sequences()).toEqual([-2, -1, 0, 1, 2, 3]);
	});

	it('stays bounded and counts correctly while no frame comes', () => {
		const { log, nextFrame, sequences } = createLog(3);
		for (const one of linesFrom(1, 100)) log.add([one]);
		nextFrame();
		expect(sequences()).toEqual([98, 99, 100]);
		expect(log.window.value.dropped).toBe(97);
	});

	it('requests no frame for an empty batch', () => {
		const { log, frames } = createLog(3);
		log.add([]);
		expect(frames).toEqual([]);
	});
});
