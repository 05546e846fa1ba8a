import { describe, expect, it } from 'vitest';
import type { LogLineView } from '../../src/operator/contract.ts';
import { LogViewer } from './log-viewer.ts';

const LINES: readonly LogLineView[] = Array.from({ length: 20_000 }, (_, i) => ({
	sequence: i + 1,
	timestamp: '2026-01-01T00:00:00.000Z',
	level: i % 2 === 0 ? 'info' : 'error',
	name: 'Test',
	message: `entry ${i}`,
}));

const ERRORS = { level: 'error', text: '' } as const;

/** A viewer that was given this many lines, and the frames it waits for. */
function viewerOf(count: number) {
	const frames: (() => void)[] = [];
	const viewer = new LogViewer((action) => frames.push(action));
	const grow = (to: number, dropped = 0) => viewer.update({ lines: LINES.slice(dropped, to), dropped });
	grow(count);
	return { viewer, frames, grow };
}

const count = ({ shown }: LogViewer) => shown.value.found.length;

describe('the viewer of the log', () => {
	it('shows every line at first, and new ones as they come', () => {
		const { viewer, grow } = viewerOf(3);
		expect(count(viewer)).toBe(3);
		grow(5);
		expect([count(viewer), viewer.newer.value]).toEqual([5, 0]);
	});

	it('searches a slice for each frame until it is through, and then rests', () => {
		const { viewer, frames } = viewerOf(20_000);
		viewer.filter(ERRORS);
		const counts = [count(viewer)];
		for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) {
			frame();
			counts.push(count(viewer));
		}
		expect(counts).toEqual([2_500, 5_000, 7_500, 10_000]);
	});

	it('searches once, however fast the operator types', () => {
		const { viewer, frames } = viewerOf(20_000);
		for (const text of ['e', 'en', 'entry 19']) viewer.filter({ level: 'debug', text });
		expect(frames).toHaveLength(1);
		for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) frame();
		expect(count(viewer)).toBe(1_111);
	});

	it.each([
		['paused', (viewer: LogViewer) => viewer.pause()],
		['scrolled', (viewer: LogViewer) => viewer.scrolled(false)],
	] as const)('holds what it shows while it is %s, and counts what comes', (hold, act) => {
		const { viewer, grow } = viewerOf(10);
		act(viewer);
		grow(14, 6);
		expect([viewer.hold.value, count(viewer), viewer.newer.value]).toEqual([hold, 10, 4]);
		viewer.filter(ERRORS);
		expect([count(viewer), viewer.newer.value]).toEqual([5, 2]);
		viewer.release();
		expect([viewer.hold.value, count(viewer), viewer.newer.value]).toEqual(['none', 4, 0]);
	});

	it('goes on when the operator has scrolled back to the end', () => {
		const { viewer, grow } = viewerOf(10);
		viewer.scrolled(false);
		grow(12);
		viewer.scrolled(true);
		expect([viewer.hold.value, count(viewer)]).toEqual(['none', 12]);
	});

	it('stays paused wherever the operator scrolls', () => {
		const { viewer, grow } = viewerOf(10);
		viewer.scrolled(false);
		viewer.pause();
		grow(12);
		viewer.scrolled(true);
		expect([viewer.hold.value, count(viewer)]).toEqual(['paused', 10]);
	});
});
