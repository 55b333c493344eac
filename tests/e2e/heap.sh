#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What --inside=heap says of malloc's arenas is what malloc itself says.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

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

timeout "$patience" "$vastop" --inside=heap "$target_pid" >"$work/text" 2>"$work/err" 9>&-
check 'in words, an arena is a line' grep -q '^arena  .*(main)  size ' "$work/text"
tap_end
