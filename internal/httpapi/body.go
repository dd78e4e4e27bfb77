package httpapi

import (
	"io"
	"net/http"
	"time"
)

const (
	maxDrain      = 64 << 20 // bytes
	drainPatience = 15 * time.Second
)

// finishBody reads on, and throws away, what is left of a body that was refused for its
// size: whoever is still sending hears the answer only then, and goes on over the same
// connection. What is larger still, or slow, is cut off.
func finishBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := r.Body
		r.Body = unclosed{body}
		next.ServeHTTP(w, r)
		if ww, ok := w.(*watched); ok && ww.status == http.StatusRequestEntityTooLarge {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(drainPatience))
			_, _ = io.CopyN(io.Discard, body, maxDrain)
		}
	})
}

// unclosed is a body that only the server closes.
type unclosed struct{ io.Reader }

func (unclosed) Close() error { return nil }
