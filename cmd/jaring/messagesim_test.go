package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jaring/internal/message"
)

// The command takes letters by all three channels, with the settings that it wrote.
func TestMessageSimRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gateway.json")
	address, end := simulated(t, "message-sim", "--gateway-file", file, "--busy", "1")
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	settings, err := message.ReadSettings(f)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil || len(settings.Order) != 3 {
		t.Fatal(settings, err)
	}
	noon := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.FixedZone("WIB", 7*3600)) }
	for i, channel := range settings.Order {
		one := settings
		one.Order = []message.Channel{channel}
		senders, err := one.Senders(nil, noon)
		if err != nil {
			t.Fatal(err)
		}
		l := message.Letter{ID: "0199b000-0000-7000-8000-00000000000" + string(rune('0'+i)), Template: "opted_out",
			To: message.Contact{Phone: "+6281200000001", Email: "siti@contoh.example"}}
		if o := message.NewGateway(senders, message.Options{Now: noon}).Deliver(t.Context(), l); o.Status != message.Sent || o.Channel != channel {
			t.Errorf("%s: %+v", channel, o)
		}
	}
	res, err := http.Get(address + "/sim/inbox")
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if strings.Count(string(raw), `"channel"`) != 3 {
		t.Errorf("%s", raw)
	}
	if code, talk := end(); code != 0 || !strings.Contains(talk, "reach nobody") {
		t.Error(code, talk)
	}
}

func TestMessageSimRefuses(t *testing.T) {
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--listen-mail", "0.0.0.0:0"}} {
		code, out, talk := command(t, append([]string{"message-sim"}, args...)...)
		if code != 2 || out != "" || strings.Count(talk, "\n") != 1 {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, talk)
		}
	}
	code, out, _ := command(t, "message-sim", "--help")
	if code != 0 || !strings.Contains(out, "Example") {
		t.Error(code, out)
	}
}
