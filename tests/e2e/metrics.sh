#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Metrics, as Prometheus reads them: from a file that is never half written, of processes that come
# and go, up to an alert.
#
# shellcheck disable=SC2016 # what looks like the shell's variables is jq's and python's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need python3 jq

contrib=$top_srcdir/contrib
collected=$work/collected
mkdir "$collected"
metrics=$collected/vastop.prom

# promtool_agrees NAME ARGUMENT...: with standard input.
promtool_agrees()
{
	name=$1
	shift
	if command -v promtool >/dev/null; then
		check "$name" promtool "$@"
	else
		skip "$name" 'promtool not found'
	fi
}

# export_started ARGUMENT...: an exporter in the background, its pid in exporter.
export_started()
{
	rm -f "$metrics"
	"$vastop" --once --format=openmetrics --output="$metrics" --delay=0.05 --budget=100 "$@" \
		</dev/null 2>"$work/err" 9>&- &
	exporter=$!
	children="$children $exporter"
}

stop_exporter()
{
	kill "$exporter"
	wait_for "$exporter"
}

# Whether the file has a line that matches.
has_metric()
{
	grep -qE -- "$1" "$metrics" 2>/dev/null
}

printf 'data\n' >"$work/data"
target plain "$work/data"
stop_target
timeout "$patience" "$vastop" --once --format=json "$target_pid" >"$work/json" 9>&-
timeout "$patience" "$vastop" --once --format=openmetrics "$target_pid" >"$work/out" 9>&-
check 'sizes, RSS and swap of each kind are those of JSON' python3 -c '
import json, re, sys
totals = json.load(open(sys.argv[1]))["totals"]
found = {}
for line in open(sys.argv[2]):
    match = re.match(r"vastop_(\w+)\{.*kind=\"([a-z-]+)\"\} (\S+)$", line)
    if match:
        found.setdefault(match[1], {})[match[2]] = int(match[3])
for family, member in {"mappings": "mappings", "size_bytes": "size", "resident_bytes": "rss",
                       "swapped_bytes": "swap"}.items():
    expected = {k: v[member] for k, v in totals["by_kind"].items() if v[member] is not None}
    assert found[family] == expected, (family, found[family], expected)
assert all(value == 0 for value in found["growth_bytes"].values())
' "$work/json" "$work/out"
check 'it ends as OpenMetrics does' test "$(tail -n 1 "$work/out")" = '# EOF'
promtool_agrees 'promtool finds no fault' check metrics <"$work/out"
kill_target

python3 -c '
import sys
with open("/proc/self/comm", "wb") as file:
    file.write(b"c,\"\n\\\xff}")
print("ready", flush=True)
sys.stdin.read()
' <"$work/hold" >"$work/ready" 9>&- &
odd=$!
children="$children $odd"
wait_until grep -q ready "$work/ready"
timeout "$patience" "$vastop" --once --format=openmetrics "$odd" >"$work/out" 9>&-
check 'an odd name survives' grep -qF 'comm="c,\"\n\\\\xff}"' "$work/out"
promtool_agrees 'promtool reads it' check metrics <"$work/out"
kill "$odd"

# What malloc itself says: target_says FIGURE
target_says()
{
	sed -n "s/^$1 //p" "$work/said"
}

# has_heap ARGUMENT...: whether the metrics of the target have what malloc says.
has_heap()
{
	timeout "$patience" "$vastop" --once --format=openmetrics "$@" "$target_pid" >"$work/out" 9>&-
	grep -q "^vastop_heap_used_bytes{.*} $(target_says used)\$" "$work/out" &&
		grep -q "^vastop_heap_free_bytes{.*} $(target_says free)\$" "$work/out" &&
		grep -q '^vastop_heap_unknown_bytes{.*} 0$' "$work/out" &&
		grep -q '^vastop_heap_free_resident_bytes{' "$work/out" && return
	grep '^vastop_heap' "$work/out"
	cat "$work/said"
	return 1
}

target heap "$work/said" threads
check 'what is in use and free inside the heap is what malloc says' has_heap
kill_target
target heap "$work/said" large
check 'a large heap is walked when it is asked for' has_heap --large-heaps
timeout "$patience" "$vastop" --once --format=openmetrics "$target_pid" >"$work/out" 9>&-
check '... and else its inside is not said' test "$(grep -c '^vastop_heap_[a-z]*_[a-z_]*bytes{' \
	"$work/out")" = 0
kill_target

# Processes of a name that no other has, which come and go.
name=vst$$
ln -s "$top_builddir/tests/targets/plain" "$work/$name"
export_started "^$name\$"
check 'no process of the name is no mistake' wait_until has_metric '^vastop_processes 0$'
python3 -c '
import sys
path, reads = sys.argv[1], 0
while True:
    text = open(path).read()
    assert text.startswith("# TYPE") and text.endswith("\n# EOF\n"), ascii(text[-200:])
    reads += 1
    if reads % 100 == 0:
        print(reads, flush=True)
