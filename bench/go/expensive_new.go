package main

import (
	"math"
	"runtime"
	"sort"
	"sync"
	"time"
)

// As in scenarios/expensive-new.ts.
const (
	sines          = 4096
	mostOut        = 64
	wasteBytes     = 64 << 10
	wasteKept      = 512
	roundsPerLevel = 4
)

type sineTable struct{ sines [sines]float64 }

func expensiveNew(b budget) sample {
	made := 0
	pool := &sync.Pool{New: func() any {
		made++
		table := new(sineTable)
		for i := range table.sines {
			table.sines[i] = math.Sin(2 * math.Pi * float64(i) / sines)
		}
		return table
	}}
	var latencies []float64
	latencies = tide(pool, latencies)[:0]

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	made = 0
	start := time.Now()
	for time.Since(start) < b.total() {
		latencies = tide(pool, latencies)
	}
	elapsed := float64(time.Since(start).Nanoseconds())
	runtime.ReadMemStats(&after)

	operations := float64(len(latencies))
	p99 := percentile(latencies, 0.99)
	major := float64(after.NumGC-before.NumGC) / operations * 1e6
	madePerThousand := float64(made) / operations * 1000
	return sample{Time: elapsed / operations, P99: &p99, Major: &major, Made: &madePerThousand}
}

// tide goes from one item out to the most and back; it appends each operation's nanoseconds.
func tide(pool *sync.Pool, latencies []float64) []float64 {
	var kept [wasteKept][]byte
	held := make([]*sineTable, 0, mostOut)
	rounds := 2 * mostOut * roundsPerLevel
	for round := 0; round < rounds; round++ {
		level := (min(round+1, rounds-round) + roundsPerLevel - 1) / roundsPerLevel
		for i := 0; i < level; i++ {
			start := time.Now()
			table := pool.Get().(*sineTable)
			waste := make([]byte, wasteBytes)
			waste[i] = byte(table.sines[i])
			kept[len(latencies)%wasteKept] = waste
			held = append(held, table)
			latencies = append(latencies, float64(time.Since(start).Nanoseconds()))
		}
		for i, table := range held {
			pool.Put(table)
			held[i] = nil
		}
		held = held[:0]
	}
	return latencies
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func percentile(values []float64, p float64) float64 {
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	return sorted[int(math.Ceil(p*float64(len(sorted))))-1]
}
