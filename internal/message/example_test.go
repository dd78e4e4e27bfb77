package message_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/message"
)

// A reminder goes to one person by WhatsApp. The other is known neither there nor to the SMS
// gateway, and the office hears of it. In a server the senders come from message.ReadSettings, and
// Gateway.Run takes the letters out of a durable outbox.
func Example() {
	morning := func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.FixedZone("WIB", 7*3600)) }
	sim := message.NewSimulator(message.SimulatorOptions{Now: morning})
	server := httptest.NewServer(sim.Handler())
	defer server.Close()
	settings := sim.Settings(server.URL, "127.0.0.1:25")
	settings.Order = []message.Channel{message.WhatsApp, message.SMS}
	senders, err := settings.Senders(nil, morning)
	if err != nil {
		fmt.Println(err)
		return
	}
	gateway := message.NewGateway(senders, message.Options{Now: morning})

	values := message.Values{Days: 9, Until: jaring.NewDay(2026, 11, 30), Amount: 50_400, Months: 3, Code: "8889900000000001"}
	for i, phone := range []string{"+6281200000001", "+6281200000404"} {
		l := message.Letter{ID: fmt.Sprintf("0199b000-0000-7000-8000-00000000000%d", i), Template: "lapse_soon", Values: values,
			To: message.Contact{Phone: phone, Zone: morning().Location()}}
		o := gateway.Deliver(context.Background(), l)
		fmt.Println(o.Status, o.Tried, o.Why)
	}
	fmt.Println(sim.Inbox()[0].Text)
	// Output:
	// sent [whatsapp] <nil>
	// refused [whatsapp sms] not_found: message.not_reachable
	// Perlindungan Anda habis 9 hari lagi, pada 30 November 2026. Bayar Rp50.400 untuk 3 bulan dengan kode 8889900000000001, supaya tidak terputus. Balas BERHENTI bila tidak ingin pesan ini.
}
