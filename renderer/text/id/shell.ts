import type { ShellText } from '../en/shell.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const shell: ShellText = {
	skipToContent: 'Langsung ke isi',
	navigation: 'Tampilan',
	views: {
		overview: 'Ringkasan',
		trial: 'Coba pindai',
		keys: 'Kunci API',
		origins: 'Halaman web',
		logs: 'Log',
		settings: 'Setelan',
		about: 'Tentang',
	},
	service: 'Layanan',
	serviceState: 'Keadaan layanan',
	phases: {
		stopped: 'Berhenti',
		starting: 'Sedang dimulai',
		running: 'Berjalan',
		stopping: 'Sedang dihentikan',
		failed: 'Gagal dimulai',
	},
	start: 'Mulai',
	stop: 'Hentikan',
	restart: 'Mulai ulang',
	startService: 'Mulai layanan',
	stopService: 'Hentikan layanan',
	restartService: 'Mulai ulang layanan',
	serviceStopped: 'Layanan sedang berhenti',
	serviceStoppedHelp: 'Halaman web tidak dapat memindai sidik jari sampai layanan berjalan lagi.',
	restartNeeded: (count) => plural(count, { other: '# setelan yang diubah berlaku setelah layanan dimulai ulang' }),
	restartNeededHelp:
		'Sampai saat itu layanan memakai nilai yang lama. Halaman yang terhubung akan terhubung kembali secara otomatis.',
	programRestartNeeded: 'Alamat yang diubah berlaku setelah program dijalankan ulang',
	programRestartNeededHelp:
		'Sampai saat itu jendela ini memakai alamat yang lama. Hentikan `fingerprint-service serve`, lalu jalankan lagi.',
	notConnected: 'Tidak terhubung',
	linkLost: 'Koneksi ke layanan terputus',
	linkLostHelp: 'Jendela ini terus mencoba terhubung. Perubahan yang belum Anda simpan tetap ada.',
	unknownState: 'Belum diketahui sampai jendela terhubung lagi.',
	callLostHelp: 'Tunggu sampai jendela terhubung lagi, lalu periksa apakah perubahannya sudah dilakukan.',
	retryNow: 'Coba sekarang',
	unreachable: 'Layanan tidak menjawab',
	unreachableHelp:
		'Jalankan layanan, misalnya dengan perintah ini. Jendela terhubung secara otomatis begitu layanan berjalan.',
	command: 'perintah',
	viewFailed: 'Tampilan ini tidak dapat ditunjukkan',
	viewFailedHelp: 'Muat ulang jendela ini. Layanannya sendiri tidak terpengaruh.',
	reload: 'Muat ulang',
	connecting: 'Menghubungkan ke layanan…',
	locked: 'Masuk',
	lockedHelp: 'Jendela ini menampilkan kunci dan setelan, jadi hanya terbuka untuk operator komputer ini.',
	lockedHow:
		'Jalankan perintah ini di terminal pada komputer tempat layanan berjalan, lalu tempel token yang dicetaknya:',
	lockedLink: 'Atau buka tautan yang dicetak layanan saat dimulai. Setiap tautan hanya berlaku sekali.',
	token: 'Token admin',
	tokenHint: 'Berlaku 30 menit; jendela ini memperbaruinya selama terbuka.',
	tokenMissing: 'Tempel token terlebih dahulu',
	unlock: 'Masuk',
	ticketRefused: 'Tautan ini sudah dipakai atau sudah kedaluwarsa',
	tokenRefused: 'Token tidak diterima',
	tokenExpired: 'Sesi Anda telah berakhir',
};
