// Package config holds the settings of one server: what an operator decides, and
// no more. Each setting is a flag of `jaring serve` and a variable JARING_*; the
// flag wins. `jaring serve --help` lists them with their defaults.
//
// Two settings are not matters of taste. A page that asks for a NIK must say who
// asks and by which right, so the server listens beyond its own machine only when
// the operator's name, legal basis and contact are set (MayListen). And a demo
// database, whose people are invented, never leaves the machine (DemoMayListen).
package config
