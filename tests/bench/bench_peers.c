/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * vastop beside pmap, htop, btop, top and pagemon, of those that are installed: bench_peers FILE
 * [ROUNDS]. All that is measured goes into the file, as JSON; tests/bench/peers.jq makes tables of
 * it. ROUNDS, for a trial, replaces the numbers of rounds that each target has of its own.
 */

#include "peers.h"
#include "whole_program.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/json_writer.h"
#include "support/child.h"

/* The first line that the shell's command writes; the caller frees it. */
static char *first_line(const char *command)
{
	FILE *output = popen(command, "r");
	char line[256] = "";

	if (!output || !fgets(line, sizeof(line), output))
		line[0] = '\0';
	if (output)
		pclose(output);
	line[strcspn(line, "\n")] = '\0';
	return strdup(line);
}

static void write_line(struct json_writer *writer, const char *name, const char *command)
{
	char *line = first_line(command);

	if (line && *line)
		json_writer_string(writer, name, line);
	free(line);
}

static void write_versions(struct json_writer *writer)
{
	json_writer_object(writer, "versions");
	setenv("VASTOP", bench_vastop(), 0);
	write_line(writer, "vastop", "\"$VASTOP\" --version");
	write_line(writer, "pmap", "pmap -V 2>/dev/null");
	write_line(writer, "htop", "htop --version 2>/dev/null");
	write_line(writer, "btop", "btop --version 2>/dev/null");
	write_line(writer, "top", "top -V 2>/dev/null");
	write_line(writer, "pagemon", "pagemon -h 2>/dev/null | grep version");
	json_writer_end(writer);
}

static void write_machine(struct json_writer *writer)
{
	struct utsname system;
	struct sysinfo info;
	double loads[1];

	if (uname(&system) || sysinfo(&info) || getloadavg(loads, 1) != 1)
		err(1, "the machine");
	json_writer_object(writer, "machine");
	write_line(writer, "cpu", "sed -n 's/^model name[^:]*: //p' /proc/cpuinfo");
	json_writer_number(writer, "cpus", (uint64_t)sysconf(_SC_NPROCESSORS_ONLN));
	json_writer_number(writer, "memory_bytes", (uint64_t)info.totalram * info.mem_unit);
	json_writer_string(writer, "kernel", system.release);
	json_writer_decimal(writer, "load", (uint64_t)(loads[0] * 100), 2);
	json_writer_end(writer);
}

static void write_date(struct json_writer *writer)
{
	time_t now = time(NULL);
	struct tm date;
	char text[16];

	gmtime_r(&now, &date);
	strftime(text, sizeof(text), "%Y-%m-%d", &date);
	json_writer_string(writer, "date", text);
}

/* The programs that are not here. */
static void write_missing(struct json_writer *writer)
{
	char *argv[PEER_ARGUMENTS];

	json_writer_array(writer, "missing");
	for (const struct peer_program *program = peer_programs(); program->name; program++)
		if (!peer_arguments(program->argv, "1", argv))
			json_writer_string(writer, NULL, program->name);
	for (const struct peer_screen *screen = peer_screens(); screen->name; screen++)
		if (!peer_arguments(screen->argv, "1", argv))
			json_writer_string(writer, NULL, screen->name);
	json_writer_end(writer);
}

/* Settings of nobody, but that btop draws once a second, as the others are told to. */
static void use_no_settings(char *folder)
{
	char path[256];
	FILE *file;

	if (!mkdtemp(folder))
		err(1, "%s", folder);
	snprintf(path, sizeof(path), "%s/btop", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/btop/btop.conf", folder);
	file = fopen(path, "we");
	if (!file || fputs("update_ms = 1000\n", file) < 0 || fclose(file))
		err(1, "%s", path);
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("HOME", folder, 1);
}

static void remove_settings(const char *folder)
{
	char command[256];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (system(command))
		warnx("%s stays", folder);
}

typedef void (*peers_measure)(struct json_writer *writer, const struct peer_target *target,
			      pid_t pid, size_t rounds);

static void measure(struct json_writer *writer, const struct peer_target *target,
		    peers_measure function, size_t rounds)
{
	char *argv[PEER_ARGUMENTS];
	pid_t pid;

	if (!peer_arguments(target->argv, "", argv))
		return;
	fprintf(stderr, "%s\n", target->name);
	pid = bench_start_ready(argv);
	function(writer, target, pid, rounds);
	child_end(pid);
}

static void write_all(struct json_writer *writer, size_t rounds)
{
	const struct peer_target *target;

	json_writer_object(writer, NULL);
	json_writer_string(writer, "schema", "vastop.bench-peers/1");
	write_date(writer);
	write_machine(writer);
	write_versions(writer);
	write_missing(writer);
	json_writer_array(writer, "once");
	for (target = peer_targets(); target->name; target++)
		if (target->rounds)
			measure(writer, target, peers_once, rounds);
	json_writer_end(writer);
	json_writer_array(writer, "live");
	for (target = peer_targets(); target->name; target++)
		if (target->starts || target->windows)
			measure(writer, target, peers_live, rounds);
	json_writer_end(writer);
	json_writer_end(writer);
}

static int take(void *file, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, file) == length ? 0 : -EIO;
}

int main(int argc, char *argv[])
{
	char folder[] = "/tmp/bench_peers.XXXXXX";
	size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
	struct json_writer writer;
	FILE *file;

	if (argc < 2)
		errx(2, "usage: bench_peers FILE [ROUNDS]");
	file = fopen(argv[1], "we");
	if (!file)
		err(1, "%s", argv[1]);
	use_no_settings(folder);
	json_writer_init(&writer, take, file, false);
	write_all(&writer, rounds);
	remove_settings(folder);
	if (json_writer_finish(&writer) || fclose(file))
		errx(1, "cannot write %s", argv[1]);
	return 0;
}
