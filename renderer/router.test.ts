import { describe, expect, it } from 'vitest';
import { hrefOf, ROUTES, routeOf } from './router.ts';

describe('the URL fragment of a view', () => {
	it.each(ROUTES)('selects %s and no other view', (route) => {
		expect(routeOf(hrefOf(route))).toBe(route);
	});

	it.each(['', '#', '#/', '#/nowhere', '#keys', '#/keys/'])('selects the overview for %j', (hash) => {
		expect(routeOf(hash)).toBe('overview');
	});
});
