package main

import (
	"runtime"
	"runtime/debug"
	"sync"
)

const pooled = 100_000

// gcPause is how long a collection stops the world while a pool holds many items; the rest of it runs beside the program.
func gcPause(b budget) sample {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var pauses []float64
	for i := 0; i <= b.Repetitions; i++ {
		pool := &sync.Pool{New: newItem}
		for j := 0; j < pooled; j++ {
			pool.Put(newItem())
		}
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		pauses = append(pauses, float64(stats.PauseNs[(stats.NumGC+255)%256]))
		pool.Put(pool.Get())
	}
	pauses = pauses[1:]
	p99 := percentile(pauses, 0.99)
	return sample{Time: percentile(pauses, 0.5), P99: &p99}
}
