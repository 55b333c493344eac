#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which file it is: file systems where maps and stat(2) have different numbers for a file, and two
# files the same in maps. Each check is made with the privileges of root and without, when the
# kernel's own links may not be followed. Only root mounts btrfs; overlays, any user whom the kernel
# lets have a namespace.

# jq has variables of its own; the privileges are words.
# shellcheck disable=SC2016,SC2086

set -u
top_srcdir=${top_srcdir:?}

# All mounts are made in a namespace of their own, and vanish with it.
namespace='unshare -m'
[ "$(id -u)" = 0 ] || namespace='unshare -Urm'
if [ -z "${PRIVATE_MOUNTS-}" ] && $namespace true 2>/dev/null; then
	PRIVATE_MOUNTS=yes exec $namespace --propagation private sh "$0"
fi

. "$top_srcdir/tests/e2e/lib.sh"
need jq ldd

if [ -z "${PRIVATE_MOUNTS-}" ]; then
	skip 'which file it is' 'no mounts without a namespace'
	tap_end
	exit 0
fi

# Also when it ends early.
trap 'umount -l "$work"/* 2>/dev/null; clean_up' EXIT

loads=${top_builddir:?}/tests/targets/loads
# Two libraries that are not the same: what jq needs beside the C library.
libraries=$(ldd "$vastop" "$(command -v jq)" | awk '$2 == "=>" && $3 ~ /\/lib(jq|onig|pcre2-8)\./ { print $3 }')
one=$(echo "$libraries" | sed -n 1p)
other=$(echo "$libraries" | sed -n 2p)

# start COMMAND...: a program that loads what it is told, with and without privileges.
start()
{
	rm -f "$work/says" "$work/told"
	mkfifo "$work/says" "$work/told"
	"$@" <"$work/told" >"$work/says" 9>&- &
	pid=$!
	children="$children $pid"
	exec 7>"$work/told" 8<"$work/says"
	is_ready
}

is_ready()
{
	answer=$(timeout "$patience" head -n 1 <&8)
	if [ "$answer" != ready ]; then
		echo "Bail out! the program to be watched does not run"
		exit 1
	fi
}

load()
{
	echo "$1" >&7
	is_ready
}

stop()
{
	exec 7>&- 8<&-
	kill "$pid"
	wait "$pid" 2>/dev/null
}

# sees NAME FILTER: whether the filter of jq finds no fault with what vastop sees of the program.
# It selects what is wrong among the mappings.
sees()
{
	if ! $privileges timeout "$patience" "$vastop" --once --format=json "$pid" \
		</dev/null >"$work/json" 2>"$work/error"; then
		fail "$1" "$(cat "$work/error")"
		return 0
	fi
	none "$1" "$(jq -c --arg work "$work" "$2" "$work/json" 2>&1 | head)"
}

# of(NAME): the mappings of a file below the work folder, of which there must be some.
of='def of($name): [.mappings[] | select(.name == $work + $name)] |
	if length < 2 then "not mapped: " + $name else .[] end;
	def wrong(condition): if type == "string" then . else select(condition | not) end;'

make_btrfs()
{
	mkdir "$work/btrfs"
	truncate -s 200M "$work/image" && mkfs.btrfs -q "$work/image" >/dev/null 2>&1 &&
		mount -o loop "$work/image" "$work/btrfs" 2>/dev/null
}

# subvolume NAME FILE AS: makes one, whose first file, as that of any, has the number 257.
subvolume()
{
	btrfs -q subvolume create "$work/btrfs/$1" >/dev/null &&
		cp "$2" "$work/btrfs/$1/$3"
}

drop_subvolume()
{
	btrfs -q subvolume delete "$work/btrfs/$1" >/dev/null
}

