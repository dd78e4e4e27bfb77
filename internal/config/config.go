package config

import (
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// Server is the settings of a server, with tags for the command line.
type Server struct {
	DB     string `name:"db" env:"JARING_DB" default:"sqlite:data/jaring.db" placeholder:"URL" help:"Database: sqlite:PATH or postgres://… A fresh one migrates itself."`
	Listen string `env:"JARING_LISTEN" default:"127.0.0.1:8080" placeholder:"ADDR" help:"Address to listen on."`
	Keys   string `env:"JARING_KEY_FILE" placeholder:"FILE" help:"Key set made by 'jaring keygen'. Only a demo database starts without one."`
	Zone   string `env:"JARING_ZONE" default:"Asia/Jakarta" help:"Time zone where no office says its own: Asia/Jakarta, Asia/Pontianak, Asia/Makassar or Asia/Jayapura."`
	Fund   string `env:"JARING_FUND" default:"Badan Penyelenggara (contoh)" help:"Name of the fund whose programmes are offered."`

	Address string `name:"public-address" env:"JARING_PUBLIC_ADDRESS" placeholder:"URL" help:"Where people reach this server, https://…: it is printed on agents' certificates. Empty: as they were reached when printed."`

	Operator Operator `embed:"" prefix:"operator-" envprefix:"JARING_OPERATOR_"`

	CoverFile string `env:"JARING_COVER_FILE" placeholder:"FILE" help:"Settings cover.* that differ from the stated defaults, as JSON."`
	Core      string `env:"JARING_CORE" placeholder:"URL" help:"The fund's core system: https://…, or dir:PATH to exchange files. Empty: nothing is sent, nobody is confirmed."`

	RejectedDays int `env:"JARING_REJECTED_DAYS" default:"180" placeholder:"DAYS" help:"How long the personal data of applicants who were turned down is kept, in days after the decision; 0 for 180."`

	LeadMonths int `env:"JARING_LEAD_MONTHS" default:"12" placeholder:"MONTHS" help:"How long name and phone of people who were met and never registered are kept, in months; 0 for 12."`

	ServiceMonths int `env:"JARING_SERVICE_MONTHS" default:"24" placeholder:"MONTHS" help:"How long name, phone and words of a case of a service desk are kept, in months after it was closed; 0 for 24."`

	LogLevel string `env:"JARING_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"Least level that is logged: debug, info, warn or error."`
}

// Operator is who asks people for their data.
type Operator struct {
	Name       string `env:"NAME" help:"Who runs this server, as its pages state it."`
	LegalBasis string `env:"LEGAL_BASIS" help:"By which right personal data is asked for (UU 27/2022 art 20)."`
	Contact    string `env:"CONTACT" help:"Where a person reaches the operator about their data."`
}

// missing are the flags of op that say nothing.
func (op Operator) missing() (flags []string) {
	for _, f := range []struct{ flag, value string }{
		{"--operator-name", op.Name},
		{"--operator-legal-basis", op.LegalBasis},
		{"--operator-contact", op.Contact},
	} {
		if strings.TrimSpace(f.value) == "" {
			flags = append(flags, f.flag)
		}
	}
	return flags
}

// Check judges all settings at once. Errors: config.db, config.listen,
// config.zone, config.core, config.address, config.rejected_days, config.lead_months, config.service_months,
// config.log_level.
func (s *Server) Check() error {
	var es jaring.Errors
	if !oneOfPrefix(s.DB, "sqlite:", "postgres://", "postgresql://") {
		es = append(es, jaring.NewError(jaring.Invalid, "config.db").At("db"))
	}
	if _, _, err := net.SplitHostPort(s.Listen); err != nil {
		es = append(es, jaring.NewError(jaring.Invalid, "config.listen", "addr", s.Listen).At("listen"))
	}
	if _, err := jaring.Zone(s.Zone); err != nil {
		es = append(es, jaring.NewError(jaring.Invalid, "config.zone", "zone", s.Zone).At("zone"))
	}
	if !isCore(s.Core) {
		es = append(es, jaring.NewError(jaring.Invalid, "config.core").At("core"))
	}
	if u, err := url.Parse(s.Address); s.Address != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.TrimRight(u.Path, "/") != "") {
		es = append(es, jaring.NewError(jaring.Invalid, "config.address").At("public_address"))
	}
	if s.RejectedDays < 0 || s.RejectedDays > maxRejectedDays {
		es = append(es, jaring.NewError(jaring.Invalid, "config.rejected_days", "max", maxRejectedDays).At("rejected_days"))
	}
	if s.LeadMonths < 0 || s.LeadMonths > maxLeadMonths {
		es = append(es, jaring.NewError(jaring.Invalid, "config.lead_months", "max", maxLeadMonths).At("lead_months"))
	}
	if s.ServiceMonths < 0 || s.ServiceMonths > maxServiceMonths {
		es = append(es, jaring.NewError(jaring.Invalid, "config.service_months", "max", maxServiceMonths).At("service_months"))
	}
	if new(slog.Level).UnmarshalText([]byte(s.LogLevel)) != nil {
		es = append(es, jaring.NewError(jaring.Invalid, "config.log_level", "level", s.LogLevel).At("log_level"))
	}
	return es.OrNil()
}

// maxRejectedDays is ten years: data that is kept for longer is kept for ever.
const maxRejectedDays = 3650

// maxLeadMonths is five years.
const maxLeadMonths = 60

// maxServiceMonths is ten years.
const maxServiceMonths = 120

func oneOfPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if len(s) > len(p) && strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// isCore accepts nothing, a folder, and a web address. Plain http may only reach
// this machine: what is sent there names people.
func isCore(core string) bool {
	if core == "" || oneOfPrefix(core, "dir:") {
		return true
	}
	u, err := url.Parse(core)
	if err != nil || u.Host == "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && isLoopbackHost(u.Hostname())
}

// Location is the zone; WIB when Zone is none that Check accepts.
func (s *Server) Location() *time.Location {
	zone, err := jaring.Zone(s.Zone)
	if err != nil {
		return time.FixedZone("WIB", 7*3600)
	}
	return zone
}

// Level is the least level that is logged; info when LogLevel is none.
func (s *Server) Level() slog.Level {
	var level slog.Level
	if level.UnmarshalText([]byte(s.LogLevel)) != nil {
		return slog.LevelInfo
	}
	return level
}

// MayListen says whether the server may listen on addr: on this machine always,
// beyond it only when the operator is named. Errors: config.operator_missing,
// config.listen.
func (s *Server) MayListen(addr string) error {
	local, err := isLoopback(addr)
	if err != nil || local {
		return err
	}
	if flags := s.Operator.missing(); len(flags) > 0 {
		return jaring.NewError(jaring.Forbidden, "config.operator_missing", "addr", addr, "flags", strings.Join(flags, ", "))
	}
	return nil
}

// DemoMayListen says whether a demo database may be served on addr: only on this
// machine. Errors: config.demo_public, config.listen.
func DemoMayListen(addr string) error {
	local, err := isLoopback(addr)
	if err == nil && !local {
		return jaring.NewError(jaring.Forbidden, "config.demo_public", "addr", addr)
	}
	return err
}

// isLoopback reports whether addr can be reached from this machine alone. An
// empty host listens everywhere, and a name that is not an address might.
func isLoopback(addr string) (bool, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false, jaring.NewError(jaring.Invalid, "config.listen", "addr", addr).At("listen")
	}
	return isLoopbackHost(host), nil
}

func isLoopbackHost(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
