/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "peers.h"

#include <stdio.h>
#include <string.h>

#include "base/json_writer.h"
#include "support/spread.h"
#include "whole_program.h"

#define MANY   "./tests/targets/many"
#define PYTHON "import sys, json, time; print('ready', flush=True); sys.stdin.read()"

const struct peer_target *peer_targets(void)
{
	static const struct peer_target targets[] = {
		{"25 mappings", {MANY, "2"}, .rounds = 31, .starts = 9, .windows = 3, .all = true},
		{"python3", {"python3", "-c", PYTHON}, .starts = 9},
		{"1 000", {MANY, "1000"}, .rounds = 31},
		{"10 000", {MANY, "10000"}, .rounds = 15},
		{"60 000", {MANY, "60000"}, .rounds = 9, .starts = 7, .windows = 3},
		{"60 000, one changes every 2 s", {MANY, "60000", "0", "2000"}, .windows = 3},
		{"26, 2 GB in memory",
		 {MANY, "2", "2048"},
		 .rounds = 15,
		 .starts = 7,
		 .windows = 3},
		{0},
	};

	return targets;
}

const struct peer_program *peer_programs(void)
{
	static const struct peer_program programs[] = {
		{.name = "true", .argv = {"true"}},
		{.name = "pmap", .argv = {"pmap", "PID"}},
		{.name = "pmap -x", .argv = {"pmap", "-x", "PID"}},
		{.name = "pmap -X", .argv = {"pmap", "-X", "PID"}},
		{.name = "vastop --once",
		 .argv = {"VASTOP", "--once", "PID"},
		 .against = "pmap -x"},
		{.name = "vastop JSON, --no-smaps",
		 .argv = {"VASTOP", "--once", "--format=json", "--no-smaps", "PID"},
		 .against = "pmap -x"},
		{.name = "vastop JSON",
		 .argv = {"VASTOP", "--once", "--format=json", "PID"},
		 .against = "pmap -X"},
		{0},
	};

	return programs;
}

const struct peer_screen *peer_screens(void)
{
	static const struct peer_screen screens[] = {
		/* Two dots side by side are the bar of what is unknown. */
		{.name = "vastop",
		 .argv = {"VASTOP", "PID"},
		 .drawn = "quit",
		 .unknown = "\xc2\xb7\xc2\xb7",
		 .one = true},
		{.name = "pagemon",
		 .argv = {"pagemon", "-d", "1000000", "-p", "PID"},
		 .drawn = "Page View",
		 .one = true},
		{.name = "htop", .argv = {"htop", "-d", "10"}, .drawn = "F10Quit"},
		{.name = "btop", .argv = {"btop"}, .drawn = "Program:", .drawn_on = true},
		{.name = "top", .argv = {"top", "-d", "1"}, .drawn = "COMMAND", .drawn_on = true},
		{0},
	};

	return screens;
}

bool peer_arguments(const char *const wanted[], const char *pid, char *ret_argv[PEER_ARGUMENTS])
{
	int i;

	for (i = 0; i < PEER_ARGUMENTS - 1 && wanted[i]; i++) {
		ret_argv[i] = (char *)wanted[i];
		if (!strcmp(wanted[i], "VASTOP"))
			ret_argv[i] = bench_vastop();
		if (!strcmp(wanted[i], "PID"))
			ret_argv[i] = (char *)pid;
	}
	ret_argv[i] = NULL;
	return bench_has_program(ret_argv[0]);
}

/* Three places are enough, of milliseconds as of per cent; none is negative. */
static void write_value(struct json_writer *writer, const char *name, double value)
{
	json_writer_decimal(writer, name, (uint64_t)(value * 1000 + 0.5), 3);
}

void peer_write(struct json_writer *writer, const char *name, struct spread spread)
{
	json_writer_object(writer, name);
	write_value(writer, "median", spread.median);
	write_value(writer, "low", spread.low);
	write_value(writer, "high", spread.high);
	write_value(writer, "least", spread.least);
	write_value(writer, "most", spread.most);
	json_writer_number(writer, "count", spread.count);
	json_writer_end(writer);
}
