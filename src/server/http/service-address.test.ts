import { describe, expect, it } from 'vitest';
import { serviceAddress } from './service-address.ts';

describe('serviceAddress', () => {
	it.each([
		['localhost', 'localhost:8080'],
		['0.0.0.0', 'localhost:8080'],
		['::', 'localhost:8080'],
		['127.0.0.1', '127.0.0.1:8080'],
		['127.0.0.2', '127.0.0.2:8080'],
		['::1', '[::1]:8080'],
		['kiosk.example', 'kiosk.example:8080'],
	])('for host %s is %s', (host, address) => {
		expect(serviceAddress({ host, port: 8_080 })).toBe(address);
	});
});