' "$metrics" >"$work/reads" 2>"$work/half" 9>&- &
reading=$!
children="$children $reading"
come_and_go()
{
	for round in 1 2 3; do
		rm -f "$work/says"
		mkfifo "$work/says"
		"$work/$name" "$work/data" <"$work/hold" >"$work/says" 9>&- &
		come=$!
		children="$children $come"
		timeout "$patience" head -n 1 "$work/says" >/dev/null
		wait_until has_metric "^vastop_heap_bytes.pid=\"$come\",comm=\"$name\"" ||
			echo "round $round: it did not come"
		kill -KILL "$come"
		wait "$come" 2>/dev/null
		wait_until has_metric '^vastop_processes 0$' || echo "round $round: it did not go"
	done
}
none 'processes come and go' "$(come_and_go)"
check 'the file was read meanwhile' wait_until test -s "$work/reads"
check '... and was never half written' test ! -s "$work/half"
kill "$reading"
check 'nothing but the file is left between two rounds' wait_until \
	sh -c 'test "$(ls "$1")" = vastop.prom' sh "$collected"
stop_exporter
check 'it ran until it was ended' test "$status" -eq 143

promtool_agrees 'the alert rules are valid' check rules "$contrib/vastop.rules.yml"
promtool_agrees 'and fire when they should' test rules "$contrib/vastop.rules.test.yml"

# metrics_of FILE: the names of vastop's metrics in it, each once.
metrics_of()
{
	grep -o 'vastop_[a-z_]*' "$1" | grep -v '^vastop_metrics' | sort -u
}

"$vastop" --once --format=openmetrics $$ >"$work/out" 2>"$work/err" 9>&-
sed -n 's/^# TYPE \([^ ]*\) .*/\1/p' "$work/out" | sort >"$work/known"
for file in vastop.rules.yml vastop-dashboard.json; do
	metrics_of "$contrib/$file" >"$work/used"
	none "$file names metrics that there are" "$(comm -13 "$work/known" "$work/used")"
done
check 'the dashboard is JSON with panels' jq -e '(.panels | length) > 5 and
	all(.panels[]; .title and .gridPos and (.targets | length) > 0)' "$contrib/vastop-dashboard.json"
if command -v systemd-analyze >/dev/null; then
	sed "s|/usr/bin/vastop|$(command -v true)|; /^Documentation/d" "$contrib/vastop-metrics.service" \
		>"$work/vastop-metrics.service"
	none 'systemd reads the unit' "$(systemd-analyze verify "$work/vastop-metrics.service" 2>&1 |
		grep 'vastop-metrics.service:')"
else
	skip 'systemd reads the unit' 'systemd-analyze not found'
fi

if ! command -v prometheus >/dev/null || ! command -v prometheus-node-exporter >/dev/null; then
	skip 'Prometheus itself' 'prometheus or prometheus-node-exporter not found'
	tap_end
	exit 0
fi

free_port()
{
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# get PORT PATH: what the server answers.
get()
{
	python3 -c '
import sys, urllib.request
sys.stdout.write(urllib.request.urlopen("http://127.0.0.1:%s%s" % (sys.argv[1], sys.argv[2]), timeout=10).read().decode())
' "$1" "$2" 2>/dev/null
}

answers()
{
	get "$1" "$2" >"$work/answer" && grep -qE -- "$3" "$work/answer"
}

node_port=$(free_port)
prometheus_port=$(free_port)
prometheus-node-exporter --collector.disable-defaults --collector.textfile \
	--collector.textfile.directory="$collected" --web.listen-address="127.0.0.1:$node_port" \
	>"$work/node.log" 2>&1 9>&- &
children="$children $!"

mkfifo "$work/orders"
exec 7<>"$work/orders"
"$top_builddir/tests/targets/grow" <"$work/orders" >"$work/grown" 7>&- 9>&- &
grow=$!
children="$children $grow"
wait_until grep -q ready "$work/grown"
export_started "$grow"
check 'the node exporter reads the file' wait_until \
	answers "$node_port" /metrics "^vastop_heap_bytes.comm=\"grow\",pid=\"$grow\""
check '... without fault' answers "$node_port" /metrics '^node_textfile_scrape_error 0$'

# The shipped rules, with seconds in place of minutes.
sed -e 's/\[[0-9]*[hm]\]/[8s]/g' -e 's/for: .*/for: 0s/' -e 's/64 \* 1024 \* 1024/1024 * 1024/' \
	"$contrib/vastop.rules.yml" >"$work/rules.yml"
cat >"$work/prometheus.yml" <<END
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: ["$work/rules.yml"]
scrape_configs:
  - {job_name: node, static_configs: [{targets: ["127.0.0.1:$node_port"]}]}
END
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
	--web.listen-address="127.0.0.1:$prometheus_port" >"$work/prometheus.log" 2>&1 9>&- &
children="$children $!"
patience=60
query='/api/v1/query?query=vastop_heap_bytes'
check 'Prometheus has the metrics' wait_until \
	answers "$prometheus_port" "$query" "\"pid\":\"$grow\""
grows()
{
	echo >&7
	answers "$prometheus_port" /api/v1/alerts '"alertname":"VastopHeapGrows"[^}]*"pid":"'"$grow"'"' &&
		jq -e 'any(.data.alerts[]; .labels.alertname == "VastopHeapGrows" and .state == "firing")' \
			"$work/answer" >/dev/null
}
rests()
{
	answers "$prometheus_port" /api/v1/alerts '"status":"success"' &&
		! grep -q '"VastopHeapGrows"' "$work/answer"
}
check 'no alert while nothing grows' rests
check 'the alert fires when the heap grows' wait_until grows
check '... and ends when it grows no more' wait_until rests
tap_end
