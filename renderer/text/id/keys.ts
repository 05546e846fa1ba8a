import type { KeysText } from '../en/keys.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const keys: KeysText = {
	lead: 'Halaman web memerlukan kunci untuk memakai pemindai',
	create: 'Kunci baru',
	emptyTitle: 'Belum ada kunci',
	emptyHelp:
		'Halaman web mengenalkan diri dengan sebuah kunci. Buat satu kunci untuk setiap halaman, agar Anda dapat mencabutnya tanpa mengganggu yang lain.',
	emptyAction: 'Buat kunci pertama',
	noneValidTitle: 'Tidak ada kunci yang berlaku',
	noneValidHelp:
		'Semua kunci sudah dicabut atau kedaluwarsa, jadi tidak ada halaman yang dapat memindai. Buat kunci baru untuk setiap halaman yang memerlukannya.',
	listLabel: 'Kunci yang berlaku',
	endedLabel: 'Kunci yang dicabut atau kedaluwarsa',
	ended: (count) => plural(count, { other: '# kunci dicabut atau kedaluwarsa' }),
	facts: {
		created: 'Dibuat',
		lastUsed: 'Terakhir dipakai',
		expires: 'Berlaku sampai',
		origins: 'Halaman web',
		permissions: 'Boleh',
	},
	neverUsed: 'belum pernah',
	neverExpires: 'seterusnya',
	anyOrigin: 'semua',
	everything: 'semuanya',
	environments: { live: 'Produksi', test: 'Uji' },
	statuses: { valid: 'Berlaku', expired: 'Kedaluwarsa', revoked: 'Dicabut' },
	permissions: {
		'device:read': { name: 'melihat pemindai', help: 'Pemindai mana yang terpasang dan apa yang sedang dilakukannya.' },
		'fingerprint:scan': { name: 'memindai jari', help: 'Memulai pemindaian dan menerima sidik jarinya.' },
		'fingerprint:verify': {
			name: 'membandingkan jari',
			help: 'Mengetahui apakah jari cocok dengan sidik jari yang dimiliki halaman itu.',
		},
	},
	rotate: 'Ganti',
	revoke: 'Cabut',
	actionOn: (action, name) => `${action} ${name}`,
	form: {
		title: 'Kunci baru',
		submit: 'Buat kunci',
		name: 'Nama',
		nameHint: 'Siapa yang akan memakainya, misalnya “Resepsionis”.',
		environment: 'Pemindai',
		environments: {
			test: { name: 'Uji', help: 'Hanya bekerja dengan pemindai virtual: untuk mencoba-coba.' },
			live: { name: 'Produksi', help: 'Hanya bekerja dengan pemindai sungguhan: untuk pekerjaan sehari-hari.' },
		},
		permissions: 'Yang boleh dilakukan',
		expiry: 'Berlaku',
		expiries: {
			never: 'sampai dicabut',
			day: 'selama 1 hari',
			month: 'selama 30 hari',
			quarter: 'selama 90 hari',
			year: 'selama 1 tahun',
			date: 'sampai akhir hari tertentu…',
		},
		day: 'Hari terakhir',
		origins: 'Hanya untuk halaman web ini',
		originsHint:
			'Satu alamat per baris, misalnya https://app.example. Kosong berarti semua halaman yang sudah Anda izinkan.',
		faults: {
			name: 'Isi nama sepanjang 1 sampai 100 karakter.',
			permissions: 'Pilih paling sedikit satu hal yang boleh dilakukan.',
			expiresAt: 'Pilih hari ini atau hari sesudahnya.',
			origins: 'Tulis setiap alamat seperti https://app.example, tanpa apa pun di belakangnya.',
		},
		wrongOrigin: (origin) =>
			`“${origin}” bukan alamat halaman. Tulis seperti https://app.example, tanpa apa pun di belakangnya.`,
	},
	issued: {
		title: (name) => `Kunci “${name}”`,
		onceTitle: 'Salin kunci ini sekarang',
		onceHelp:
			'Kunci hanya ditampilkan sekali ini: layanan tidak menyimpan salinannya. Jika hilang, ganti kuncinya untuk mendapatkan yang baru.',
		key: 'kunci',
		snippetTitle: 'Halaman yang memakainya',
		snippetHelp:
			'Simpan sebagai berkas di server web pada komputer ini, lalu buka dari sana. Siapa pun yang dapat membaca halaman itu dapat membaca kuncinya.',
		snippet: 'halaman',
		done: 'Sudah saya salin',
	},
	revoking: {
		title: (name) => `Cabut “${name}”?`,
		unused: 'Tidak ada halaman yang sedang terhubung dengannya. Kunci yang dicabut tidak dapat diberlakukan lagi.',
		connected: (count) =>
			plural(count, {
				other:
					'# halaman sedang terhubung dengannya dan akan langsung diputus. Kunci yang dicabut tidak dapat diberlakukan lagi.',
			}),
		done: (name) => `“${name}” sudah dicabut`,
	},
	rotating: {
		title: (name) => `Ganti “${name}”?`,
		unused:
			'Anda mendapat kunci baru dengan nama dan hak yang sama. Kunci lama langsung tidak berlaku; tidak ada halaman yang sedang terhubung dengannya.',
		connected: (count) =>
			plural(count, {
				other:
					'Anda mendapat kunci baru dengan nama dan hak yang sama. Kunci lama langsung tidak berlaku, dan # halaman yang sedang terhubung dengannya akan diputus.',
			}),
	},
};
