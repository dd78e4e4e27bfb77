"""Makes internal/document/font/*.ttf, the two cuts of Plus Jakarta Sans that documents use.

    npm pack @expo-google-fonts/plus-jakarta-sans@0.4.2 && tar xzf *.tgz
    pip install fonttools==4.68.0
    python3 tools/fontgen/fontgen.py package internal/document/font

It keeps the characters of RANGES, gives every digit the same width, so that sums stand
under each other, and widens the space a little, since the space of the font is narrow.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = [
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x148), (0x14A, 0x17E), (0x218, 0x21B),
    (0x2010, 0x2010), (0x2012, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026),
    (0x2030, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2192, 0x2192), (0x2212, 0x2212), (0x25C6, 0x25C7),
]
CUTS = {"400Regular/PlusJakartaSans_400Regular.ttf": "regular.ttf", "700Bold/PlusJakartaSans_700Bold.ttf": "bold.ttf"}
SPACE = 60  # thousandths of the size


def tabular(font):
    """Map the digits to their glyphs of one width, which fonts offer as the feature tnum."""
    table = font["GSUB"].table
    swap = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for n in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[n].SubTable:
                    swap.update(getattr(part, "ExtSubTable", part).mapping)
    for table in font["cmap"].tables:
        for digit in range(ord("0"), ord("9") + 1):
            if digit in table.cmap:
                table.cmap[digit] = swap.get(table.cmap[digit], table.cmap[digit])


def cut(source, target):
    font = TTFont(source)
    tabular(font)
    options = subset.Options(layout_features=[], hinting=False, name_IDs=["*"], glyph_names=False, notdef_outline=True)
    options.drop_tables += ["STAT", "GDEF", "GPOS", "GSUB", "gasp", "prep"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    cutter.subset(font)
    for char in (0x20, 0xA0):
        glyph = font.getBestCmap()[char]
        width, left = font["hmtx"][glyph]
        font["hmtx"][glyph] = (width + SPACE, left)
    missing = [hex(c) for first, last in RANGES for c in range(first, last + 1) if c not in font.getBestCmap()]
    if missing:
        sys.exit(f"{source} lacks {missing}")
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    for name, out in CUTS.items():
        cut(f"{sys.argv[1]}/{name}", f"{sys.argv[2]}/{out}")
