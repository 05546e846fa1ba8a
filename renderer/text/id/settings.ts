import { languageNames, type SettingsText } from '../en/settings.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const settings: SettingsText = {
	lead: 'Cara kerja layanan dan jendela ini',
	groups: {
		window: 'Jendela',
		desktop: 'Aplikasi desktop',
		connections: 'Koneksi',
		scans: 'Pemindaian',
		'virtual-readers': 'Pemindai virtual',
		readers: 'Pemindai USB',
		log: 'Log',
	},
	fields: {
		'window.language': { label: 'Bahasa', help: 'Bahasa jendela ini dan ikon baki' },
		'window.theme': { label: 'Tampilan', help: 'Terang, gelap, atau sama dengan komputer ini' },
		'desktop.startAtLogin': { label: 'Mulai saat masuk', help: 'Mulai di baki sistem ketika Anda masuk' },
		'server.host': { label: 'Alamat layanan', help: 'localhost aman: hanya komputer ini yang dapat terhubung' },
		'server.port': { label: 'Port', help: 'Port tujuan halaman web; 0 memilih port bebas mana pun' },
		'server.allowedHosts': { label: 'Nama host tambahan', help: 'Nama yang boleh dipakai klien untuk komputer ini' },
		'server.allowedOrigins': {
			label: 'Asal yang diizinkan',
			help: 'Halaman yang boleh terhubung; lihat juga Halaman web',
		},
		'server.blockedOrigins': { label: 'Asal yang diblokir', help: 'Halaman yang ditolak tanpa menanyai Anda' },
		'server.maxConnections': { label: 'Jumlah koneksi maksimum', help: 'Klien yang terhubung bersamaan' },
		'server.maxUnauthenticated': { label: 'Koneksi tanpa autentikasi', help: 'Jumlah maksimum yang bersamaan' },
		'server.authTimeoutMs': { label: 'Batas waktu autentikasi', help: 'Waktu bagi koneksi baru untuk autentikasi' },
		'server.pingIntervalMs': { label: 'Jarak antar-ping', help: 'Waktu antara dua ping ke klien yang sama' },
		'server.pongTimeoutMs': { label: 'Batas waktu ping', help: 'Waktu bagi klien untuk menjawab ping' },
		'scans.perMinute': { label: 'Pemindaian per menit', help: 'Jumlah maksimum pada setiap pemindai fisik' },
		'virtual.enabled': {
			label: 'Sediakan pemindai virtual',
			help: 'Dua pemindai simulasi yang terlihat oleh kunci uji',
		},
		'virtual.autoTouch': { label: 'Sentuh otomatis', help: 'Jari simulasi menyentuh pemindai pada setiap pemindaian' },
		'virtual.touchDelayMs': { label: 'Jeda sentuhan', help: 'Waktu dari awal pemindaian sampai sentuhan otomatis' },
		'hid.enabled': { label: 'Cari modul USB', help: 'Modul sidik jari di balik jembatan HID' },
		'hid.readers': {
			label: 'Modul USB yang dikenal',
			help: 'Perangkat HID yang dibuka sebagai pemindai atau diabaikan, selain yang dikenali otomatis',
		},
		'zkfinger.enabled': { label: 'Cari pemindai ZKTeco', help: 'Pemindai seperti SLK20R; memerlukan ZKFinger SDK' },
		'zkfinger.libraryPath': { label: 'Pustaka ZKFinger', help: 'Lokasi libzkfp, jika sistem tidak menemukannya' },
		'log.level': { label: 'Tingkat', help: 'Tingkat keparahan minimum pesan yang dicatat' },
	},
	choices: {
		'window.language': { system: 'Sama dengan komputer ini', ...languageNames },
		'window.theme': { system: 'Sama dengan komputer ini', light: 'Terang', dark: 'Gelap' },
		'log.level': { error: 'Kesalahan', warn: 'Peringatan', info: 'Informasi', debug: 'Semuanya (debug)' },
	},
	milliseconds: 'md',
	range: (min, max) => `Dari ${min} sampai ${max}`,
	listHint: 'Satu entri per baris',
	byEnvironment: (variable) => `Diatur oleh variabel lingkungan ${variable} dan hanya dapat diubah di sana.`,
	byFlag: 'Diatur pada baris perintah dan hanya dapat diubah di sana.',
	takesEffect: {
		immediately: 'Langsung berlaku',
		'service-start': 'Berlaku setelah layanan dimulai ulang',
		'program-start': 'Berlaku setelah program dijalankan ulang',
	},
	changed: 'Belum disimpan',
	resetOf: (label, value) => `Kembalikan ${label} ke nilai bawaan, ${value}`,
	reset: (value) => `Kembalikan ke bawaan (${value})`,
	unsaved: (count) => plural(count, { other: '# perubahan belum disimpan' }),
	save: 'Simpan perubahan',
	discard: 'Buang',
	saved: 'Setelan disimpan',
	numberBetween: (min, max) => `Masukkan bilangan bulat dari ${min} sampai ${max}`,
	file: 'Setelan ini disimpan di',
	fileName: 'lokasi berkas setelan',
	unreadable: 'Setelan tidak dapat dibaca',
	unreadableHelp:
		'Perbaiki atau hapus berkasnya, lalu mulai ulang layanan. Layanan tidak pernah menimpa berkas yang rusak.',
	emptyValue: 'kosong',
};
