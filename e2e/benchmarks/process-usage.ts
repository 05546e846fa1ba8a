import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Returns the resident memory of a process, MB; Linux only. */
export function residentMegabytes(pid: number): number {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1_024;
}

/** Returns how much of one core a process uses during that time, per cent; Linux only. */
export async function coreShare(pid: number, durationMs: number): Promise<number> {
	const before = cpuTicks(pid);
	await wait(durationMs);
	const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
	return (100 * (cpuTicks(pid) - before)) / ticksPerSecond / (durationMs / 1_000);
}

/** Returns user and system time of all threads: fields 14 and 15 of proc(5), counted after the name, which may contain spaces. */
function cpuTicks(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return Number(fields[11]) + Number(fields[12]);
}
