// Package httpapi is the HTTP door: all routes in one list (route.go), one file per
// noun with its wire types, errors as problem details (RFC 9457) in the caller's
// language, and the live feed. It decides nothing: every act is a method of app, who
// is calling comes from auth.
//
// Bodies of operations are not bound by the framework: they are handed to app
// verbatim, which reads them strictly and finds all faults at once.
package httpapi
