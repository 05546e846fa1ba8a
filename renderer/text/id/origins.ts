import type { OriginsText } from '../en/origins.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const origins: OriginsText = {
	lead: 'Halaman web mana yang memakai pemindai, dan mana yang boleh',
	connections: 'Terhubung sekarang',
	page: 'Halaman',
	key: 'Kunci',
	since: 'Terhubung',
	readers: 'Mengikuti',
	action: 'Tindakan',
	noReaders: 'tanpa pemindai',
	admin: 'Administrator',
	program: 'Sebuah program, bukan halaman web',
	disconnect: 'Putuskan',
	disconnectOf: (who) => `Putuskan ${who}`,
	disconnectTitle: (who) => `Putuskan ${who}?`,
	disconnectHelp:
		'Pemindaian yang sedang dijalankannya langsung berakhir. Ia dapat tersambung lagi: untuk menolaknya, blokir asalnya atau cabut kuncinya.',
	disconnected: (who) => `${who} sudah diputuskan`,
	noConnections: 'Tidak ada halaman yang terhubung',
	noConnectionsHelp: 'Buat kunci API, masukkan ke halaman Anda, lalu buka halaman itu di komputer ini.',
	noConnectionsStopped: 'Halaman tersambung selama layanan berjalan.',
	goToKeys: 'Ke Kunci API',
	pending: 'Menunggu keputusan Anda',
	pendingHelp: 'Asal-asal ini mencoba tersambung dan ditolak. Izinkan hanya yang Anda kenal.',
	attempts: (count) => plural(count, { other: 'mencoba # kali' }),
	lastSeen: 'terakhir',
	allow: 'Izinkan',
	block: 'Blokir',
	forget: 'Lupakan',
	allowOf: (origin) => `Izinkan ${origin}`,
	blockOf: (origin) => `Blokir ${origin}`,
	forgetOf: (origin) => `Lupakan keputusan tentang ${origin}`,
	allowed: (origin) => `${origin} sekarang boleh tersambung`,
	blocked: (origin) => `${origin} diblokir`,
	forgotten: (origin) => `Keputusan tentang ${origin} dilupakan`,
	origins: 'Asal halaman',
	originsHelp:
		'Asal adalah tempat halaman berasal: skema, host, dan port, misalnya https://app.example. Halaman dari komputer ini selalu boleh tersambung; asal lainnya memerlukan izin Anda.',
	stateAllowed: 'Diizinkan',
	stateBlocked: 'Diblokir',
	noOrigins: 'Tidak ada asal yang perlu diputuskan',
	noOriginsHelp:
		'Bila halaman dari tempat lain mencoba tersambung, ia menunggu Anda di sini. Anda juga dapat mengizinkannya lebih dahulu.',
	addOrigin: 'Izinkan sebuah asal',
	originField: 'Asal',
	originHint: 'Skema, host, dan port tanpa jalur, misalnya https://app.example',
	originWrong: 'Masukkan alamat yang diawali https:// atau http:// dan tanpa jalur',
};
