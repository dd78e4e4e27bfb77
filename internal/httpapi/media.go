package httpapi

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

// mediaPatience is how long a film may take to come in.
const mediaPatience = 3 * time.Minute

// MediaStream is a picture or a film in the body of a request, read while it comes in.
type MediaStream struct {
	Key  string `header:"Idempotency-Key" doc:"a UUID in quotes, made once for the act: sending it again gives the first answer again"`
	file io.Reader
}

// Resolve keeps the body.
func (f *MediaStream) Resolve(c huma.Context) []error {
	_ = c.SetReadDeadline(time.Now().Add(mediaPatience))
	f.file = c.BodyReader()
	return nil
}

type addMediaIn struct {
	ByID
	MediaStream
}

type addMediaOut struct {
	Body struct {
		MediaID jaring.MediaID `json:"media_id"`
		Kind    string         `json:"kind" enum:"picture,film"`
		Path    string         `json:"path" doc:"where the office sees it"`
		Bytes   int64          `json:"bytes" doc:"as it is kept"`
	}
}

func (s *server) addMedia(c *call, in *addMediaIn) (*addMediaOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	made, err := s.App.AddMedia(c, c.actor, key, id, in.file)
	if err != nil {
		return nil, err
	}
	m, err := s.App.GetMedia(c, c.actor, id, made)
	if err != nil {
		return nil, err
	}
	out := &addMediaOut{}
	out.Body.MediaID, out.Body.Kind, out.Body.Path, out.Body.Bytes = made, string(m.Kind), mediaPath(id, made), m.Size
	return out, nil
}

// mediaPath is where the office sees a picture or a film of a hall.
func mediaPath(id jaring.CampaignID, media jaring.MediaID) string {
	return "/api/v1/campaigns/" + string(id) + "/media/" + string(media)
}

// hallMedia is a picture or a film for the office.
func (s *server) hallMedia(w http.ResponseWriter, r *http.Request) {
	c := callOf(r.Context())
	if c.authErr != nil {
		writeProblem(w, problem(c.lang, c.trace, c.authErr))
		return
	}
	s.serveMedia(w, r, func(ctx context.Context) (*outreach.Media, error) {
		return s.App.GetMedia(ctx, c.actor, jaring.CampaignID(r.PathValue("id")), jaring.MediaID(r.PathValue("media_id")))
	})
}

// loopMedia is a picture or a film for a screen in a hall.
func (s *server) loopMedia(w http.ResponseWriter, r *http.Request) {
	s.serveMedia(w, r, func(ctx context.Context) (*outreach.Media, error) {
		return s.App.GetLoopMedia(ctx, tokenOf(r.Header.Get("Authorization"), r.URL.Query().Get("k")), jaring.MediaID(r.PathValue("media_id")))
	})
}

// mediaTypes are what media are sent as.
var mediaTypes = map[jaring.MediaKind]string{jaring.MediaIsPicture: "image/jpeg", jaring.MediaIsFilm: "video/mp4"}

// serveMedia sends a picture or a film, or the range of it that is asked for. What an id names never changes.
func (s *server) serveMedia(w http.ResponseWriter, r *http.Request, open func(context.Context) (*outreach.Media, error)) {
	m, err := open(r.Context())
	if err != nil {
		c := callOf(r.Context())
		c.problem = problem(c.lang, c.trace, err)
		writeProblem(w, c.problem)
		return
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(mediaPatience))
	w.Header().Set("Content-Type", mediaTypes[m.Kind])
	w.Header().Set("Cache-Control", "private, max-age=604800, immutable")
	w.Header().Set("ETag", `"`+string(m.ID)+`"`)
	http.ServeContent(w, r, "", m.AddedAt, m.Content)
}

// describeMedia puts the two ways to a picture or a film, which the framework does not serve, into the documentation.
func (s *server) describeMedia() {
	binary := map[string]*huma.MediaType{"image/jpeg": {}, "video/mp4": {}}
	refusals := s.api.OpenAPI().Paths["/api/v1/campaigns/{id}/hall"].Get.Responses
	text := &huma.Schema{Type: huma.TypeString}
	media := &huma.Param{Name: "media_id", In: "path", Required: true, Schema: text}
	answers := map[string]*huma.Response{"200": {Description: "OK", Content: binary}, "206": {Description: "The range that was asked for", Content: binary}, "403": refusals["403"], "404": refusals["404"], "500": refusals["500"]}
	s.api.OpenAPI().AddOperation(&huma.Operation{Method: http.MethodGet, Path: "/api/v1/campaigns/{id}/media/{media_id}", OperationID: "get-campaigns-id-media-media-id",
		Summary: "A picture or a film of a hall; ranges are served", Security: []map[string][]string{{"session": {}}}, Responses: answers,
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: text}, media}})
	s.api.OpenAPI().AddOperation(&huma.Operation{Method: http.MethodGet, Path: "/api/v1/kiosk/media/{media_id}", OperationID: "get-kiosk-media-media-id",
		Summary: "A picture or a film of the loop that a screen's token shows; ranges are served", Responses: answers,
		Parameters: []*huma.Param{media, {Name: "k", In: "query", Description: "the token, where no header can be sent", Schema: text}}})
}