btrfs_checks()
{
	subvolume program "$loads" loads
	subvolume library "$one" lib.so
	subvolume named "$one" 'real (deleted)'
	subvolume lost "$one" lib.so
	start $privileges "$work/btrfs/program/loads" "$work/btrfs/library/lib.so" \
		"$work/btrfs/named/real (deleted)" "$work/btrfs/lost/lib.so"
	sees "btrfs: the numbers are equal ($1)" "$of"'
		[(of("/btrfs/program/loads"), of("/btrfs/library/lib.so")) | .dev, .inode] | unique |
		select(length != 2)'
	sees "btrfs: the program is the program ($1)" "$of"'
		of("/btrfs/program/loads") |
		wrong(.owner == "program" and .kind_source == "elf" and .file_identity == "proven")'
	sees "btrfs: a library with its numbers is none ($1)" "$of"'
		of("/btrfs/library/lib.so") |
		wrong(.owner == "library" and .kind_source == "elf" and .file_identity == "proven")'
	sees "btrfs: a name that ends in (deleted) ($1)" "$of"'
		of("/btrfs/named/real (deleted)") |
		wrong((.deleted | not) and .kind_source == "elf" and .file_identity == "proven")'

	# Another file takes the path and the numbers of one that is lost, which maps does not tell.
	drop_subvolume lost
	subvolume lost "$other" lib.so
	load "$work/btrfs/lost/lib.so"
	sees "btrfs: a file that took path and numbers of another ($1)" "$of"'
		[of("/btrfs/lost/lib.so") | select(.kind_source == "elf")] |
		select(length < 2 or (map(.owner == "library" and .file_identity == "proven") |
			all | not))'
	sees "btrfs: the headers of one are not taken for those of the other ($1)" "$of"'
		of("/btrfs/lost/lib.so") | wrong(.owner == "library" and
			(.kind_source == "elf") == (.file_identity == "proven"))'

	drop_subvolume program
	subvolume program "$other" loads
	load "$work/btrfs/program/loads"
	sees "btrfs: a library at the path of the deleted program ($1)" "$of"'
		[of("/btrfs/program/loads")] | sort_by(.start) | .[0].start[0:4] as $place |
		(if any(.start[0:4] != $place) then .[] else "only one is mapped" end) |
		wrong(if .start[0:4] == $place then .owner == "program"
			else .owner == "library" and .kind_source == "elf" end)'
	sees "btrfs: the program has its path ($1)" \
		'.exe | select(. != $work + "/btrfs/program/loads")'
	stop
	for name in program library named lost; do
		drop_subvolume $name
	done
}

# Two layers, each a file system, whose first files have one number.
overlay_checks()
{
	mkdir "$work/a" "$work/b" "$work/overlay"
	if ! mount -t tmpfs none "$work/a" || ! mount -t tmpfs none "$work/b" ||
		! cp "$loads" "$work/a/loads" || ! cp "$one" "$work/b/lib.so" ||
		! mount -t overlay -o "lowerdir=$work/a:$work/b" none "$work/overlay"; then
		skip "overlayfs ($1)" 'an overlay cannot be mounted'
		return 0
	fi
	start $privileges "$work/overlay/loads" "$work/overlay/lib.so"
	sees "overlayfs: the program is the program ($1)" "$of"'
		of("/overlay/loads") |
		wrong(.owner == "program" and .kind_source == "elf" and .file_identity == "proven")'
	sees "overlayfs: a library is a library ($1)" "$of"'
		of("/overlay/lib.so") |
		wrong(.owner == "library" and .kind_source == "elf" and .file_identity == "proven")'
	stop
	umount "$work/overlay" "$work/a" "$work/b"
	rmdir "$work/overlay" "$work/a" "$work/b"
}

# With privileges and without them.
twice()
{
	privileges=
	"$1" privileged
	if command -v setpriv >/dev/null; then
		privileges="setpriv --bounding-set=-all"
		"$1" unprivileged
	else
		skip "$1 without privileges" 'setpriv not found'
	fi
}

if [ -z "$other" ]; then
	skip 'which file it is' 'no two libraries to copy'
elif ! command -v mkfs.btrfs >/dev/null; then
	skip 'btrfs' 'mkfs.btrfs not found'
	twice overlay_checks
elif ! make_btrfs; then
	skip 'btrfs' 'a btrfs image cannot be mounted'
	twice overlay_checks
else
	twice btrfs_checks
	umount "$work/btrfs"
	twice overlay_checks
fi
tap_end
