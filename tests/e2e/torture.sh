#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Some of what `make torture` does for all: one allocation, or one system call, fails.

set -u
. "${top_srcdir:?}/tests/tap.sh"

if [ "${SANITIZER_FLAGS-}" ]; then
	skip 'allocations and system calls that fail' 'the sanitizers have an allocator of their own'
	tap_end
	exit 0
fi
if ! command -v python3 >/dev/null; then
	skip 'allocations and system calls that fail' 'there is no python3'
	tap_end
	exit 0
fi
exec python3 "$top_srcdir/tests/torture/torture.py" --most=2 --most-screen=1 --jobs=4 "${top_builddir:?}/vastop"
