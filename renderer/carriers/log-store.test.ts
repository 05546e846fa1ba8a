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

/** @param run which start of the service the line is from */
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

describe('the log of the window', () => {
	it('keeps the latest lines, and counts those that had to go', () => {
		const { log, add, sequences } = createLog(3);
		add(...linesFrom(1, 2));
		expect(log.window.value.dropped).toBe(0);
		add(...linesFrom(3, 5));
		expect(sequences()).toEqual([3, 4, 5]);
		expect(log.window.value.dropped).toBe(2);
	});

	it('is told once a frame, however many lines come', () => {
		const { log, frames, nextFrame } = createLog(100);
		const look = vi.fn();
		const end = effect(() => look(log.window.value.lines.length));
		for (const one of linesFrom(1, 50)) log.add([one]);
		expect(frames).toHaveLength(1);
		expect(look).toHaveBeenCalledTimes(1);
		nextFrame();
		expect(look.mock.calls).toEqual([[0], [50]]);
		end();
	});

	it('leaves out what a new connection repeats', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(1, 4));
		add(...linesFrom(2, 6));
		add(...linesFrom(3, 6));
		expect(sequences()).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('goes on after the lines of an earlier run of the service', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(1, 4));
		add(...linesFrom(1, 2, 2));
		add(line(3, 2));
		expect(sequences()).toEqual([1, 2, 3, 4, 1, 2, 3]);
	});

	it('goes on after a run that was as long', () => {
		const { add, sequences } = createLog(10);
		add(...linesFrom(1, 2));
		add(...linesFrom(1, 3, 2));
		expect(sequences()).toEqual([1, 2, 1, 2, 3]);
	});

	it('stays bounded and counts right while no frame comes', () => {
		const { log, nextFrame, sequences } = createLog(3);
		for (const one of linesFrom(1, 100)) log.add([one]);
		nextFrame();
		expect(sequences()).toEqual([98, 99, 100]);
		expect(log.window.value.dropped).toBe(97);
	});

	it('takes an empty batch without a frame', () => {
		const { log, frames } = createLog(3);
		log.add([]);
		expect(frames).toEqual([]);
	});
});
