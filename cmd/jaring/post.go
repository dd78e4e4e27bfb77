package main

import (
	"log/slog"
	"net/http"
	"os"
	"time"

	"jaring/internal/acts"
	"jaring/internal/jaring"
	"jaring/internal/jobs"
	"jaring/internal/message"
)

// postFlags are how a server writes to people, and on which days.
type postFlags struct {
	GatewayFile  string `env:"JARING_GATEWAY_FILE" placeholder:"FILE" help:"Settings of WhatsApp, SMS and e-mail, as 'jaring message-sim --gateway-file' writes them. Empty: nothing is sent; reminders stay in the lists."`
	RemindBefore string `env:"JARING_REMIND_BEFORE" default:"30,7,1" placeholder:"DAYS" help:"Days before the end of cover on which people are reminded."`
	RemindAfter  string `env:"JARING_REMIND_AFTER" default:"1,30,75" placeholder:"DAYS" help:"Days after it, while arrears may be paid."`
}

// letters is how a server writes to people.
type letters struct {
	settings  message.Settings
	gateway   *message.Gateway // nil: nothing is sent
	reminders jaring.ReminderSettings
}

// letters reads the flags. Errors: reminder.days, message.settings.
func (f postFlags) letters() (p letters, err error) {
	if p.reminders.Before, err = jaring.ParseReminderDays(f.RemindBefore); err != nil {
		return p, err
	}
	if p.reminders.After, err = jaring.ParseReminderDays(f.RemindAfter); err != nil || f.GatewayFile == "" {
		return p, err
	}
	file, err := os.Open(f.GatewayFile)
	if err != nil {
		return p, jaring.NewError(jaring.Invalid, "message.settings", "part", "file").At("gateway-file")
	}
	defer file.Close()
	if p.settings, err = message.ReadSettings(file); err != nil {
		return p, err
	}
	senders, err := p.settings.Senders(nil, time.Now)
	if err == nil && len(senders) > 0 {
		p.gateway = message.NewGateway(senders, message.Options{})
	}
	return p, err
}

// hook is where WhatsApp reports; nil when nobody could prove to be WhatsApp.
func (p letters) hook(acts *acts.Acts, log *slog.Logger) http.Handler {
	if p.settings.WhatsApp == nil {
		return nil
	}
	hook, err := message.NewHook(*p.settings.WhatsApp, jobs.Hearing{App: acts}, log)
	if err != nil {
		log.Warn("reports of WhatsApp are not heard: app_secret and verify_token are missing")
		return nil
	}
	return hook
}
