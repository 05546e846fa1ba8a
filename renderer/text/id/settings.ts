import type { SettingsText } from '../en/settings.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const settings: SettingsText = {
	lead: 'Cara kerja layanan dan jendela ini',
	sections: {
		window: 'Jendela',
		desktop: 'Aplikasi desktop',
		server: 'Sambungan',
		scans: 'Pemindaian',
		virtual: 'Pemindai virtual',
		log: 'Log',
		hid: 'Pemindai USB',
		zkfinger: 'Pemindai ZKTeco',
	},
	fields: {
		'window.language': { label: 'Bahasa', help: 'Untuk jendela ini dan ikon baki' },
		'window.theme': { label: 'Tampilan', help: 'Terang, gelap, atau mengikuti komputer ini' },
		'desktop.startAtLogin': { label: 'Mulai saat masuk', help: 'Dimulai di baki sistem ketika Anda masuk' },
		'server.host': {
			label: 'Mendengarkan di',
			help: 'localhost hanya melayani komputer ini, dan itulah pilihan yang aman',
		},
		'server.port': { label: 'Port', help: 'Tempat halaman web tersambung; 0 memakai port mana pun yang bebas' },
		'server.allowedHosts': {
			label: 'Nama lain komputer ini',
			help: 'Nama selain localhost yang boleh dipakai untuk menjangkau layanan',
		},
		'server.allowedOrigins': {
			label: 'Asal yang diizinkan',
			help: 'Halaman dari sana boleh tersambung; lihat juga Halaman web',
		},
		'server.blockedOrigins': { label: 'Asal yang diblokir', help: 'Halaman dari sana ditolak tanpa bertanya' },
		'server.maxConnections': { label: 'Sambungan terbanyak', help: 'Berapa klien yang boleh terhubung bersamaan' },
		'server.maxUnauthenticated': {
			label: 'Sambungan tanpa kunci terbanyak',
			help: 'Berapa di antaranya yang boleh belum menunjukkan kunci',
		},
		'server.authTimeoutMs': {
			label: 'Waktu menunjukkan kunci',
			help: 'Berapa lama sambungan baru boleh belum menunjukkan kunci',
		},
		'server.pingIntervalMs': { label: 'Detak', help: 'Seberapa sering setiap klien dikirimi ping' },
		'server.pongTimeoutMs': {
			label: 'Batas klien yang diam',
			help: 'Berapa lama klien boleh diam setelah sebuah ping',
		},
		'scans.perMinute': { label: 'Pemindaian per menit', help: 'Paling banyak pada satu pemindai nyata' },
		'virtual.enabled': {
			label: 'Sediakan pemindai virtual',
			help: 'Dua pemindai yang menggambar sidik jari, untuk kunci uji',
		},
		'virtual.autoTouch': {
			label: 'Menyentuh sendiri',
			help: 'Pemindai virtual menyentuh dan mengangkat tanpa pesan',
		},
		'virtual.touchDelayMs': {
			label: 'Jeda sentuhan',
			help: 'Berapa lama setelah pemindaian dimulai sentuhan terjadi',
		},
		'hid.enabled': { label: 'Cari modul USB', help: 'Modul sidik jari di balik jembatan HID' },
		'hid.readers': {
			label: 'Modul USB yang dikenal',
			help: 'Perangkat HID yang pasti pemindai, atau pasti bukan, selain yang ditemukan sendiri',
		},
		'zkfinger.enabled': { label: 'Cari pemindai ZKTeco', help: 'Seperti SLK20R; memerlukan ZKFinger SDK' },
		'zkfinger.libraryPath': {
			label: 'Pustaka ZKFinger',
			help: 'Lokasi libzkfp, bila tidak berada di tempat pustaka sistem',
		},
		'log.level': { label: 'Tingkat', help: 'Tingkat paling ringan yang dicatat' },
	},
	choices: {
		'window.language': { system: 'Mengikuti komputer', en: 'English', id: 'Bahasa Indonesia' },
		'window.theme': { system: 'Mengikuti komputer', light: 'Terang', dark: 'Gelap' },
		'log.level': { error: 'Kesalahan', warn: 'Peringatan', info: 'Informasi', debug: 'Semuanya (debug)' },
	},
	milliseconds: 'md',
	range: (min, max) => `Dari ${min} sampai ${max}`,
	listHint: 'Satu entri per baris',
	byEnvironment: (variable) => `Diatur oleh variabel lingkungan ${variable}; hanya dapat diubah di sana.`,
	byFlag: 'Diatur pada baris perintah; hanya dapat diubah di sana.',
	takesEffectAfterRestart: 'Berlaku setelah layanan dimulai ulang',
	changed: 'Belum disimpan',
	resetOf: (label, value) => `Kembalikan ${label} ke nilai bawaan, ${value}`,
	reset: (value) => `Kembalikan ke bawaan (${value})`,
	unsaved: (count) => plural(count, { other: '# perubahan belum disimpan' }),
	save: 'Simpan perubahan',
	discard: 'Buang',
	saved: 'Setelan tersimpan',
	numberBetween: (min, max) => `Masukkan bilangan bulat dari ${min} sampai ${max}`,
	file: 'Setelan ini disimpan di',
	fileName: 'lokasi berkas setelan',
	unreadable: 'Setelan tidak dapat dibaca',
	unreadableHelp: 'Perbaiki atau hapus berkasnya, lalu mulai lagi layanannya. Berkas yang rusak tidak pernah ditimpa.',
	emptyValue: 'kosong',
};
