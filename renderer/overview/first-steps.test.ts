import { describe, expect, it } from 'vitest';
import type { ConnectionView, KeyView, ReaderView } from '../../src/operator/contract.ts';
import { completedSteps, parseSteps, type SetupState } from './first-steps.ts';

const KEY: KeyView = {
	id: 'key-abc12345',
	name: 'Front desk',
	environment: 'test',
	status: 'valid',
	permissions: ['device:read'],
	createdAt: '2026-01-01T00:00:00.000Z',
};
const READER: ReaderView = {
	id: 'device-001',
	model: 'Virtual',
	serialNumber: '1',
	firmwareVersion: '1.0',
	driver: 'virtual',
	isVirtual: true,
	status: 'idle',
};
const CONNECTION: ConnectionView = { id: '1', name: 'Front desk', since: 0, readers: [] };
const NOTHING: SetupState = { keys: [], readers: [], connections: [] };

describe('the completed first steps', () => {
	it.each<[string, Partial<SetupState>, string[]]>([
		['nothing', {}, []],
		['a reader that was never used', { readers: [READER] }, []],
		['a real reader', { readers: [{ ...READER, isVirtual: false }] }, ['reader']],
		['a real reader that is out of order', { readers: [{ ...READER, isVirtual: false, status: 'error' }] }, []],
		['a used reader', { readers: [{ ...READER, lastActivityAt: 1 }] }, ['trial']],
		['a key', { keys: [KEY] }, ['key']],
		['a revoked key', { keys: [{ ...KEY, status: 'revoked' }] }, ['key']],
		['a used key', { keys: [{ ...KEY, lastUsedAt: KEY.createdAt }] }, ['key', 'page']],
		['an admin alone', { connections: [CONNECTION] }, []],
		['a page', { connections: [{ ...CONNECTION, keyId: KEY.id }] }, ['page']],
	])('are counted with %s', (_, evidence, done) => {
		expect([...completedSteps({ ...NOTHING, ...evidence }, new Set())]).toEqual(done);
	});

	it('stay completed, in order', () => {
		expect([...completedSteps({ ...NOTHING, keys: [KEY] }, new Set(['page']))]).toEqual(['key', 'page']);
	});

	it('are parsed from the stored text', () => {
		expect([...parseSteps('page key dance')]).toEqual(['key', 'page']);
		expect([...parseSteps(null)]).toEqual([]);
	});
});
