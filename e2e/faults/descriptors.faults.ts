import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';
import { createApiKey } from '../support/command.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { RunningService } from '../support/running-service.ts';

/* A service that may open no more files and sockets. */

/** Descriptors that the service may open in addition to those that it has. */
const SPARE = 4;
const CONNECTIONS = 40;

const [prlimit] = findOnPath(['prlimit']);

async function connectTo(port: number): Promise<Socket> {
	const socket = connect({ host: '127.0.0.1', port });
	socket.on('error', () => {});
	await once(socket, 'connect');
	return socket;
}

it('keeps its clients while it has no descriptors left, and accepts new ones once it has', async ({ skip }) => {
	if (prlimit === undefined) return skip('prlimit is not installed');
	const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-descriptors-'));
	onTestFinished(() => rm(dataDir, { recursive: true }));
	const apiKey = await createApiKey(dataDir, '--test');
	const service = await RunningService.start({ dataDir });
	const client = await ProtocolClient.connect(service.url, { apiKey });
	await client.next('device:connected');

	const open = (await readdir(`/proc/${service.pid}/fd`)).length;
	execFileSync(prlimit, ['--pid', String(service.pid), `--nofile=${open + SPARE}:`]);
	const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => connectTo(service.port)));
	expect(await client.ask({ type: 'ping' }, 'pong')).toMatchObject({ type: 'pong' });
	expect(await client.ask({ type: 'devices:list' }, 'devices')).toMatchObject({ type: 'devices' });

	for (const socket of sockets) socket.destroy();
	const later = await ProtocolClient.connect(service.url, { apiKey });
	const { device } = await later.next('device:connected');
	later.send({ type: 'scan:start', deviceId: (device as { id: string }).id });
	await later.next('scan:started');
	for (const one of [client, later]) one.close();
	expect(await service.stop()).toEqual({ code: 0, signal: null });
});
