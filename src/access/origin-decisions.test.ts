import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { OriginDecisions } from './origin-decisions.ts';

const APP = 'https://app.example';
const DESK = 'https://desk.app.example';
const WILDCARD = 'https://*.app.example';

function decisions(decided: { allowed?: string[]; blocked?: string[] } = {}) {
	const clock = new FakeClock();
	return { clock, origins: new OriginDecisions({ allowed: [], blocked: [], ...decided }, clock) };
}

describe('OriginDecisions', () => {
	it.each([
		['a program without an origin', undefined, {}, true],
		['a page of this computer', 'http://localhost:3000', {}, true],
		['an allowed page in another spelling', 'HTTPS://App.Example:443', { allowed: [APP] }, true],
		['a page without a decision', APP, {}, false],
		['a page that is blocked', APP, { blocked: [APP] }, false],
		['a page that is both allowed and blocked', APP, { allowed: [APP], blocked: [APP] }, false],
		['a page that an allowed wildcard covers', 'https://desk.app.example', { allowed: [WILDCARD] }, true],
		['the host of an allowed wildcard', APP, { allowed: [WILDCARD] }, false],
		['a page that is allowed and covered by a blocked wildcard', DESK, { allowed: [DESK], blocked: [WILDCARD] }, false],
		[
			'a page that is blocked and covered by an allowed wildcard',
			DESK,
			{ allowed: [WILDCARD], blocked: [DESK] },
			false,
		],
		['a header with a wildcard', WILDCARD, { allowed: [WILDCARD] }, false],
		['a blocked page of this computer', 'http://localhost:3000', { blocked: ['http://localhost:3000'] }, false],
		['a sandboxed frame', 'null', { allowed: [APP] }, false],
	])('for %s', (_who, origin, decided, isAllowed) => {
		expect(decisions(decided).origins.isAllowed(origin)).toBe(isAllowed);
	});

	it('keeps refused origins with count and time, latest first', () => {
		const { origins, clock } = decisions();
		const changed = vi.fn();
		origins.on('changed', changed);
		origins.noteRefused(APP);
		origins.noteRefused('https://other.example');
		clock.advance(5);
		origins.noteRefused('https://APP.example');
		expect(origins.pending).toEqual([
			{ origin: APP, lastSeenAt: clock.now(), attempts: 2 },
			{ origin: 'https://other.example', lastSeenAt: clock.now() - 5, attempts: 1 },
		]);
		expect(changed).toHaveBeenCalledTimes(3);
	});

	it('removes a pending origin once it is decided, and does not add a blocked one again', () => {
		const { origins } = decisions();
		origins.noteRefused(APP);
		origins.apply({ allowed: [], blocked: [APP] });
		origins.noteRefused(APP);
		expect(origins.pending).toEqual([]);
		expect(origins.blocked).toEqual([APP]);
	});

	it.each(['null', '', 'no origin', 'javascript:alert(1)'])('does not keep %j', (text) => {
		const { origins } = decisions();
		origins.noteRefused(text);
		expect(origins.pending).toEqual([]);
	});

	it('keeps at most twenty pending origins', () => {
		const { origins } = decisions();
		for (let site = 1; site <= 25; site++) origins.noteRefused(`https://site-${site}.example`);
		expect(origins.pending).toHaveLength(20);
		expect(origins.pending[0]?.origin).toBe('https://site-25.example');
	});

	it('keeps no origin pending that a wildcard covers', () => {
		const { origins } = decisions();
		origins.noteRefused(DESK);
		origins.noteRefused(APP);
		origins.apply({ allowed: [WILDCARD], blocked: [] });
		expect(origins.pending.map(({ origin }) => origin)).toEqual([APP]);
		origins.apply({ allowed: [], blocked: [WILDCARD] });
		origins.noteRefused(DESK);
		expect(origins.pending.map(({ origin }) => origin)).toEqual([APP]);
	});
});
