#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --growth of programs whose call sites are known: three functions have 60, 30 and 10 of 100 new
# pages, in many languages, with and without frame pointers. What vastop says of each is within 3
# points of that, with the right names and lines.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

need jq
sources=$top_srcdir/tests/targets/sites
seconds=3

if [ ! -e /proc/sys/kernel/perf_event_paranoid ] ||
	{ [ "$(id -u)" -ne 0 ] && [ "$(cat /proc/sys/kernel/perf_event_paranoid)" -gt 2 ]; }; then
	skip 'call sites of known programs' 'the kernel allows no perf events'
	tap_end
	exit 0
fi

# build NAME COMMAND...: builds $work/NAME; else the tests of it are skipped.
build()
{
	name=$1
	shift
	mkdir -p "$work/home"
	if ! command -v "$1" >/dev/null ||
		! HOME=$work/home timeout 300 "$@" -o "$work/$name" >"$work/build.log" 2>&1; then
		skip "$name" "cannot be built here: $(tail -n 1 "$work/build.log" 2>/dev/null)"
		return 1
	fi
}

# start COMMAND...: starts a program, and waits until it says that it is ready.
start()
{
	start_program "$@" 2>"$work/errors"
}

# Listens to the program once more: what the last five times heard is in growth.json. On a busy machine
# the first may have few stacks, as those are copied at a bounded pace.
listen()
{
	"$vastop" --growth=$seconds --format=json "$target_pid" >"$work/heard" 2>"$work/errors" || return
	jq -c . "$work/heard" >>"$work/growth.json"
	tail -n 5 "$work/growth.json" >"$work/last"
	mv "$work/last" "$work/growth.json"
}

# share FUNCTION: of new pages, in thousandths; - when the function is no site.
share()
{
	jq -rs --arg function "$1" '[.[].sites[]] | (map(.bytes) | add) as $all |
		map(select(.function == $function) | .bytes) |
		if length == 0 then "-" else add / $all * 1000 | round end' "$work/growth.json"
}

# wrong_shares FUNCTION PERCENT...: those that are not within 3 points.
wrong_shares()
{
	while [ $# -ge 2 ]; do
		there=$(share "$1")
		if [ "${there:--}" = - ] || [ "$there" -lt $((($2 - 3) * 10)) ] ||
			[ "$there" -gt $((($2 + 3) * 10)) ]; then
			echo "$1 has $there thousandths of the pages, not $2 of 100"
		fi
		shift 2
	done
}

# what_there_is: the sites, to be shown with a mistake.
what_there_is()
{
	jq -r '"\(.events) events, \(.lost) lost", (.sites[:8][] |
		"\(.share) \(.function) \(.module) \(.file):\(.line) \(.by)")' "$work/growth.json" 2>&1
	cat "$work/errors"
}

# compare NAME FUNCTION PERCENT... of the program that runs. On a machine that does much else there
# are few samples in a few seconds: what several times heard is more exact.
compare()
{
	name=$1
	shift
	: >"$work/growth.json"
	wrong='nothing was heard'
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		listen || break
		wrong=$(wrong_shares "$@")
		[ -n "$wrong" ] || break
	done
	none "$name: the shares are known" "${wrong:+$wrong
$(what_there_is)}"
}

# line_of FILE TEXT
line_of()
{
	grep -n -F "$2" "$sources/$1" | sed 's/:.*//'
}

# place FUNCTION: the file and lines of its sites.
place()
{
	jq -r --arg function "$1" '.sites[] | select(.function == $function) |
		"\(.module | split("/") | last) \(.file | split("/") | last) \(.line)"' \
		"$work/growth.json" | sort -u
}

has_place()
{
	place "$1" | grep -qx "$2" || place "$1" | grep .
}

check_places()
{
	if ! grep -q '^#define HAVE_LIBDW' "$top_builddir/config.h"; then
		skip "$1: lines" 'built without libdw'
		return
	fi
	none "$1: an inlined function has its line" \
		"$(has_place touch_inlined "$2 sites.c $(line_of sites.c '/* touch_inlined */')")"
	none "$1: a function of a library has its line" \
		"$(has_place touch_in_library "libsites.so library.c $(line_of library.c '/* touch_in_library */')")"
}

library()
{
	build libsites.so cc -O2 -g "-f$1-frame-pointer" -shared -fPIC "$sources/library.c" &&
		build "$2" cc -O2 -g "-f$1-frame-pointer" -pthread "$sources/sites.c" \
			-L"$work" -lsites -Wl,-rpath,"$work"
}

