package sheet

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// block is a merged block: lines from 1, columns from 0.
type block struct{ top, bottom, left, right int }

// mostMerged is how many blocks are looked at; with more, every line would cost too much.
const mostMerged = 2000

// merged finds the merged blocks that go over several lines. They stand behind the lines, so the part is
// read once for them alone, as bytes.
func (x *xlsx) merged(part string) ([]block, error) {
	if known, ok := x.blocks[part]; ok {
		return known, nil
	}
	blocks, err := x.readMerged(part)
	if err == nil {
		x.blocks[part] = blocks
	}
	return blocks, err
}

func (x *xlsx) readMerged(part string) ([]block, error) {
	r, err := x.parts.open(part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in := bufio.NewReaderSize(r, 1<<16)
	if found, err := skipTo(in, "<mergeCells"); err != nil || !found {
		return nil, err
	}
	var blocks []block
	d := xml.NewDecoder(io.MultiReader(strings.NewReader("<mergeCells"), in))
	for {
		token, err := d.RawToken()
		if isEOF(err) {
			return blocks, nil
		}
		if err != nil {
			return nil, damaged(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if b, ok := blockOf(attr(e, "ref")); ok && e.Name.Local == "mergeCell" && len(blocks) < mostMerged {
				blocks = append(blocks, b)
			}
		case xml.EndElement:
			if e.Name.Local == "mergeCells" {
				return blocks, nil
			}
		}
	}
}

// skipTo reads up to behind word.
func skipTo(in *bufio.Reader, word string) (bool, error) {
	for {
		piece, err := in.Peek(in.Size())
		if at := bytes.Index(piece, []byte(word)); at >= 0 {
			_, _ = in.Discard(at + len(word))
			return true, nil
		}
		if err != nil {
			if isEOF(err) {
				return false, nil
			}
			return false, damaged(err)
		}
		_, _ = in.Discard(len(piece) - len(word))
	}
}

// blockOf reads "A2:B9"; ok is false for a block of one line.
func blockOf(ref string) (b block, ok bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return b, false
	}
	var ok1, ok2 bool
	b.left, ok1 = columnOf(from)
	b.right, ok2 = columnOf(to)
	b.top, b.bottom = lineOf(from), lineOf(to)
	return b, ok1 && ok2 && b.top > 0 && b.bottom > b.top && b.right >= b.left
}

func lineOf(ref string) int {
	n, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(ref), "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
	if err != nil {
		return 0
	}
	return n
}
