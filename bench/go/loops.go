package main

import (
	"flag"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	out         = 64
	burst       = 100
	starvedPuts = 67
	starvedGets = 100
)

type item struct {
	id, x, y int
	next     *item
}

func newItem() any { return &item{id: 1, x: 2, y: 3} }

func fill(pool *sync.Pool, items []any) {
	for i := range items {
		items[i] = newItem()
		pool.Put(items[i])
	}
}

// loop measures a function that does `rounds` rounds of `operations` operations each on a pool of its own,
// after so many collections.
func loop(operations, collections int, run func(pool *sync.Pool, rounds int)) func(budget) sample {
	return func(b budget) sample {
		if err := flag.Set("test.benchtime", b.total().String()); err != nil {
			fail(err)
		}
		var before, after runtime.MemStats
		var used time.Duration
		result := testing.Benchmark(func(tb *testing.B) {
			pool := &sync.Pool{New: newItem}
			fill(pool, make([]any, out))
			run(pool, 1000)
			for i := 0; i < collections; i++ {
				runtime.GC()
				run(pool, 1000)
			}
			runtime.ReadMemStats(&before)
			tb.ResetTimer()
			start := processorTime()
			run(pool, tb.N)
			used = processorTime() - start
			tb.StopTimer()
			runtime.ReadMemStats(&after)
		})
		total := float64(result.N) * float64(operations)
		heapBytes := float64(result.MemBytes) / total
		major := float64(after.NumGC-before.NumGC) / total * 1e6
		return sample{Time: float64(used.Nanoseconds()) / total, HeapBytes: &heapBytes, Major: &major}
	}
}

// processorTime is what all threads of the process have used, as measure/elapsed.ts has it.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// sink receives what the items hold, so that reading them is not optimized away.
var sink int

func pair(pool *sync.Pool, rounds int) {
	sum := 0
	for round := 0; round < rounds; round++ {
		it := pool.Get().(*item)
		sum += it.id
		pool.Put(it)
	}
	sink = sum
}

func out64(pool *sync.Pool, rounds int) {
	var held [out]*item
	for round := 0; round < rounds; round++ {
		for i := range held {
			held[i] = pool.Get().(*item)
		}
		for _, it := range held {
			pool.Put(it)
		}
	}
}

func overflow(pool *sync.Pool, rounds int) {
	var held [burst]*item
	for i := range held {
		held[i] = pool.Get().(*item)
	}
	for round := 0; round < rounds; round++ {
		for _, it := range held {
			pool.Put(it)
		}
		for i := range held {
			held[i] = pool.Get().(*item)
		}
	}
}

func starvation(pool *sync.Pool, rounds int) {
	var held [starvedGets]*item
	for i := range held {
		held[i] = pool.Get().(*item)
	}
	for round := 0; round < rounds; round++ {
		for _, it := range held[:starvedPuts] {
			pool.Put(it)
		}
		for i := range held {
			held[i] = pool.Get().(*item)
		}
	}
}
