#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# unit_tap.sh COMMAND [ARGUMENT...]: runs a unit test and passes on what it says. cmocka 1.1 calls a
# test that was skipped "not ok", where TAP wants "ok" with the same directive behind it. The test has
# no standard input: what it opens first has the number 0, as in a program that is started so.

exec 3>&1
status=$({
	{
		"$@" 4>&- <&-
		echo $? >&4
	} | sed 's/^not ok \([0-9]* # SKIP\)/ok \1/' >&3
} 4>&1)
exit "$status"
