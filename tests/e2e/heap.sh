#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What --inside=heap says of malloc's arenas is what malloc itself says; and on the screen, keys lead
# from the picture to the bytes of one chunk.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq tmux readelf strip

# look: asks about the heap of the target.
look()
{
	timeout "$patience" "$vastop" --inside=heap --format=json "$@" "$target_pid" >"$work/json" \
		2>"$work/err" 9>&-
}

# What the target's malloc said.
said()
{
	sed -n "s/^$1 //p" "$work/said"
}

# agrees NAME SORT...: all figures are equal to the byte.
agrees()
{
	name=$1
	shift
	target heap "$work/said" "$@"
	look
	compare "$name"
}

# compare NAME: what was found is what the target said.
compare()
{
	name=$1
	# shellcheck disable=SC2016 # jq's own
	check "$name" jq -e --argjson system "$(said system)" --argjson used "$(said used)" \
		--argjson free "$(said free)" --argjson top "$(said top)" \
		--argjson mapped "$(said mapped)" --argjson chunks "$(said mapped_chunks)" '
		.heap.allocator == "glibc" and .heap.certain == 1 and
		([.heap.arenas[].system] | add) == $system and
		([.heap.arenas[].used] | add) == $used and
		([.heap.arenas[] | .free + .top] | add) == $free and
		.heap.arenas[0].main and .heap.arenas[0].top == $top and
		.heap.mapped == $mapped and .heap.mapped_chunks == $chunks' "$work/json"
}

agrees 'a fragmented heap'
agrees 'arenas of threads' threads
check '... of which there are nine' jq -e '.heap.arenas | length == 9' "$work/json"
agrees 'what was given back' trim
agrees 'with chunks in mappings of their own' mapped
agrees 'where others move the break' foreign
agrees 'where the break cannot be moved' blocked
agrees 'all of it' threads mapped foreign trim

# As many arenas as its user allows.
export MALLOC_ARENA_MAX=2
agrees 'where few arenas are allowed' threads
check '... of which there are two' jq -e '.heap.arenas | length == 2' "$work/json"
unset MALLOC_ARENA_MAX

# A program with all of its libraries in it, with symbols and without.
if ${CC:-cc} -static -pthread -D_GNU_SOURCE -o "$work/static" \
	"$top_srcdir/tests/targets/heap.c" 2>"$work/err"; then
	start_program "$work/static" "$work/said" threads
	look
	compare 'a static program'
	strip -o "$work/stripped" "$work/static"
	start_program "$work/stripped" "$work/said" threads
	look
	compare '... without symbols'
else
	skip 'a static program' 'no static C library'
fi

# A C library without any symbol but those that programs are linked with.
loader=$(readelf -l "${top_builddir:?}/tests/targets/heap" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
library=$(sed -n 's|^[^/]*\(/.*/libc\.so\.6\)$|\1|p' "/proc/$target_pid/maps" | head -n 1)
[ "$library" ] || library=$("$loader" --list "$top_builddir/tests/targets/heap" |
	sed -n 's|.*=> \(/.*/libc\.so\.6\) .*|\1|p')
mkdir "$work/lib"
if [ "$library" ] && strip -o "$work/lib/libc.so.6" "$library" 2>"$work/err"; then
	start_program "$loader" --library-path "$work/lib" "$top_builddir/tests/targets/heap" \
		"$work/said" threads mapped
	look
	compare 'a stripped C library'
else
	skip 'a stripped C library' 'it cannot be stripped'
fi

# Without --parts the parts are pages, with it chunks.
check 'the heap is shown as pages' jq -e 'all(.parts[]; .kind == "pages")' "$work/json"
look --parts
check 'with --parts as chunks' jq -e '
	all(.parts[]; .kind == "chunk") and any(.parts[]; .type == "free") and
	any(.parts[]; .type == "used") and any(.parts[]; .type == "top")' "$work/json"

# While it allocates without a pause no figure is impossible, whatever part of it is certain.
target heap "$work/said" run
possible=yes
for _ in 1 2 3 4 5 6 7 8 9 10; do
	look
	jq -e 'all(.heap.arenas[]; .used + .free + .top + .unknown == .system and
		.cached <= .used) and .heap.certain >= 0 and .heap.certain <= 1' "$work/json" \
		>"$work/verdict" || possible=no
done
check 'a heap that changes adds up' [ "$possible" = yes ]
kill_target

# Arenas that grow are found, whatever is newer than the list of mappings.
target heap "$work/said" grow
possible=yes
certain=no
for _ in 1 2 3 4 5; do
	look
	jq -e 'all(.heap.arenas[]; .used + .free + .top + .unknown == .system)' \
		"$work/json" >"$work/verdict" || possible=no
	jq -e '.heap.certain > 0.9' "$work/json" >"$work/verdict" && certain=yes
done
check 'a heap that grows adds up' [ "$possible" = yes ]
check '... and is known' [ "$certain" = yes ]

timeout "$patience" "$vastop" --inside=heap "$target_pid" >"$work/text" 2>"$work/err" 9>&-
check 'in words, an arena is a line' grep -q '^arena  .*(main)  size ' "$work/text"
check 'and its holes by size another' grep -qE '^holes(  [0-9]+\+ [0-9]+)+$' "$work/text"
kill_target

# From the picture into the heap, to one chunk, and to its bytes.
target heap "$work/said" threads
for size in '80 24' '200 60'; do
	# shellcheck disable=SC2086 # two words
	screen_start $size "$vastop" "$target_pid"
	shows "$size: the picture is there" 'address space'
	keys Enter
	shows "$size: going in shows chunks" '╭ \[heap\] ─' ' [0-9 ]+ used, [0-9 ]+ (cached|h)' ' top '
	keys g
	wait_until screen_has '^ go to:' || waited_in_vain "g asks for an address" "$(screen)"
	keys -l "$(said known)"
	keys Enter
	shows "$size: a chunk is found by its address" '▸.*used chunk' \
		'used chunk, [0-9 ]+ bytes, main arena'
	keys Escape
	shows "$size: it says what it begins with" 'begins with' 'known bytes'
	keys Enter
	shows "$size: its bytes are shown" '6b 6e 6f 77 6e 20 62 79'
	keys BSpace
	shows "$size: Backspace leads back to it" 'used chunk, ' 'before it'
	keys P
	shows "$size: and P to its page" '› pages ─' '[0-9]+ pages?, [0-9 ]+ bytes: in memory'
	keys P
	shows "$size: and back" 'used chunk, ' 'before it'
	keys q q
done

# An arena's chunks are in reach from its figures.
screen_start 120 40 "$vastop" "$target_pid"
shows 'the picture is there' 'address space'
keys H
shows 'the figures of nine arenas, and their holes' '9 arenas' 'bytes in them' 'of sizes from +32'
keys End Enter
shows 'Enter shows the chunks of one' '╭ arena.*─' 'used.*holes?' 'arena 7[ef]'
keys q q q

# Where the picture was led to, going in leads on.
screen_start 120 40 "$vastop" "$target_pid"
shows 'the picture is there again' 'address space'
keys g
wait_until screen_has '^ go to:' || waited_in_vain "g asks for an address" "$(screen)"
keys -l "$(said known)"
keys Enter
shows 'it says where the address is' 'above its start, page'
keys Escape Enter
shows 'Enter shows the chunk there' '▸.*used chunk' 'begins with "known bytes of a'
keys q q
tap_end
