package jaring

import "time"

// zones are Indonesia's three by their IANA names. They have no summer time, so no
// zone files are needed (Keppres 41/1987).
var zones = map[string]*time.Location{
	"Asia/Jakarta":   time.FixedZone("WIB", 7*3600),
	"Asia/Pontianak": time.FixedZone("WIB", 7*3600),
	"Asia/Makassar":  time.FixedZone("WITA", 8*3600),
	"Asia/Jayapura":  time.FixedZone("WIT", 9*3600),
}

// Zone is the time zone of an IANA name. Error: office.zone.
func Zone(iana string) (*time.Location, error) {
	if zone, ok := zones[iana]; ok {
		return zone, nil
	}
	return nil, NewError(Invalid, "office.zone", "zone", iana).At("zone")
}
