import type { ErrorsText } from '../en/errors.ts';

export const errors: ErrorsText = {
	DEVICE_NOT_FOUND: { what: 'Pemindai ini tidak terpasang', remedy: 'Pasang pemindai itu, atau pilih yang lain.' },
	DEVICE_BUSY: { what: 'Pemindai sedang dipakai', remedy: 'Tunggu sampai pemindaian lain selesai, lalu coba lagi.' },
	DEVICE_DISCONNECTED: { what: 'Pemindai dicabut', remedy: 'Pasang kembali, lalu mulai pemindaian baru.' },
	DEVICE_INIT_FAILED: {
		what: 'Pemindai tidak dapat dibuka',
		remedy:
			'Jika ada alasan di bawah ini, mulailah dari situ. Jika tidak, tutup program lain yang memakai pemindai, cabut pemindai, tunggu beberapa detik, lalu pasang kembali.',
	},
	DEVICE_TIMEOUT: {
		what: 'Pemindai tidak menjawab',
		remedy: 'Coba lagi. Jika terulang, cabut pemindai, lalu pasang kembali.',
	},
	LOW_QUALITY: { what: 'Mutu gambar terlalu rendah', remedy: 'Bersihkan jari dan sensor, lalu pindai lagi.' },
	NO_FINGERPRINT_DETECTED: { what: 'Sidik jari tidak terdeteksi', remedy: 'Letakkan jari mendatar di tengah sensor.' },
	TEMPLATE_EXTRACTION_FAILED: {
		what: 'Bagian sidik jari pada gambar terlalu sedikit',
		remedy: 'Bersihkan sensor, atau gunakan jari lain.',
	},
	MATCH_FAILED: { what: 'Sidik jari tidak dapat diverifikasi', remedy: 'Daftarkan jari itu sekali lagi.' },
	ENROLLMENT_FAILED: {
		what: 'Hasil pindai berasal dari jari yang berbeda',
		remedy: 'Mulai lagi dan gunakan jari yang sama setiap kali.',
	},
	DB_CONNECTION_FAILED: {
		what: 'Folder data tidak dapat dijangkau',
		remedy: 'Pastikan folder itu ada dan diskanya terhubung.',
	},
	DB_QUERY_FAILED: {
		what: 'Berkas tidak dapat dibaca atau ditulis',
		remedy: 'Periksa izin folder data dan sisa ruang pada diskanya.',
	},
	DUPLICATE_ENTRY: { what: 'Ini sudah ada', remedy: 'Pilih nama lain.' },
	RECORD_NOT_FOUND: {
		what: 'Ini sudah tidak ada',
		remedy: 'Mungkin orang lain sudah menghapusnya. Periksa kembali daftarnya.',
	},
	INVALID_API_KEY: { what: 'Kunci atau token tidak sah', remedy: 'Gunakan tautan baru atau token baru.' },
	API_KEY_REVOKED: { what: 'Kunci ini sudah dicabut', remedy: 'Buat kunci baru.' },
	UNAUTHORIZED: { what: 'Ini tidak diizinkan', remedy: 'Masuk kembali.' },
	RATE_LIMIT_EXCEEDED: { what: 'Terlalu banyak percobaan', remedy: 'Tunggu satu menit, lalu coba lagi.' },
	TOKEN_EXPIRED: { what: 'Sesi telah berakhir', remedy: 'Masuk dengan tautan baru atau token baru.' },
	INTERNAL_ERROR: {
		what: 'Terjadi kesalahan internal pada layanan',
		remedy:
			'Coba lagi. Jika terulang, simpan berkas dukungan di bagian Tentang, lalu kirimkan kepada pihak yang membantu Anda.',
	},
	SERVICE_UNAVAILABLE: { what: 'Layanan tidak tersedia', remedy: 'Mulai layanan, atau coba lagi sebentar lagi.' },
	CONFIGURATION_ERROR: {
		what: 'Setelan atau berkas tidak dapat dipakai',
		remedy: 'Perbaiki setelan atau berkas yang disebutkan di sini, lalu coba lagi.',
	},
	BACKUP_FAILED: { what: 'Pencadangan gagal', remedy: 'Periksa izin dan sisa ruang folder tujuan.' },
	UPDATE_FAILED: { what: 'Pembaruan gagal', remedy: 'Pasang versi baru secara manual.' },
	INVALID_JSON: { what: 'Layanan tidak dapat membaca pesan dari jendela ini', remedy: 'Muat ulang jendela ini.' },
	INVALID_MESSAGE: { what: 'Ada nilai yang tidak diizinkan', remedy: 'Perbaiki isian yang disebutkan di sini.' },
	UNKNOWN_MESSAGE_TYPE: {
		what: 'Layanan tidak mengenal tindakan ini',
		remedy: 'Muat ulang jendela ini. Versi layanan mungkin berbeda.',
	},
	SCAN_NOT_FOUND: { what: 'Pemindaian sudah selesai', remedy: 'Mulai pemindaian baru.' },
	ALREADY_AUTHENTICATED: { what: 'Jendela ini sudah masuk', remedy: 'Muat ulang jendela ini.' },
};
