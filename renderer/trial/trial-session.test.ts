import { describe, expect, it } from 'vitest';
import { type OperatorApi, OperatorFailure, type OperatorProblem } from '../../src/operator/contract.ts';
import { SAMPLE_PROBLEM, SAMPLE_SCAN } from './testing/sample-scan.ts';
import { TrialSession } from './trial-session.ts';

const scan = SAMPLE_SCAN;
const busy = SAMPLE_PROBLEM;
const stopped: OperatorProblem = {
	error: 'SERVICE_UNAVAILABLE',
	code: 5002,
	message: 'The scan was stopped',
	retryable: true,
	details: { reason: 'stopped' },
};

/** Creates a session that records its calls; the test replies to each. */
function openSession() {
	const calls: {
		operation: string;
		input: unknown;
		answer: (result: unknown) => void;
		fail: (p: OperatorProblem) => void;
	}[] = [];
	const operator = {
		call: (operation: string, input: unknown) =>
			new Promise((resolve, reject) => {
				calls.push({ operation, input, answer: resolve, fail: (problem) => reject(new OperatorFailure(problem)) });
			}),
	};
	return { session: new TrialSession(operator as Pick<OperatorApi, 'call'>), calls };
}

describe('a trial session', () => {
	it('requests a scan on the reader and shows the result', async () => {
		const { session, calls } = openSession();
		const started = session.start('device-001');
		expect(session.state.value).toMatchObject({ phase: 'waiting', deviceId: 'device-001' });
		expect(calls).toMatchObject([{ operation: 'trial:scan', input: { deviceId: 'device-001' } }]);
		calls[0]?.answer(scan);
		await started;
		expect(session.state.value).toEqual({ phase: 'shown', scan });
	});

	it('reports why a scan failed and can scan again', async () => {
		const { session, calls } = openSession();
		const first = session.start('device-001');
		calls[0]?.fail(busy);
		await first;
		expect(session.state.value).toEqual({ phase: 'failed', problem: busy });
		const second = session.start('device-001');
		calls[1]?.answer(scan);
		await second;
		expect(session.state.value).toEqual({ phase: 'shown', scan });
	});

	it('requests one scan when start is pressed twice', () => {
		const { session, calls } = openSession();
		void session.start('device-001');
		void session.start('device-001');
		expect(calls).toHaveLength(1);
	});

	it('is ready again once the service has stopped the scan', async () => {
		const { session, calls } = openSession();
		const started = session.start('device-001');
		const stopping = session.stop();
		expect([calls[1]?.operation, session.state.value.phase]).toEqual(['trial:stop', 'waiting']);
		calls[0]?.fail(stopped);
		calls[1]?.answer(null);
		await Promise.all([started, stopping]);
		expect(session.state.value).toEqual({ phase: 'ready' });
	});

	it('requests no stop when no scan is in progress', async () => {
		const { session, calls } = openSession();
		await session.stop();
		await session.close();
		expect(calls).toEqual([]);
	});

	it('reports that a scan cannot be stopped', async () => {
		const { session, calls } = openSession();
		void session.start('device-001');
		const stopping = session.stop();
		calls[1]?.fail(busy);
		await stopping;
		expect(session.state.value).toEqual({ phase: 'failed', problem: busy });
	});

	it('fails as soon as the reader disappears from the list', async () => {
		const { session, calls } = openSession();
		const started = session.start('device-001');
		session.followReaders(['device-002']);
		expect(session.state.value).toMatchObject({ phase: 'failed', problem: { error: 'DEVICE_DISCONNECTED' } });
		calls[0]?.fail(busy);
		await started;
		expect(session.state.value).toMatchObject({ problem: { error: 'DEVICE_DISCONNECTED' } });
	});

	it('ignores a late reply to an earlier scan', async () => {
		const { session, calls } = openSession();
		const first = session.start('device-001');
		session.followReaders([]);
		void session.start('device-001');
		calls[0]?.answer(scan);
		await first;
		expect(session.state.value).toEqual({ phase: 'waiting', deviceId: 'device-001', attempt: 2 });
	});

	it('stops the scan and discards the image when it is closed', async () => {
		const { session, calls } = openSession();
		const started = session.start('device-001');
		void session.close();
		expect([calls[1]?.operation, session.state.value.phase]).toEqual(['trial:stop', 'ready']);
		calls[0]?.answer(scan);
		await started;
		expect(session.state.value).toEqual({ phase: 'ready' });
	});
});
