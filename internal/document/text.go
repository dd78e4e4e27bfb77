package document

// Title names the document; readers of the file see it as its name.
func (d *Doc) Title(text string) {
	d.name = text
	d.paragraph(faceTitle, text, 2)
}

// Big is a line to be read across a room: the name on a certificate.
func (d *Doc) Big(text string) { d.paragraph(faceBig, text, 3) }

// Lead says in a sentence or two what the document says.
func (d *Doc) Lead(text string) { d.paragraph(faceLead, text, 3) }

// Text is a paragraph; a new line in it begins one.
func (d *Doc) Text(text string) { d.paragraph(faceText, text, 2) }

// Strong is a paragraph that must not be missed.
func (d *Doc) Strong(text string) { d.paragraph(faceStrong, text, 2) }

// Note is a paragraph in small letters: a source, a condition.
func (d *Doc) Note(text string) { d.paragraph(faceNote, text, 1.5) }

// Heading begins a part. It stays with what follows.
func (d *Doc) Heading(text string) {
	d.add(func(p *page) {
		p.need(p.high(faceHeading) + 3*p.high(faceText) + 5)
		p.y += 4
		p.paragraph(faceHeading, text)
		p.y++
	})
}

// paragraph writes text from margin to margin and leaves so many millimetres below it.
func (d *Doc) paragraph(f face, text string, below float64) {
	d.add(func(p *page) {
		p.paragraph(f, text)
		p.y += below
	})
}

func (p *page) paragraph(f face, text string) {
	for _, line := range p.lines(f, text, p.room()) {
		p.need(p.high(f))
		p.write(f, p.left(), p.y, line)
		p.y += p.high(f)
	}
}
