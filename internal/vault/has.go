package vault

import "slices"

// Has tells whether the set holds the key of this id, for whatever purpose.
func (r *Ring) Has(id string) bool {
	all := slices.Concat([]Key{r.Digest, r.Signing, r.Filter}, r.Index, r.Data, r.Sealing)
	return slices.ContainsFunc(all, func(k Key) bool { return k.ID == id })
}
