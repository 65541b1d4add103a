// Measures Go's sync.Pool in one scenario and prints one sample as JSON, as the JavaScript child does.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"
)

// sample has the fields of measure/sample.ts: times in nanoseconds; minor is absent, since Go has one kind of collection.
type sample struct {
	Time      float64  `json:"time"`
	P99       *float64 `json:"p99,omitempty"`
	HeapBytes *float64 `json:"heapBytes,omitempty"`
	Major     *float64 `json:"major,omitempty"`
	Made      *float64 `json:"made,omitempty"`
}

type budget struct {
	Repetitions  int     `json:"repetitions"`
	Milliseconds float64 `json:"milliseconds"`
}

func (b budget) total() time.Duration {
	return time.Duration(float64(b.Repetitions) * b.Milliseconds * float64(time.Millisecond))
}

var scenarios = map[string]func(budget) sample{
	"pair":           loop(1, 0, pair),
	"out-64":         loop(out, 0, out64),
	"out-64-aged":    loop(out, 3, out64),
	"overflow":       loop(burst, 0, overflow),
	"starvation":     loop(starvedGets, 0, starvation),
	"expensive-new":  expensiveNew,
	"gc-pause":       gcPause,
	"shared-threads": func(b budget) sample { return parallel(b, flag.Arg(1)) },
}

func main() {
	testing.Init()
	flag.Parse()
	name := flag.Arg(0)
	measure, known := scenarios[name]
	if !known {
		fail(fmt.Errorf("unknown scenario %q", name))
	}
	var b budget
	if err := json.Unmarshal([]byte(flag.Arg(2)), &b); err != nil {
		fail(fmt.Errorf("budget: %w", err))
	}
	if err := json.NewEncoder(os.Stdout).Encode(measure(b)); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
