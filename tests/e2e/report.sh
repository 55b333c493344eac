#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reports, as others' programs read them: CSV and tables of one and of several processes, once and
# again and again, of what a filter keeps.
#
# shellcheck disable=SC2016 # what looks like the shell's variables is jq's and python's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need python3 jq

# report NAME ARGUMENT...: passes where the program succeeds; what it writes is in the file out.
report()
{
	name=$1
	shift
	if timeout "$patience" "$vastop" --once "$@" </dev/null >"$work/out" 2>"$work/err" 9>&-; then
		pass "$name"
	else
		fail "$name" "exit status $?
$(cat "$work/err")"
	fi
}

# rows NAME CODE [ARGUMENT...]: python3's csv reads the file out, and the code holds of its records,
# rows (as dictionaries by the heading), lines (as lists), and the arguments.
rows()
{
	name=$1
	code=$2
	shift 2
	check "$name" python3 -c '
import csv, json, os, sys
with open(sys.argv[1], newline="", encoding="utf-8", errors="surrogateescape") as file:
    data = file.read()
lines = list(csv.reader(data.splitlines(keepends=True), strict=True))
rows = [dict(zip(lines[0], line)) for line in lines[1:]]
arguments = sys.argv[3:]
assert all(len(line) == len(lines[0]) for line in lines), "records of different lengths"
assert data.endswith("\r\n")
if not eval("(" + sys.argv[2] + ")"):
    print(ascii(lines[:5]), ascii(lines[-2:]))
    sys.exit(1)
' "$work/out" "$code" "$@"
}

printf 'data\n' >"$work/data"
target plain "$work/data"
stop_target
timeout "$patience" "$vastop" --once --format=json "$target_pid" >"$work/json" 9>&-
report 'CSV' --format=csv "$target_pid"
rows 'the usual fields' 'lines[0] == "start,end,size,rss,pss,swap,perms,kind,name".split(",")'
rows 'mapping for mapping as in JSON' '[
	(r["start"], r["end"], int(r["size"]), r["perms"], r["kind"], r["name"], int(r["rss"]))
	for r in rows[:-1]] == [
	(m["start"], m["end"], m["size"], m["perms"], m["kind"], m["name"], m["rss"])
	for m in json.load(open(arguments[0]))["mappings"]]' "$work/json"
rows 'the last record has the sums' 'rows[-1]["start"] == "total" and all(
	int(rows[-1][f]) == sum(int(r[f]) for r in rows[:-1]) for f in ("size", "rss", "pss", "swap"))'

every=$("$vastop" --list-fields | cut -d' ' -f1 | paste -sd,)
report 'CSV of all fields' --format=csv --fields="$every" "$target_pid"
rows 'in their order' 'lines[0] == arguments[0].split(",")' "$every"
# Other processes may begin or end to use pages of the same files meanwhile.
rows 'as in JSON' 'all(
	r["flags"].split() == m["flags"] and r["owner"] == m["owner"] and r["dev"] == m["dev"] and
	(m["inode"] or int(r["uss"]) == m["uss"]) and (r["tid"] or None) == (m["tid"] and str(m["tid"])) and
	int(r["inode"]) == m["inode"] and r["deleted"] == str(m["deleted"]).lower() and
	r["kind_source"] == m["kind_source"] and r["pid"] == str(j["pid"]) and r["comm"] == j["comm"]
	for j in [json.load(open(arguments[0]))] for r, m in zip(rows[:-1], j["mappings"]))' "$work/json"
report 'CSV without smaps' --format=csv --no-smaps "$target_pid"
rows 'what is not known is empty' 'all(r["pss"] == "" and r["rss"] != "" for r in rows)'

report 'what a filter keeps' --format=csv --filter='perm:x !kind:vsyscall' "$target_pid"
rows 'only that' 'all("x" in r["perms"] for r in rows[:-1]) and len(rows) > 2'
rows 'and its sums' 'int(rows[-1]["size"]) == sum(int(r["size"]) for r in rows[:-1])'
report 'a filter that keeps nothing' --format=csv --filter='name:no-such-name' "$target_pid"
rows 'has sums of nothing' 'len(rows) == 1 and rows[0]["size"] == "0"'
report 'JSON of what a filter keeps' --format=json --filter='kind:stack' "$target_pid"
check 'only that, with its sums' jq -e '
	(.mappings | length) == 1 and .filter.query == "kind:stack" and .filter.mappings == 1 and
	.filter.size == .mappings[0].size and .filter.rss == .mappings[0].rss and
	.totals.mappings > 1' "$work/out"
report 'a picture of what a filter keeps' --filter='kind:heap' "$target_pid"
check 'says so' grep -q '1 of [0-9]*: kind:heap' "$work/out"

report 'a table' --format=table "$target_pid"
check 'has a heading, a line a mapping, and sums' awk -v count="$(jq '.mappings | length' "$work/json")" '
	NR == 1 { head = $1 == "start" && $NF == "name" }
	{ last = $0 }
	END { exit !(head && NR == count + 2 && last ~ "^ *total .* " count " mappings$") }' "$work/out"
