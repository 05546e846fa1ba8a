import type { KeysText } from '../en/keys.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('id');

export const keys: KeysText = {
	lead: 'Halaman web dan program memerlukan kunci API untuk memakai pemindai sidik jari',
	create: 'Kunci baru',
	emptyTitle: 'Belum ada kunci',
	emptyHelp:
		'Halaman web mengenalkan diri dengan sebuah kunci. Buat satu kunci untuk setiap halaman, agar Anda dapat mencabutnya tanpa mengganggu yang lain.',
	emptyAction: 'Buat kunci pertama',
	noneValidTitle: 'Tidak ada kunci yang berlaku',
	noneValidHelp:
		'Semua kunci sudah dicabut atau kedaluwarsa, jadi tidak ada halaman yang dapat memindai. Buat kunci baru untuk setiap halaman yang memerlukannya.',
	listLabel: 'Kunci yang berlaku',
	inactiveLabel: 'Kunci yang dicabut atau kedaluwarsa',
	inactive: (count) => plural(count, { other: '# kunci dicabut atau kedaluwarsa' }),
	facts: {
		created: 'Dibuat',
		lastUsed: 'Terakhir dipakai',
		expires: 'Berlaku sampai',
		overlapEnds: 'Sudah diganti, berlaku sampai',
		origins: 'Halaman web',
		permissions: 'Izin',
	},
	neverUsed: 'belum pernah',
	neverExpires: 'seterusnya',
	anyOrigin: 'semua',
	allPermissions: 'semua',
	environments: { live: 'Produksi', test: 'Uji' },
	statuses: { valid: 'Berlaku', expired: 'Kedaluwarsa', revoked: 'Dicabut' },
	permissions: {
		'device:read': { name: 'melihat pemindai', help: 'Pemindai mana yang terpasang dan apa yang sedang dilakukannya.' },
		'fingerprint:scan': { name: 'memindai jari', help: 'Memulai pemindaian dan menerima sidik jarinya.' },
		'fingerprint:verify': {
			name: 'memverifikasi jari',
			help: 'Memeriksa apakah jari cocok dengan sidik jari yang dimiliki halaman itu.',
		},
		'fingerprint:image': {
			name: 'menerima gambar',
			help: 'Menerima gambar jari yang dipindai. Gambar adalah data pribadi: izinkan hanya jika halaman itu memerlukannya.',
		},
	},
	rotate: 'Ganti',
	revoke: 'Cabut',
	endsPredecessors: 'Kunci lama yang digantikannya dan masih berlaku ikut berakhir.',
	actionOn: (action, name) => `${action} ${name}`,
	form: {
		title: 'Kunci baru',
		submit: 'Buat kunci',
		name: 'Nama',
		nameHint: 'Siapa yang akan memakainya, misalnya “Resepsionis”.',
		environment: 'Pemindai',
		environments: {
			test: { name: 'Uji', help: 'Hanya untuk pemindai virtual, untuk uji coba.' },
			live: { name: 'Produksi', help: 'Hanya untuk pemindai sungguhan, untuk pekerjaan sehari-hari.' },
		},
		permissions: 'Izin',
		expiry: 'Berlaku',
		expiries: {
			never: 'sampai dicabut',
			day: 'selama 1 hari',
			month: 'selama 30 hari',
			quarter: 'selama 90 hari',
			year: 'selama 1 tahun',
			date: 'sampai hari tertentu…',
		},
		day: 'Hari terakhir',
		origins: 'Hanya untuk halaman web ini',
		originsHint:
			'Satu alamat per baris, misalnya https://app.example, atau https://*.app.example untuk semua subdomainnya. Kosongkan agar semua halaman yang sudah Anda izinkan dapat memakainya.',
		errors: {
			name: 'Isi nama sepanjang 1 sampai 100 karakter.',
			permissions: 'Pilih paling sedikit satu izin.',
			expiresAt: 'Pilih hari ini atau hari sesudahnya.',
			origins: 'Tulis setiap alamat tanpa jalur, misalnya https://app.example atau https://*.app.example.',
		},
		wrongOrigin: (origin) =>
			`“${origin}” tidak dapat dipakai. Tulis alamat tanpa jalur, misalnya https://app.example, atau https://*.app.example untuk semua subdomainnya; tanda bintang tidak dapat dipakai untuk domain dengan banyak pemilik, seperti com atau github.io.`,
	},
	issued: {
		title: (name) => `Kunci “${name}”`,
		onceTitle: 'Salin kunci ini sekarang',
		onceHelp:
			'Kunci hanya ditampilkan sekali, karena layanan tidak menyimpan salinannya. Jika hilang, ganti kuncinya untuk mendapatkan yang baru.',
		key: 'kunci',
		snippetTitle: 'Contoh halaman',
		snippetHelp:
			'Simpan sebagai berkas di server web pada komputer ini, lalu buka dari sana. Siapa pun yang dapat membaca halaman itu juga dapat membaca kuncinya.',
		snippet: 'contoh halaman',
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
		help: 'Anda mendapat kunci baru dengan nama dan izin yang sama.',
		unused: 'Kunci lama langsung tidak berlaku. Tidak ada halaman yang sedang terhubung dengannya.',
		connected: (count) =>
			plural(count, {
				other: 'Kunci lama langsung tidak berlaku, dan # halaman yang sedang terhubung dengannya akan diputus.',
			}),
		overlapping: 'Kedua kunci berlaku sampai saat itu, agar Anda dapat mengubah halaman satu per satu.',
		overlap: 'Kunci lama',
		overlaps: {
			none: 'langsung tidak berlaku',
			day: 'masih berlaku 1 hari',
			week: 'masih berlaku 7 hari',
			month: 'masih berlaku 30 hari',
		},
	},
};
