// SPDX-License-Identifier: GPL-2.0-or-later
//
// As tests/targets/names.c, with the names of Go.

package main

import (
	"fmt"
	"io"
	"os"
	"unsafe"
)

var Data = 7

//go:noinline
func Work(value int) int {
	return value + Data
}

func main() {
	work := Work
	file, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	Data = work(os.Getpid())
	fmt.Fprintf(file, "main.Data %x\n", uintptr(unsafe.Pointer(&Data)))
	fmt.Fprintf(file, "main.Work %x\n", **(**uintptr)(unsafe.Pointer(&work)))
	file.Close()
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
}
