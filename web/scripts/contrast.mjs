// Proves the colours of src/styles/tokens.css: each pair of text or shape and ground in
// each theme against WCAG 2.2 (terik: AAA for text), and the status colours apart from
// each other for the three kinds of colour blindness. Exit 1 when one is too low.
import { readFileSync } from 'node:fs';

const NEED = { terang: { text: 4.5, shape: 3 }, terik: { text: 7, shape: 3 }, layar: { text: 4.5, shape: 3 } };
const APART = 12;
const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8').replace(/\/\*[^]*?\*\//g, '');

/** theme → token → colour */
const themes = {};
for (const block of css.split('}')) {
  const [selector, body] = block.split('{');
  const theme = selector?.match(/data-theme="(\w+)"/)?.[1];
  if (!theme || !body) continue;
  themes[theme] = Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, hex]) => [name, hex]));
}

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
const light = (hex) => { const [r, g, b] = rgb(hex); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const contrast = (a, b) => { const [low, high] = [light(a), light(b)].sort((x, y) => x - y); return (high + 0.05) / (low + 0.05); };

const statuses = ['protected', 'grace', 'lapsed', 'pending'];
const grounds = ['page', 'surface', 'sunken', 'warm'];
/** kind → [front, ground] */
const pairs = { text: [], shape: [] };
for (const ground of grounds) for (const front of ['ink', 'ink-2', 'ink-3', 'primary']) pairs.text.push([front, ground]);
pairs.text.push(['on-primary', 'primary'], ['on-primary', 'primary-press'], ['primary', 'primary-soft'], ['ink', 'primary-soft'], ['ink', 'kunyit']);
for (const s of statuses) {
  for (const ground of [`${s}-soft`, 'surface', 'page']) pairs.text.push([`${s}-ink`, ground]);
  pairs.text.push(['ink', `${s}-soft`], ['ink-2', `${s}-soft`]);
  for (const ground of ['surface', 'page']) pairs.shape.push([`${s}-fill`, ground]);
}
for (const ground of ['surface', 'page']) pairs.shape.push(['line-strong', ground], ['focus', ground]);

// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
const SIGHT = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
};
function lab(hex, sight) {
  const seen = sight.map((row) => Math.min(1, Math.max(0, rgb(hex).reduce((sum, v, i) => sum + v * row[i], 0))));
  const xyz = [[0.4124, 0.3576, 0.1805, 0.95047], [0.2126, 0.7152, 0.0722, 1], [0.0193, 0.1192, 0.9505, 1.08883]];
  const [x, y, z] = xyz.map(([r, g, b, white]) => (r * seen[0] + g * seen[1] + b * seen[2]) / white).map((v) => (v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

let low = 0;
for (const [theme, token] of Object.entries(themes)) {
  for (const [kind, list] of Object.entries(pairs)) {
    const rows = list
      .map(([front, ground]) => [theme === 'layar' && ground === 'kunyit' ? 'on-grace' : front, ground])
      .map(([front, ground]) => ({ front, ground, ratio: contrast(token[front], token[ground]) }));
    const least = rows.reduce((a, b) => (a.ratio < b.ratio ? a : b));
    console.log(`${theme} ${kind}: ${rows.length} pairs, least ${least.front} on ${least.ground} ${least.ratio.toFixed(2)} (need ${NEED[theme][kind]})`);
    for (const r of rows.filter((r) => r.ratio < NEED[theme][kind])) {
      console.log(`   LOW ${r.front} on ${r.ground} ${r.ratio.toFixed(2)}`);
      low++;
    }
  }
  for (const [eye, sight] of Object.entries(SIGHT)) {
    const colours = statuses.map((s) => lab(token[`${s}-fill`], sight));
    const apart = Math.min(...colours.flatMap((a, i) => colours.slice(i + 1).map((b) => Math.hypot(...a.map((v, k) => v - b[k])))));
    if (apart < APART) {
      console.log(`   LOW status colours for ${eye}: ${apart.toFixed(1)}`);
      low++;
    }
  }
}
process.exit(low ? 1 : 0);
