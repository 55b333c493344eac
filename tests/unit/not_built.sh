#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Stands for the unit tests where configure found no cmocka.

set -u
. "${top_srcdir:?}/tests/tap.sh"

skip 'the unit tests' 'cmocka not found; on Debian: apt-get install libcmocka-dev'
tap_end
