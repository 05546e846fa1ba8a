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

/** Creates a viewer with `count` lines and collects the frames that it requests. */
function viewerOf(count: number) {
	const frames: (() => void)[] = [];
	const viewer = new LogViewer((action) => frames.push(action));
	const grow = (to: number, dropped = 0) => viewer.update({ lines: LINES.slice(dropped, to), dropped });
	grow(count);
	return { viewer, frames, grow };
}

const count = ({ shown }: LogViewer) => shown.value.found.length;

describe('LogViewer', () => {
	it('shows all lines without a filter and adds new ones', () => {
		const { viewer, grow } = viewerOf(3);
		expect(count(viewer)).toBe(3);
		grow(5);
		expect([count(viewer), viewer.newer.value]).toEqual([5, 0]);
	});

	it('searches one slice per frame until it is finished', () => {
		const { viewer, frames } = viewerOf(20_000);
		viewer.filter(ERRORS);
		const counts = [count(viewer)];
		for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) {
			frame();
			counts.push(count(viewer));
		}
		expect(counts).toEqual([2_500, 5_000, 7_500, 10_000]);
	});

	it('runs one search while the operator types', () => {
		const { viewer, frames } = viewerOf(20_000);
		for (const text of ['e', 'en', 'entry 19']) viewer.filter({ level: 'debug', text });
		expect(frames).toHaveLength(1);
		for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) frame();
		expect(count(viewer)).toBe(1_111);
	});

	it.each([
		['paused', (viewer: LogViewer) => viewer.pause()],
		['scrolled', (viewer: LogViewer) => viewer.scrolled(false)],
	] as const)('holds its lines while it is %s and counts new ones', (hold, act) => {
		const { viewer, grow } = viewerOf(10);
		act(viewer);
		grow(14, 6);
		expect([viewer.hold.value, count(viewer), viewer.newer.value]).toEqual([hold, 10, 4]);
		viewer.filter(ERRORS);
		expect([count(viewer), viewer.newer.value]).toEqual([5, 2]);
		viewer.release();
		expect([viewer.hold.value, count(viewer), viewer.newer.value]).toEqual(['none', 4, 0]);
	});

	it('continues when the operator scrolls back to the end', () => {
		const { viewer, grow } = viewerOf(10);
		viewer.scrolled(false);
		grow(12);
		viewer.scrolled(true);
		expect([viewer.hold.value, count(viewer)]).toEqual(['none', 12]);
	});

	it('stays paused when the operator scrolls to the end', () => {
		const { viewer, grow } = viewerOf(10);
		viewer.scrolled(false);
		viewer.pause();
		grow(12);
		viewer.scrolled(true);
		expect([viewer.hold.value, count(viewer)]).toEqual(['paused', 10]);
	});
});
