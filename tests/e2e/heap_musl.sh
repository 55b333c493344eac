#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What --inside=heap says of musl's malloc is what the program itself knows of its blocks.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq musl-gcc readelf strip

# build NAME FLAG...: a program of that name.
build()
{
	name=$1
	shift
	musl-gcc -O1 "$@" -o "$work/$name" "$top_srcdir/tests/targets/languages/musl_heap.c"
}

if ! build dynamic || ! build static -static || ! strip -o "$work/stripped" "$work/static"; then
	echo "Bail out! musl-gcc cannot build a program"
	exit 1
fi

# start PROGRAM SORT: starts it, and waits until it has written what it knows. "by loader" is the
# dynamic program, started by its dynamic linker.
start()
{
	case $1 in
	'by loader') start_program "$loader" "$work/dynamic" "$work/said" "$2" ;;
	*) start_program "$work/$1" "$work/said" "$2" ;;
	esac
}

look()
{
	timeout "$patience" "$vastop" --inside=heap --format=json "$target_pid" >"$work/json" \
		2>"$work/err" 9>&-
}

said()
{
	sed -n "s/^$1 //p" "$work/said"
}

# With a file open each; so the difference is that of the blocks.
loader=$(readelf -l "$work/dynamic" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
for program in dynamic static stripped 'by loader'; do
	start "$program" none
	look
	before=$(jq '.heap.arenas[0].used_chunks' "$work/json")
	start "$program" some
	look
	# shellcheck disable=SC2016 # jq's own
	check "$program: blocks are slots in use" jq -e --argjson before "$before" \
		--argjson blocks "$(said blocks)" --argjson usable "$(said usable)" \
		--argjson large "$(said large)" '
		.heap.allocator == "musl" and .heap.certain == 1 and
		.heap.arenas[0].used_chunks - $before == $blocks and
		.heap.arenas[0].used >= $usable and
		.heap.arenas[0].used <= $usable * 1.3 and
		.heap.arenas[0].free > 0 and .heap.arenas[0].top == 0 and
		.heap.mapped_chunks == $large' "$work/json"
	# shellcheck disable=SC2016 # jq's own
	check "$program: it adds up" jq -e '
		all(.heap.arenas[]; .used + .free + .top + .unknown == .system)' "$work/json"
done

# While it allocates without a pause no figure is impossible.
start stripped run
possible=yes
for _ in 1 2 3 4 5 6 7 8 9 10; do
	look
	jq -e 'all(.heap.arenas[]; .used + .free + .top + .unknown == .system) and
		.heap.certain >= 0 and .heap.certain <= 1' "$work/json" >"$work/verdict" ||
		possible=no
done
check 'a heap that changes adds up' [ "$possible" = yes ]
tap_end
