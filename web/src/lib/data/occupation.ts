import type { Sector } from '../api';

/** Occupations of people who work on their own account, as they are called at a stall. */
export interface Occupation { id: string; en: string; sector: Sector; also?: string }

type Row = [id: string, en: string, also?: string];

const transport: Row[] = [
  ['Ojek pangkalan', 'Motorcycle taxi rider', 'ojek motor'],
  ['Ojek daring', 'App-based motorcycle rider', 'ojol gojek grab online'],
  ['Kurir paket', 'Parcel courier', 'kurir antar delivery'],
  ['Sopir angkot', 'Minibus driver', 'angkutan kota pengemudi supir'],
  ['Sopir taksi', 'Taxi driver', 'pengemudi supir taxi'],
  ['Sopir truk', 'Truck driver', 'pengemudi supir truck ekspedisi'],
  ['Sopir travel', 'Intercity car driver', 'pengemudi supir'],
  ['Sopir bus', 'Bus driver', 'pengemudi supir'],
  ['Kernet', 'Driver’s mate', 'kondektur kenek'],
  ['Tukang becak', 'Pedicab driver', 'becak'],
  ['Bentor', 'Motor pedicab driver', 'becak motor'],
  ['Kusir delman', 'Horse-cart driver', 'andong dokar'],
  ['Pengemudi perahu', 'Passenger-boat driver', 'ketek speedboat penyeberangan']
];

const other: Row[] = [
  ['Pedagang sayur', 'Vegetable seller', 'jual sayuran'],
  ['Pedagang buah', 'Fruit seller', 'jual'],
  ['Pedagang ikan', 'Fish seller', 'penjual jual'],
  ['Pedagang ayam', 'Poultry seller', 'penjual potong'],
  ['Pedagang daging', 'Butcher', 'jagal sapi'],
  ['Pedagang bumbu', 'Spice seller', 'rempah'],
  ['Pedagang beras', 'Rice seller', 'sembako'],
  ['Pedagang pakaian', 'Clothes seller', 'baju'],
  ['Pedagang kelontong', 'General-goods seller', 'warung toko'],
  ['Pedagang asongan', 'Hawker', 'keliling'],
  ['Pedagang keliling', 'Travelling seller', 'keliling'],
  ['Pedagang kaki lima', 'Street seller', 'pkl'],
  ['Pedagang daring', 'Online seller', 'toko online olshop'],
  ['Pedagang tahu tempe', 'Tofu and tempeh seller'],
  ['Pedagang telur', 'Egg seller'],
  ['Pedagang bunga', 'Flower seller', 'kembang'],
  ['Pedagang barang bekas', 'Second-hand dealer', 'loak rongsok'],
  ['Penjual jamu', 'Herbal-drink seller', 'jamu gendong'],
  ['Penjual gorengan', 'Fritter seller'],
  ['Penjual bakso', 'Meatball seller', 'mi ayam'],
  ['Penjual nasi', 'Cooked-rice seller', 'nasi uduk lontong pecel'],
  ['Penjual kue', 'Cake seller', 'jajan pasar'],
  ['Penjual es', 'Iced-drink seller', 'minuman'],
  ['Penjual pulsa', 'Phone-credit seller', 'konter'],
  ['Penjual bensin eceran', 'Fuel seller', 'pertamini'],
  ['Pemilik warung makan', 'Food-stall owner', 'warteg rumah makan'],
  ['Pemilik warung kopi', 'Coffee-stall owner', 'kedai'],
  ['Pemilik toko', 'Shop owner', 'usaha'],
  ['Pelayan warung', 'Food-stall helper'],
  ['Juru masak', 'Cook', 'katering koki'],
  ['Pembuat tahu tempe', 'Tofu and tempeh maker', 'perajin'],
  ['Pembuat kerupuk', 'Cracker maker', 'perajin'],
  ['Petani padi', 'Rice farmer', 'sawah'],
  ['Petani sayur', 'Vegetable farmer', 'kebun'],
  ['Petani karet', 'Rubber farmer', 'sadap'],
  ['Petani sawit', 'Oil-palm farmer', 'kebun'],
  ['Petani kopi', 'Coffee farmer', 'kebun'],
  ['Petani kelapa', 'Coconut farmer', 'kopra'],
  ['Buruh tani', 'Farm labourer', 'harian'],
  ['Buruh kebun', 'Plantation labourer', 'panen sawit'],
  ['Penyadap karet', 'Rubber tapper'],
  ['Penyadap nira', 'Palm-sap tapper', 'aren gula'],
  ['Peternak ayam', 'Poultry farmer'],
  ['Peternak sapi', 'Cattle farmer', 'kambing'],
  ['Pembudidaya ikan', 'Fish farmer', 'tambak keramba kolam'],
  ['Nelayan', 'Fisher', 'laut perahu'],
  ['Buruh nelayan', 'Fishing-boat hand', 'abk'],
  ['Pengolah ikan', 'Fish processor', 'ikan asin'],
  ['Pencari kayu', 'Wood gatherer', 'hutan'],
  ['Tukang bangunan', 'Builder', 'batu konstruksi'],
  ['Tukang kayu', 'Carpenter', 'mebel'],
  ['Tukang cat', 'Painter'],
  ['Tukang las', 'Welder'],
  ['Tukang listrik', 'Electrician', 'instalatir'],
  ['Tukang ledeng', 'Plumber', 'pipa'],
  ['Tukang AC', 'Air-conditioner repairer', 'servis'],
  ['Tukang servis elektronik', 'Electronics repairer', 'hp televisi'],
  ['Tukang gali', 'Digger', 'sumur'],
  ['Kuli bangunan', 'Construction labourer', 'buruh'],
  ['Kuli panggul', 'Market porter', 'buruh angkut bongkar muat'],
  ['Buruh harian lepas', 'Day labourer', 'serabutan'],
  ['Montir', 'Mechanic', 'bengkel motor mobil'],
  ['Tambal ban', 'Tyre repairer', 'bengkel'],
  ['Cuci motor', 'Vehicle washer', 'mobil steam'],
  ['Juru parkir', 'Parking attendant', 'tukang parkir'],
  ['Tukang jahit', 'Tailor', 'penjahit konveksi'],
  ['Tukang sepatu', 'Cobbler', 'sol'],
  ['Perajin batik', 'Batik maker', 'pembatik'],
  ['Perajin anyaman', 'Basket weaver', 'rotan bambu'],
  ['Perajin tenun', 'Weaver', 'songket'],
  ['Perajin mebel', 'Furniture maker', 'ukir'],
  ['Perajin gerabah', 'Potter', 'bata genteng'],
  ['Penata rambut', 'Hairdresser', 'salon'],
  ['Tukang cukur', 'Barber', 'pangkas'],
  ['Perias', 'Make-up artist', 'rias pengantin'],
  ['Tukang pijat', 'Masseur', 'urut'],
  ['Asisten rumah tangga', 'Domestic worker', 'art pembantu'],
  ['Pengasuh anak', 'Child minder', 'nanny'],
  ['Tukang cuci', 'Launderer', 'laundry setrika'],
  ['Tukang kebun', 'Gardener', 'taman'],
  ['Petugas kebersihan', 'Cleaner', 'sampah sapu'],
  ['Pemulung', 'Waste picker', 'rongsok'],
  ['Penjaga malam', 'Night watch', 'satpam ronda'],
  ['Penjaga toko', 'Shop assistant', 'pramuniaga'],
  ['Guru mengaji', 'Quran teacher', 'ustaz'],
  ['Guru les', 'Private tutor', 'bimbel'],
  ['Marbot masjid', 'Mosque keeper', 'takmir'],
  ['Pemusik', 'Musician', 'seniman penyanyi organ'],
  ['Penari', 'Dancer', 'seniman'],
  ['Fotografer', 'Photographer', 'video'],
  ['Perancang grafis', 'Graphic designer', 'desain freelance'],
  ['Pekerja lepas digital', 'Digital freelancer', 'freelance penulis programmer'],
  ['Pemandu wisata', 'Tour guide', 'guide'],
  ['Kader posyandu', 'Community health volunteer', 'kesehatan'],
  ['Dukun bayi', 'Traditional midwife', 'paraji'],
  ['Ketua RT', 'Neighbourhood head', 'rw']
];

