package main

import (
	"bytes"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/message"
)

func TestPostFlags(t *testing.T) {
	var text bytes.Buffer
	sim := message.NewSimulator(message.SimulatorOptions{})
	if err := message.WriteSettings(&text, sim.Settings("http://127.0.0.1:9292", "127.0.0.1:25")); err != nil {
		t.Fatal(err)
	}
	file := tempFile(t, "gateway.json", text.String())
	for _, c := range []struct {
		flags postFlags
		key   string
		sends bool
	}{
		{postFlags{RemindBefore: "30,7,1", RemindAfter: "1,30,75"}, "", false},
		{postFlags{GatewayFile: file}, "", true},
		{postFlags{RemindBefore: "soon"}, "reminder.days", false},
		{postFlags{RemindAfter: "100"}, "reminder.days", false},
		{postFlags{GatewayFile: file + ".none"}, "message.settings", false},
		{postFlags{GatewayFile: tempFile(t, "broken.json", "{")}, "message.settings", false},
	} {
		l, err := c.flags.letters()
		if jaring.KeyOf(err) != c.key || (l.gateway != nil) != c.sends {
			t.Errorf("%+v: %v, gateway %t", c.flags, err, l.gateway != nil)
		}
	}
}
