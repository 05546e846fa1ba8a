import { describe, expect, it } from 'vitest';
import { hrefOf, ROUTES, routeOf } from './router.ts';

describe('the address of a view', () => {
	it.each(ROUTES)('leads to %s and nowhere else', (route) => {
		expect(routeOf(hrefOf(route))).toBe(route);
	});

	it.each(['', '#', '#/', '#/nowhere', '#keys', '#/keys/'])('leads to the overview for %j', (hash) => {
		expect(routeOf(hash)).toBe('overview');
	});
});
