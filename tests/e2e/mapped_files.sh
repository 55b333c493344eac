#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A process whose mapped files are others than they were: written while they are read, replaced by a
# link, a FIFO or a device, kept by a lease, planted in a root of its own. Nothing hangs, what is not
# the mapped file is not read, and who looks leaves no time of access behind.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

storm=${top_builddir:?}/tests/targets/storm
library=$work/lib.so

# run OPTION...: vastop on the target, to its end; sets status, and fills out and err.
run()
{
	timeout "$patience" "$vastop" "$@" "$target_pid" </dev/null >"$work/out" 2>"$work/err"
	status=$?
}

# A program is as good a file with sections and symbols as a library.
fresh_library()
{
	rm -f "$library"
	cp "$top_builddir/tests/targets/names" "$library"
}

# How it is known that the file that was read is that of the library's mapping; null: none was.
identity()
{
	jq -r --arg name "${library##*/}" '[.mappings[] | select(.name | contains($name)) |
		.file_identity] | unique | map(tostring) | join(" ")' "$work/out"
}

# reads NAME IDENTITY...: reports and what is inside come, and the file is known to be it in one of
# these ways.
reads()
{
	name=$1
	shift
	run --once --format=json
	none "$name: a report" "$(
		[ $status = 0 ] || echo "status $status: $(cat "$work/err")"
		case " $* " in
		*" $(identity) "*) ;;
		*) echo "the file is $(identity)" ;;
		esac)"
	run --inside="${library##*/}"
	none "$name: what is inside" "$([ $status -le 1 ] || echo "status $status: $(cat "$work/err")")"
	run --check
	none "$name: it is checked" "$([ $status -le 1 ] || [ $status = 5 ] || echo "status $status")"
}

fresh_library
target storm file "$library"
touch -a -d 2001-01-01 "$library"
reads 'a file' proven
check 'the time of access is as it was' [ "$(stat -c %X "$library")" = "$(date -d 2001-01-01 +%s)" ]

# Written again and again, cut to nothing in between: what is read is the one or the other.
(
	while [ ! -e "$work/enough" ]; do
		head -c 20000 /dev/urandom >"$library"
		cat "$top_builddir/tests/targets/names" >"$library"
	done
) &
children="$children $!"
writer=$!
found=
for _ in 1 2 3 4; do
	for form in '--once --format=json' '--inside=lib.so' '--check' '--locate=lib.so+0x100'; do
		# shellcheck disable=SC2086 # several words
		run $form
		[ $status -le 1 ] || [ $status = 5 ] ||
			found="$found$form: status $status: $(head -n 2 "$work/err")
"
	done
done
: >"$work/enough"
wait $writer
none 'a file that is written meanwhile' "$found"
kill_target

# Others take its place.
secret='not for the eyes of others'
echo "$secret" >"$work/secret"
for other in link fifo folder; do
	fresh_library
	target storm file "$library"
	mv "$library" "$library.away"
	rm -f "$library.away"
	case $other in
	link) ln -s "$work/secret" "$library" ;;
	fifo) mkfifo "$library" ;;
	folder) mkdir "$library" ;;
	esac
	# By the kernel's own link the file is still there, for who may follow it.
	reads "a $other in its place" proven unknown null
	check "a $other in its place is not read" sh -c "! grep -q '$secret' '$work/out' '$work/err'"
	kill_target
	rm -rf "$library"
done

# Who opens it for reading would have to wait until the lease is given up, which never happens.
fresh_library
if start_program "$storm" lease "$library"; then
	reads 'a file under a lease' proven null
	check 'a file under a lease: its holder lives' [ "$(process_state "$target_pid")" = S ]
	kill_target
else
	skip 'a file under a lease' 'this file system has none'
fi

# A mount that only the process sees lies over something else.
mkdir "$work/private"
mkfifo "$work/private/lib.so"
mount='unshare --mount'
[ "$(id -u)" -eq 0 ] || mount='unshare --user --map-root-user --mount'
export storm
# shellcheck disable=SC2016,SC2086 # its own shell expands it; several words
if $mount true 2>/dev/null && start_program $mount sh -c '
	mount -t tmpfs none "$1" && cp "$2" "$1/lib.so" && exec "$storm" file "$1/lib.so"' \
	sh "$work/private" "$top_builddir/tests/targets/names"; then
	reads 'below a mount of its own' proven unknown null
	check 'below a mount of its own: it lives' [ "$(process_state "$target_pid")" = S ]
	kill_target
else
	skip 'below a mount of its own' 'no mounts without a namespace'
fi

# Files planted in a root of its own: what lies at the paths of maps is not what is mapped.
plant()
{
	mkdir -p "$work/root/tmp" "$work/root/usr/lib/debug" "$work/root/proc"
	ldd "$storm" | sed -n 's/.*[[:space:]]\(\/[^ ]*\) (0x.*/\1/p' | while read -r file; do
		mkdir -p "$work/root${file%/*}" && cp "$file" "$work/root$file"
	done
	cp "$storm" "$work/root/storm"
	cp "$top_builddir/tests/targets/names" "$work/root/lib.so"
}
chroot='chroot'
[ "$(id -u)" -eq 0 ] || chroot='unshare --user --map-root-user chroot'
plant
# shellcheck disable=SC2086 # several words
if $chroot "$work/root" /storm file /lib.so </dev/null >/dev/null 2>&1 &&
	start_program $chroot "$work/root" /storm file /lib.so; then
	reads 'in a root of its own' proven
	for file in "$work/root"/lib*/*/*; do
		rm -f "$file"
		ln -s ../../../../../../../../../etc/passwd "$file"
	done
	rm -f "$work/root/lib.so"
	mkfifo "$work/root/lib.so" "$work/root/tmp/perf-$target_pid.map"
	ln -s /etc/passwd "$work/root/usr/lib/debug/.build-id"
	reads 'with planted files' proven unknown null
	check 'with planted files: none is read' sh -c "! grep -q 'root:' '$work/out' '$work/err'"
	check 'with planted files: it lives' [ "$(process_state "$target_pid")" = S ]
	kill_target
else
	skip 'in a root of its own' 'chroot is not permitted here'
fi
tap_end
