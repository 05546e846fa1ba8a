import type { OriginsText } from '../en/origins.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const origins: OriginsText = {
	lead: 'Halaman web yang terhubung, dan yang boleh terhubung',
	connections: 'Terhubung sekarang',
	page: 'Halaman',
	key: 'Kunci',
	since: 'Terhubung',
	readers: 'Memantau',
	action: 'Tindakan',
	noReaders: 'tanpa pemindai',
	admin: 'Administrator',
	program: 'Program, bukan halaman web',
	disconnect: 'Putuskan',
	disconnectOf: (who) => `Putuskan ${who}`,
	disconnectTitle: (who) => `Putuskan ${who}?`,
	disconnectHelp:
		'Jika sedang menjalankan pemindaian, pemindaian itu langsung berakhir. Halaman atau program ini dapat terhubung lagi. Untuk mencegahnya, blokir asalnya atau cabut kuncinya.',
	disconnected: (who) => `${who} sudah diputuskan`,
	noConnections: 'Tidak ada halaman yang terhubung',
	noConnectionsHelp: 'Buat kunci API, masukkan ke halaman Anda, lalu buka halaman itu di komputer ini.',
	noConnectionsPending: 'Sebuah halaman menunggu keputusan Anda di atas.',
	noConnectionsWithKey: 'Masukkan kunci API ke halaman Anda, lalu buka halaman itu di komputer ini.',
	noConnectionsStopped: 'Halaman hanya dapat terhubung selama layanan berjalan.',
	goToKeys: 'Ke Kunci API',
	pending: 'Menunggu keputusan Anda',
	pendingHelp: 'Asal-asal ini mencoba terhubung dan ditolak. Izinkan hanya asal yang Anda kenal.',
	attempts: (count) => plural(count, { other: 'mencoba # kali' }),
	lastSeen: 'terakhir',
	allow: 'Izinkan',
	block: 'Blokir',
	forget: 'Lupakan',
	allowOf: (origin) => `Izinkan ${origin}`,
	blockOf: (origin) => `Blokir ${origin}`,
	forgetOf: (origin) => `Lupakan keputusan tentang ${origin}`,
	allowed: (origin) => `${origin} sekarang boleh terhubung`,
	blocked: (origin) => `${origin} diblokir`,
	forgotten: (origin) => `Keputusan tentang ${origin} dilupakan`,
	origins: 'Asal halaman',
	originsHelp:
		'Asal adalah skema, host, dan port dari alamat halaman, misalnya https://app.example. Halaman dari komputer ini selalu boleh terhubung. Asal lainnya memerlukan izin Anda.',
	stateAllowed: 'Diizinkan',
	stateBlocked: 'Diblokir',
	noOrigins: 'Belum ada asal yang diizinkan atau diblokir',
	noOriginsHelp:
		'Jika halaman dari asal lain mencoba terhubung, Anda dapat mengizinkan atau memblokir asal itu di sini. Anda juga dapat mengizinkan sebuah asal lebih dahulu.',
	noOriginsPending: 'Izinkan atau blokir asal di atas. Anda juga dapat mengizinkan asal lain lebih dahulu.',
	addOrigin: 'Izinkan sebuah asal',
	originField: 'Asal',
	originHint:
		'Skema, host, dan port tanpa jalur, misalnya https://app.example, atau https://*.app.example untuk semua subdomainnya',
	originWrong:
		'Masukkan alamat tanpa jalur, misalnya https://app.example. https://*.app.example berarti semua subdomainnya; tanda bintang tidak dapat dipakai untuk domain dengan banyak pemilik, seperti com atau github.io.',
};
