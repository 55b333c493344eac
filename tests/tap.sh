# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Tests in sh that speak TAP (Test Anything Protocol): source this, call pass, fail, check or skip
# for each test and tap_end at the end. A script that ends early lacks its plan and so fails.

tap_count=0

pass()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1"
}

# fail NAME [EXPLANATION]: the explanation, of any number of lines, is shown as comments.
fail()
{
	tap_count=$((tap_count + 1))
	echo "not ok $tap_count - $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/# /'
}

# skip NAME REASON
skip()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# check NAME COMMAND...: passes when the command succeeds, else shows what it wrote.
check()
{
	tap_name=$1
	shift
	if tap_output=$("$@" 2>&1); then
		pass "$tap_name"
	else
		fail "$tap_name" "$tap_output"
	fi
}

# none NAME FINDINGS: passes when there are no findings, else shows them.
none()
{
	if [ -z "$2" ]; then
		pass "$1"
	else
		fail "$1" "$2"
	fi
}

tap_end()
{
	echo "1..$tap_count"
}