for way in omit no-omit; do
	library $way "c-$way" || continue
	start "$work/c-$way"
	compare "C, -f$way-frame-pointer" touch_inlined 60 touch_in_library 30 touch_by_realloc 10
	check_places "C, -f$way-frame-pointer" "c-$way"
	kill_target
done

if [ -x "$work/c-omit" ]; then
	start "$work/c-omit" threads
	compare '50 threads' touch_inlined 60 touch_in_library 30 touch_by_realloc 10
	kill_target
	start "$work/c-omit" fork
	compare 'a program that forks' touch_inlined 60 touch_in_library 30 touch_by_realloc 10
	if [ "$(share touch_in_child)" = - ]; then
		pass 'what a child touches is not its parent'\''s'
	else
		fail 'what a child touches is not its parent'\''s' "$(what_there_is)"
	fi
	kill_target
fi

# burst: how many samples were lost, and the bytes of touch_inlined, of a program that touches 300 times
# 100 pages at once.
burst()
{
	TMPDIR=$work "$vastop" --growth=1 --format=json -- "$work/c-omit" burst 2>/dev/null |
		jq -r '"\(.lost) \([.sites[] | select(.function == "touch_inlined") | .bytes] | add // 0)"'
}

if [ -x "$work/c-omit" ]; then
	start "$work/c-omit" requests
	compare 'a program that waits for another one' touch_inlined 60 touch_in_library 30 touch_by_realloc 10
	kill_target
	# Beside much else samples are lost, or too few: those times do not count.
	for _ in 1 2 3 4 5; do burst; done | sed -n 's/^0 //p' | sort -n >"$work/bursts"
	bytes=$(sed -n "$((($(wc -l <"$work/bursts") + 1) / 2))p" "$work/bursts" 2>/dev/null)
	if [ "$(wc -l <"$work/bursts")" -lt 3 ]; then
		skip 'what is touched at once is not missed' 'samples were lost, as much else runs'
	elif [ "$bytes" -gt $((30000 * 4096 / 3)) ] && [ "$bytes" -lt $((30000 * 4096 * 3 / 2)) ]; then
		pass 'what is touched at once is not missed'
	else
		fail 'what is touched at once is not missed' "$bytes bytes, not $((30000 * 4096))"
	fi
fi

if build cpp c++ -O2 -g "$sources/sites.cpp"; then
	start "$work/cpp"
	compare 'C++' 'sites::Buffer::Buffer(unsigned long)' 60 \
		'unsigned long sites::touch_by_vector<long>()' 30 'sites::touch_by_string()' 10
	kill_target
fi

build_go()
{
	HOME=$work/home GOFLAGS=-mod=mod timeout 300 go build -o "$work/go" "$sources/sites.go" \
		>"$work/build.log" 2>&1
}

if ! command -v go >/dev/null || ! build_go; then
	skip 'Go' "cannot be built here: $(tail -n 1 "$work/build.log" 2>/dev/null)"
else
	start "$work/go"
	compare 'Go' main.touchByMake 60 main.touchByClosure.func1 30 main.touchByAppend 10
	kill_target
fi

# A python of 3.12 or newer that has perf trampolines.
find_python()
{
	for python in python3 python3.12 python3.13 python3.14 \
		"$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
		"$python" -X perf -c 'import sys
sys.exit(not (sys.version_info >= (3, 12) and sys.is_stack_trampoline_active()))' 2>/dev/null || continue
		command -v "$python"
		return
	done
	return 1
}

if ! python=$(find_python); then
	skip 'Python' 'no Python of 3.12 or newer'
else
	start "$python" -X perf "$sources/sites.py"
	compare 'Python -X perf' touch_by_bytes 60 touch_by_list 30 touch_by_string 10
	kill_target
	rm -f "/tmp/perf-$target_pid.map"
fi

if ! command -v node >/dev/null; then
	skip 'node' 'not found'
else
	# Code that is only interpreted has no name in the map.
	MALLOC_MMAP_THRESHOLD_=65536 start node --perf-basic-prof --interpreted-frames-native-stack \
		"$sources/sites.js"
	compare 'node --perf-basic-prof' touchByTypedArray 60 touchByFloats 30 touchByWords 10
	kill_target
	rm -f "/tmp/perf-$target_pid.map"
fi

tap_end
