#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# One binary search, in base/search.h: no other place halves a range of indexes by hand. Exact
# matches are found by bsearch() of the C library, or there.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# Lines that compute a middle: low + (high - low) / 2, (low + high) / 2, or a length that is halved
# (length /= 2); also with >> 1.
middles()
{
	name='[A-Za-z_][][A-Za-z0-9_.>-]*'
	# Of members, it would be a mean of them.
	plain='[A-Za-z_][A-Za-z0-9_]*'
	half='(/ *2|>> *1)'
	find "$@" -name '*.[ch]' -exec grep -nE \
		"$name \\+ \\($name - $name\\) *$half|\\($plain \\+ $plain\\) *$half|(/= *2|>>= *1)\\b" {} +
}

check 'the one that there is is found' sh -c "
	printf '%s\n' '$(middles include/base)' | grep -q '^include/base/search[.]h:'"
none 'no binary search is written by hand' "$(middles src include | grep -v '^include/base/search[.]h:')"
tap_end
