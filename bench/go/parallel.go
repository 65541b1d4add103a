package main

import (
	"flag"
	"runtime"
	"sync"
	"testing"
)

// As in scenarios/shared-threads.ts.
var goroutines = map[string]int{"go, 1 goroutine": 1, "go, 2 goroutines": 2}

// parallel is one get and put over and over in several goroutines, each on a processor of its own, by the clock.
func parallel(b budget, variant string) sample {
	if err := flag.Set("test.benchtime", b.total().String()); err != nil {
		fail(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(goroutines[variant]))
	result := testing.Benchmark(func(tb *testing.B) {
		pool := &sync.Pool{New: newItem}
		tb.RunParallel(func(pb *testing.PB) {
			sum := 0
			for pb.Next() {
				it := pool.Get().(*item)
				sum += it.id
				pool.Put(it)
			}
			if sum < 0 {
				sink = sum
			}
		})
	})
	return sample{Time: float64(result.T.Nanoseconds()) / float64(result.N)}
}
