import { describe, expect, it } from 'vitest';
import type { KeyView } from '../../src/operator/contract.ts';
import { countConnections, groupKeys, listPredecessors } from './key-groups.ts';

function key(id: string, status: KeyView['status']): KeyView {
	return {
		id,
		name: id,
		environment: 'test',
		status,
		permissions: ['device:read'],
		createdAt: '2026-01-01T00:00:00.000Z',
	};
}

const NOW = Date.parse('2026-06-01T00:00:00.000Z');

describe('groupKeys', () => {
	it('separates valid from inactive keys, latest first', () => {
		const keys = [key('a', 'valid'), key('b', 'revoked'), key('c', 'expired'), key('d', 'valid')];
		const { valid, inactive } = groupKeys(keys, NOW);
		expect([valid, inactive].map((group) => group.map(({ id }) => id))).toEqual([
			['d', 'a'],
			['c', 'b'],
		]);
	});

	it('checks the expiry against the current time', () => {
		const keys = [
			{ ...key('a', 'valid'), expiresAt: '2026-06-01T00:00:00.000Z' },
			{ ...key('b', 'valid'), expiresAt: '2026-06-01T00:00:00.001Z' },
			{ ...key('c', 'revoked'), expiresAt: '2026-05-01T00:00:00.000Z' },
		];
		const { valid, inactive } = groupKeys(keys, NOW);
		expect(valid.map(({ id }) => id)).toEqual(['b']);
		expect(inactive.map(({ id, status }) => `${id} ${status}`)).toEqual(['c revoked', 'a expired']);
	});

	it('counts the connections of each key', () => {
		const facts = { name: 'Front desk', since: 0, readers: [] };
		const connections = [
			{ ...facts, id: '1', keyId: 'a' },
			{ ...facts, id: '2', keyId: 'b' },
			{ ...facts, id: '3', keyId: 'a' },
			{ ...facts, id: '4' },
		];
		expect([['a'], ['b'], ['c'], ['a', 'b']].map((ids) => countConnections(ids, connections))).toEqual([2, 1, 0, 3]);
		expect(countConnections(['a'])).toBe(0);
	});

	it('lists the keys that a key has replaced and that are not revoked', () => {
		const keys = [
			{ ...key('a', 'valid'), replacedBy: 'b' },
			{ ...key('b', 'valid'), replacedBy: 'd' },
			{ ...key('c', 'revoked'), replacedBy: 'd', revokedAt: '2026-01-01T00:00:00.000Z' },
			key('d', 'valid'),
		];
		expect(listPredecessors('d', keys)).toEqual(['b', 'a']);
		expect(listPredecessors('a', keys)).toEqual([]);
	});
});