const listOf = (rows: Row[], sector: Sector): Occupation[] => rows.map(([id, en, also]) => ({ id, en, sector, also }));

export const occupations: Occupation[] = [...listOf(transport, 'transport'), ...listOf(other, 'other')];

const plain = (s: string): string => s.toLowerCase().normalize('NFKD').replace(/[^a-z0-9 ]/g, '');

/** Up to `most` occupations for what was typed, best first: the name's start, a word's start, another name for it. */
export function findOccupations(text: string, most = 8): Occupation[] {
  const wanted = plain(text).split(' ').filter(Boolean);
  if (!wanted.length) return [];
  const score = (o: Occupation): number => {
    const names = [plain(o.id), plain(o.en), plain(o.also ?? '')];
    let sum = 0;
    for (const word of wanted) {
      const at = names.findIndex((name) => name.split(' ').some((part) => part.startsWith(word)));
      const inside = names.some((name) => word.length > 2 && name.includes(word));
      if (at < 0 && !inside) return 0;
      sum += at < 0 ? 1 : 4 - at;
    }
    return sum + (names[0]!.startsWith(wanted.join(' ')) || names[1]!.startsWith(wanted.join(' ')) ? 5 : 0);
  };
  return occupations
    .map((o) => ({ o, s: score(o) }))
    .filter(({ s }) => s > 0)
    .sort((a, b) => b.s - a.s)
    .slice(0, most)
    .map(({ o }) => o);
}

/** The sector of an occupation by its name; other when it is not in the list. */
export function sectorOf(name: string): Sector {
  const wanted = plain(name).trim();
  return occupations.find((o) => plain(o.id) === wanted || plain(o.en) === wanted)?.sector ?? 'other';
}

/** The occupation's name in the language asked; free text stays as it was written. */
export function occupationName(name: string, lang: 'id' | 'en'): string {
  const found = occupations.find((o) => o.id === name);
  return found ? found[lang] : name;
}
