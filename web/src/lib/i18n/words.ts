import type { Lang } from './format';

const ID = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh', 'sebelas'];
const EN = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A whole number in words, below 10¹⁵: "satu juta lima ratus ribu". */
export function inWords(n: number, lang: Lang): string {
  if (n < 0) return (lang === 'id' ? 'minus ' : 'minus ') + inWords(-n, lang);
  return (lang === 'id' ? indonesian(n) : english(n)).trim();
}

function indonesian(n: number): string {
  if (n < 12) return ID[n]!;
  if (n < 20) return ID[n - 10] + ' belas';
  if (n < 100) return join(ID[Math.floor(n / 10)] + ' puluh', n % 10);
  if (n < 200) return join('seratus', n - 100);
  if (n < 1000) return join(ID[Math.floor(n / 100)] + ' ratus', n % 100);
  if (n < 2000) return join('seribu', n - 1000);
  return large(n, [[1e12, 'triliun'], [1e9, 'miliar'], [1e6, 'juta'], [1e3, 'ribu']], indonesian);
}

function english(n: number): string {
  if (n < 20) return EN[n]!;
  if (n < 100) return TENS[Math.floor(n / 10)] + (n % 10 ? '-' + EN[n % 10] : '');
  if (n < 1000) return EN[Math.floor(n / 100)] + ' hundred' + (n % 100 ? ' and ' + english(n % 100) : '');
  return large(n, [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million'], [1e3, 'thousand']], english);
}

function large(n: number, steps: [number, string][], say: (n: number) => string): string {
  const [size, name] = steps.find(([s]) => n >= s)!;
  const rest = n % size;
  return say(Math.floor(n / size)) + ' ' + name + (rest ? ' ' + say(rest) : '');
}

const join = (head: string, rest: number): string => (rest ? head + ' ' + indonesian(rest) : head);
