// Writes src/lib/nik/regency.json: the names behind the first four digits of a NIK.
//   node scripts/regency.mjs FOLDER      (FOLDER holds provinces.csv and regencies.csv of the npm package idn-area-data)
// The data is ODbL 1.0; see NOTICE. A NIK keeps the code of its issuance, so codes that
// were retired by the split of Papua stay in OLD.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) {
  console.error('use: node scripts/regency.mjs FOLDER');
  process.exit(2);
}
const rows = (name) => readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','));

const OLD = {
  9101: 'Merauke', 9102: 'Jayawijaya', 9104: 'Nabire', 9107: 'Puncak Jaya', 9108: 'Paniai', 9109: 'Mimika',
  9112: 'Pegunungan Bintang', 9113: 'Yahukimo', 9114: 'Tolikara', 9116: 'Boven Digoel', 9117: 'Mappi', 9118: 'Asmat',
  9121: 'Mamberamo Tengah', 9122: 'Yalimo', 9123: 'Lanny Jaya', 9124: 'Nduga', 9125: 'Puncak', 9126: 'Dogiyai',
  9127: 'Intan Jaya', 9128: 'Deiyai', 9201: 'Sorong', 9204: 'Sorong Selatan', 9205: 'Raja Ampat', 9209: 'Tambrauw',
  9210: 'Maybrat', 9271: 'Kota Sorong'
};

const provinces = Object.fromEntries(rows('provinces.csv').map(([code, name]) => [code, name]));
const regencies = {};
for (const [code, , name] of rows('regencies.csv')) {
  const short = name.replace(/^Kabupaten (Administrasi )?/, '').replace(/^Kota Administrasi /, 'Kota ');
  regencies[code.replace('.', '')] = short;
}
for (const [code, name] of Object.entries(OLD)) regencies[code] ??= name;
writeFileSync(new URL('../src/lib/nik/regency.json', import.meta.url), JSON.stringify({ provinces, regencies }) + '\n');
console.log(Object.keys(provinces).length, 'provinces,', Object.keys(regencies).length, 'regencies');