check 'whose columns stand one below the other' python3 -c '
import sys
lines = open(sys.argv[1]).read().splitlines()
end = lines[0].index("perms")
sys.exit(not all(len(line) < end or (line[end - 1] == " " and line[end] != " ") for line in lines[1:-1]))
' "$work/out"
report 'a drawing' --format=svg --width=120 --height=40 "$target_pid"
cp "$work/out" "$work/drawing.svg"
report 'the same as a picture' --width=120 --height=40 "$target_pid"
check 'the text of the drawing is that of the picture' python3 -c '
import re, sys, xml.etree.ElementTree as tree
name = "{http://www.w3.org/2000/svg}"
root = tree.parse(sys.argv[1]).getroot()
drawn = ["".join(line.itertext()).split() for line in root.iter(name + "text")]
shown = [re.sub("[^\\x20-\\x7e…×–]", " ", line).split() for line in open(sys.argv[2])]
drawn = [[re.sub("[^\\x20-\\x7e…×–]", "", word) for word in line] for line in drawn]
drawn = [[word for word in line if word] for line in drawn]
# The second line has figures that change, the last the time.
drawn, shown = drawn[:1] + drawn[2:-1], [line for line in shown if line]
shown = shown[:1] + shown[2:-1]
if drawn != shown:
    sys.exit("%s\n%s" % (drawn, shown))
assert len(list(root.iter(name + "rect"))) > 20
' "$work/drawing.svg" "$work/out"
if command -v xmllint >/dev/null; then
	check 'it is valid XML' xmllint --noout "$work/drawing.svg"
	report 'a dark one' --format=svg --background=dark --theme="$top_srcdir/themes/nord.theme" --filter=kind:heap "$target_pid"
	check 'is valid, too' xmllint --noout "$work/out"
else
	skip 'the drawing is valid XML' 'xmllint not found'
fi
first=$target_pid
target usage
report 'several processes' --format=csv "$first" "$target_pid" "$first"
rows 'each once, with its pid' '[r["pid"] for r in rows[:-1]] == sorted(
	[r["pid"] for r in rows[:-1]], key=arguments.index) and
	set(r["pid"] for r in rows) == set(arguments) | {"total"}' "$first" "$target_pid"
report 'several processes as JSON' --format=json "$first" "$target_pid"
check 'are an object each' jq -s -e --argjson first "$first" --argjson other "$target_pid" \
	'map(.pid) == [$first, $other]' "$work/out"
report 'several pictures' "$first" "$target_pid"
check 'are one after the other' test "$(grep -c '^ vastop ' "$work/out")" -eq 2
timeout "$patience" "$vastop" --once --format=csv "$first" 2147483647 >"$work/out" 2>"$work/err" 9>&-
check 'a process that is not there has its status' test $? -eq 3
rows 'and the others are reported on' 'len(rows) > 5'
check 'and a sentence' grep -q '2147483647' "$work/err"

target grow
report 'several samples' --format=csv --samples=3 --delay=0.05 "$target_pid"
rows 'have their times' 'len(set(r["time"] for r in rows if r["start"] != "")) >= 3 and
	sum(r["time"] == "total" for r in rows) == 3'
rows 'and what grew since the first' 'any(r["growth"] == "0" for r in rows) and
	all(r["growth"] == "" for r in rows[:5])'
report 'several samples as JSON' --format=json --samples=3 --delay=0.05 "$target_pid"
check 'are a stream of objects' jq -s -e 'length == 3 and (map(.time) | unique | length) == 3' \
	"$work/out"

# Names of all bytes that a file and a process may have; maps writes a newline as \012.
python3 -c '
import mmap, os, sys
names = [b"a,b", b"a\"b", b"a\nb", b"\\", b"\xff\xc3\x28", "é".encode(), b"=1+1", b" lead"]
maps = []
for name in names:
    path = os.path.join(os.fsencode(sys.argv[1]), name)
    with open(path, "wb") as file:
        file.write(b"x")
    descriptor = os.open(path, os.O_RDONLY)
    maps.append(mmap.mmap(descriptor, 1, mmap.MAP_SHARED, mmap.PROT_READ))
with open("/proc/self/comm", "wb") as file:
    file.write(b"c,\"\n\\\xff")
print("ready", flush=True)
sys.stdin.read()
' "$work" <"$work/hold" >"$work/ready" 9>&- &
odd=$!
children="$children $odd"
wait_until grep -q ready "$work/ready"
report 'odd names' --format=csv --fields=comm,name,size --filter="name:^$work/" "$odd"
rows 'survive' 'sorted(os.fsencode(r["name"])[len(arguments[0]) + 1:] for r in rows[:-1]) == sorted(
	[b"a,b", b"a\"b", b"a\\012b", b"\\", b"\xff\xc3\x28", "é".encode(), b"=1+1", b" lead"]) and
	all(os.fsencode(r["comm"]) == b"c,\"\n\\\xff" for r in rows[:-1])' "$work"
report 'odd names as a table' --format=table --fields=comm,name --filter="name:^$work/" "$odd"
check 'are escaped' python3 -c '
import sys
data = open(sys.argv[1], "rb").read().decode()
lines = data.splitlines()
sys.exit(not (len(lines) == 10 and "\\xff" in data and all(c.isprintable() for c in "".join(lines))))
' "$work/out"
report 'odd names as JSON' --format=json --filter="name:^$work/" "$odd"
check 'are valid' jq -e '.filter.mappings == 8 and .comm == "c,\"\n\\\\xff"' "$work/out"
tap_end
