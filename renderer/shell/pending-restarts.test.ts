import { describe, expect, it } from 'vitest';
import { pendingRestarts } from './pending-restarts.ts';

describe('changed settings', () => {
	it('wait for a restart of the service', () => {
		expect(pendingRestarts(['scans.perMinute', 'virtual.enabled'], false)).toEqual({ forService: 2, forProgram: 0 });
	});

	it('of the address wait for the whole program, where that serves the window', () => {
		expect(pendingRestarts(['server.port', 'scans.perMinute'], false)).toEqual({ forService: 1, forProgram: 1 });
	});

	it('of the address wait for the service alone in a desktop app', () => {
		expect(pendingRestarts(['server.host', 'server.port'], true)).toEqual({ forService: 2, forProgram: 0 });
	});
});
