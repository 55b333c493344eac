// SPDX-License-Identifier: GPL-2.0-or-later

// The same as sites.c in Go. Memory is given back to the system after each round, so that all pages
// are new.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

const (
	page  = 4096
	pages = 64
)

var kept [3][]byte

//go:noinline
func touchByMake() []byte {
	memory := make([]byte, 6*pages*page)
	for at := 0; at < len(memory); at += page {
		memory[at] = 1
	}
	return memory
}

//go:noinline
func touchByClosure() []byte {
	return func() []byte {
		memory := make([]byte, 3*pages*page)
		for at := 0; at < len(memory); at += page {
			memory[at] = 1
		}
		return memory
	}()
}

//go:noinline
func touchByAppend() []byte {
	var memory []byte
	return append(memory, make([]byte, pages*page)...)
}

func main() {
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(-1)
	fmt.Println("ready")
	os.Stdout.Sync()
	for {
		kept[0], kept[1], kept[2] = touchByMake(), touchByClosure(), touchByAppend()
		kept[0], kept[1], kept[2] = nil, nil, nil
		debug.FreeOSMemory()
		time.Sleep(20 * time.Millisecond)
	}
}
