#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Stands for the unit tests where configure found not both of cmocka and jansson.

set -u
. "${top_srcdir:?}/tests/tap.sh"

skip 'the unit tests' \
	'cmocka or jansson not found; on Debian: apt-get install libcmocka-dev libjansson-dev'
tap_end
